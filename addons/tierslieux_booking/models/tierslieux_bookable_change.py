# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL


class Bookable(models.Model):
    """Changing what bookings to come stand on."""

    _inherit = "tierslieux.bookable"

    def write(self, vals):
        moved = self.browse()
        if "room_id" in vals:
            moved = self.filtered(lambda one: one.room_id.id != vals["room_id"])
        result = super().write(vals)
        if moved:
            moved._hold_rooms_again()
        if "seats" in vals:
            self._check_seats_left()
        return result

    def _bookings_standing(self):
        """Bookings of these that are not cancelled.

        Whoever books waits for the change this transaction makes, or has ended before:
        bookings that ended since this transaction began are not seen by it, which is
        then tried again.
        """
        self.flush_recordset(["room_id", "seats"])
        # sudo: whoever may change a bookable answers for its bookings
        bookings = self.env["tierslieux.booking"].sudo()
        bookings = bookings.search(
            [("bookable_id", "in", self.ids), ("state", "!=", "cancelled")]
        )
        with self.env.registry.cursor() as cr:
            cr.execute(self._query_standing())
            committed = {one for (one,) in cr.fetchall()}
        if committed - set(bookings.ids):
            raise ConcurrencyError("bookings were made meanwhile")
        return bookings

    def _query_standing(self):
        return SQL(
            "SELECT id FROM tierslieux_booking "
            "WHERE bookable_id = ANY(%s) AND state != 'cancelled'",
            self.ids,
        )

    def _check_seats_left(self):
        """Seats that are booked cannot go."""
        now = fields.Datetime.now()
        for hold in self._bookings_standing().hold_ids:
            bookable = hold.bookable_id
            if hold.seat > bookable.seats and hold.stop > now:
                raise UserError(
                    self.env._(
                        "Some of the seats of %(name)s that would go are booked.",
                        name=bookable.name,
                    )
                )

    def _hold_rooms_again(self):
        """Bookings hold the spaces that their bookable is in now."""
        # sudo: as above
        parts = self.sudo().search([("id", "child_of", self.ids)])
        bookings = parts._bookings_standing()
        bookings.hold_ids.filtered("inside").unlink()
        rows = []
        for booking in bookings:
            own = booking.hold_ids[:1]
            rows += [
                (booking.id, room, 0, own.start, own.stop, True)
                for room in booking.bookable_id._containing()
            ]
        holds = self.env["tierslieux.booking.hold"].sudo()
        if rows and len(holds._query_insert(rows)) < len(rows):
            raise UserError(
                self.env._(
                    "Bookings of both overlap: cancel or move them before saying that "
                    "one is in the other."
                )
            )
        bookings.invalidate_recordset(["hold_ids"])
