# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.tierslieux_booking.exceptions import SlotTaken


class HalfDay(models.Model):
    """A half-day holds its space: the whole of it, at no price, from the moment it is
    planned; moved and freed with the half-day."""

    _inherit = "tierslieux.training.half.day"

    space_id = fields.Many2one(
        "tierslieux.bookable",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('venue_id', '=', venue_id), ('kind', '=', 'space')]",
        help="Booked for the half-day: it is refused when somebody else has it.",
    )
    booking_id = fields.Many2one(
        "tierslieux.booking",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    space_reference = fields.Char(
        related="booking_id.reference", string="Booking of the space"
    )

    @api.constrains("space_id", "venue_id")
    def _check_space(self):
        for half_day in self:
            # sudo: where a space is, though it be published no more
            space = half_day.space_id.sudo()
            if space and space.venue_id != half_day.venue_id:
                raise ValidationError(
                    self.env._(
                        "%(space)s is not in %(venue)s.",
                        space=space.name,
                        venue=half_day.venue_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        half_days = super().create(vals_list)
        half_days._keep_space()
        return half_days

    def write(self, vals):
        result = super().write(vals)
        if {"start", "stop", "venue_id", "space_id", "event_id", "cancelled_at"} & set(
            vals
        ):
            self._keep_space()
        return result

    def unlink(self):
        # sudo: as in _keep_space
        bookings = self.sudo().booking_id
        result = super().unlink()
        for booking in bookings:
            _free(booking, self.env._("The half-day was taken off the session."))
        return result

    def _keep_space(self):
        """Hold what is planned now, and let go what no longer is.

        :raises UserError: a space is taken; nothing is written
        """
        # sudo: whoever plans a session holds its spaces, and need not keep the venue
        for half_day in self.sudo():
            booking, event = half_day.booking_id, half_day.event_id
            space = half_day.space_id
            if half_day.cancelled_at or not event._is_held():
                space = space.browse()
            times = half_day.start, half_day.stop
            try:
                if booking and space == booking.bookable_id:
                    if times != (booking.start, booking.stop):
                        booking._move(*times)
                    if booking.note != event.name:
                        booking.note = event.name
                    continue
                half_day.booking_id = space and space._book(
                    half_day.env.company.partner_id,
                    *times,
                    seats=space.seats,
                    purpose="training",
                    note=event.name,
                )
            except SlotTaken as taken:
                raise UserError(
                    self.env._(
                        "%(when)s: %(why)s", when=half_day._when(), why=str(taken)
                    )
                ) from taken
            if booking:
                _free(booking, self.env._("The training is held elsewhere, or not."))


def _free(booking, reason):
    """A booking that is over stays as it was."""
    if booking.state == "confirmed":
        booking._cancel(reason)
