# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .tierslieux_bookable_book import Wish

DONE_BATCH = 1000


class Booking(models.Model):
    """What happens to a booking once it stands."""

    _inherit = "tierslieux.booking"

    def action_cancel(self):
        """Cancel one's own booking."""
        self._cancel()

    def _cancel(self, reason=""):
        """Cancel a booking: who made it up to the delay, managers always, with a
        reason.

        :raises UserError: it is too late, or there is nothing to cancel
        """
        self.ensure_one()
        booking = self._enter(reason)
        booking.hold_ids.unlink()
        booking.write(
            {
                "state": "cancelled",
                "cancelled_on": fields.Datetime.now(),
                "cancel_reason": reason,
                "sequence": booking.sequence + 1,
                "letter": booking.purpose == "booking" and "cancellation",
            }
        )
        booking._credit()

    def _move(self, start, stop, reason=""):
        """Book another time instead: the old one is kept unless the new one is got.

        :raises SlotTaken: the new time is taken
        :raises UserError: why it cannot be moved
        """
        self.ensure_one()
        booking = self._enter(reason)
        if booking.billed_line_ids:
            raise UserError(
                self.env._(
                    "Booking %(reference)s is invoiced: cancel it and book another "
                    "time.",
                    reference=booking.reference,
                )
            )
        bookable = booking._without_itself()
        wish = Wish(
            bookable, booking.partner_id, start, stop, booking.seats, booking.purpose
        )
        bookable._check_rules(wish, fields.Datetime.now())
        [values] = bookable._booking_values([wish])
        change = {
            "start": start,
            "stop": stop,
            "price": values["price"],
            "audience": values["audience"],
            "vat_id": values["vat_id"],
            "sequence": booking.sequence + 1,
            "reminded_on": False,
            "letter": booking.purpose == "booking" and "moved",
        }

        def swap():
            booking.hold_ids.unlink()
            booking.write(change)
            return booking, SQL()

        with self.env.cr.savepoint():
            # A booking is not in its own way: released first, and back if the new
            # time cannot be got.
            booking.hold_ids.unlink()
            self.env.flush_all()
            bookable._hold([wish], swap)

    def _without_itself(self):
        """What is booked, as if it were not by this booking."""
        self.ensure_one()
        return self.bookable_id.with_context(moved_booking_id=self.id)

    def _no_show(self):
        """Nobody came: a manager says so, once it has begun.

        :raises UserError: it is said already, cancelled, or has not begun
        """
        self._check_manager()
        # sudo: nobody writes bookings but through these acts
        booking = self.sudo().lock_for_update() or self.sudo()
        now = fields.Datetime.now()
        for one in booking:
            if one.state == "no_show":
                raise UserError(self.env._("It is noted already that nobody came."))
            if one.state == "cancelled":
                raise UserError(self.env._("This booking is cancelled."))
            if one.start > now:
                raise UserError(self.env._("This booking has not begun."))
        booking.write({"state": "no_show"})

    def _enter(self, reason):
        """The booking, held for a change the user may make."""
        self.check_access("read")
        managed = self.venue_id._may_manage()
        # sudo: nobody writes bookings but through these acts, which check the right
        booking = self.sudo()
        booking.lock_for_update()
        booking.invalidate_recordset(["state", "start"])
        if booking.state != "confirmed":
            raise UserError(
                self.env._(
                    "Booking %(reference)s is no longer to come.",
                    reference=booking.reference,
                )
            )
        own = booking.partner_id == self.env.user.partner_id
        if own and booking.can_change:
            return booking
        if managed:
            if not reason and not self.env.su:
                raise UserError(self.env._("Write why, for who booked it."))
            return booking
        raise UserError(
            self.env._(
                "It is too late: this could be cancelled or moved until %(hours)s "
                "hours before. Call the venue.",
                hours=booking.bookable_id.cancel_hours,
            )
        )

    def _check_manager(self):
        self.check_access("read")
        if not self.venue_id._may_manage():
            raise AccessError(self.env._("This is for the managers of the venue."))

    @api.model
    def _cron_done(self):
        """What is over is done."""
        over = [("state", "=", "confirmed"), ("stop", "<=", fields.Datetime.now())]
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=self.search_count(over))
        while bookings := self.search(over, limit=DONE_BATCH, order="stop, id"):
            bookings.try_lock_for_update().filtered_domain(over).write(
                {"state": "done"}
            )
            if not commit(len(bookings)):
                break
