# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.fields import Domain

from ..domain import availability


class Booking(models.Model):
    """What the pages of the portal show of bookings."""

    _inherit = "tierslieux.booking"

    @api.model
    def _mine(self, which):
        """The domain of the user's bookings, ``coming`` or ``past``: those that were
        cancelled are past."""
        domain = Domain("partner_id", "=", self.env.user.partner_id.id)
        coming = Domain("state", "=", "confirmed") & Domain(
            "stop", ">", fields.Datetime.now()
        )
        return domain & (coming if which == "coming" else ~coming)

    @api.model
    def _with_me(self):
        """Who comes to the user, a mentor, from now on: for their own page."""
        # sudo: a mentor knows who comes to them and when, of their appointments alone
        return self.sudo().search(
            [
                ("bookable_id.profile_id.partner_id", "=", self.env.user.partner_id.id),
                ("state", "=", "confirmed"),
                ("stop", ">", fields.Datetime.now()),
            ],
            order="start, id",
        )

    @api.model
    def _rows(self, domain, **search):
        """What a list shows of bookings, with a constant number of queries."""
        bookings = self.search(domain, **search)
        return [one._row() for one in bookings]

    def _row(self):
        self.ensure_one()
        # sudo: what one booked and where, though it be published no more
        one = self.sudo()
        states = dict(self._fields["state"]._description_selection(self.env))
        bookable = one.bookable_id
        return {
            "id": one.id,
            "reference": one.reference,
            "when": one.when,
            "name": bookable.name,
            "venue": one.venue_id.name,
            "city": one.venue_id.city or "",
            "price": bookable._amount(one.price)
            if one.price
            else self.env._("Free of charge"),
            "seats": one.seats,
            "state": one.state,
            "state_label": states[one.state],
            "can_change": one.can_change,
            "until": bookable._until_words(one.start)
            if one.state == "confirmed" and one.start > fields.Datetime.now()
            else "",
            "note": one.note or "",
            "cancel_reason": one.cancel_reason or "",
        }

    def _local_day(self):
        """The day it begins, by the clock of the venue."""
        # sudo: what one booked, though it be published no more
        zone = ZoneInfo(self.sudo().bookable_id._tz())
        return availability.local(self.start, zone).date()

    def _may_miss(self):
        """Whether a manager may say that nobody came."""
        return (
            self.state in ("confirmed", "done")
            and self.purpose != "maintenance"
            and self.start <= fields.Datetime.now()
        )

    def _move_page(self, first_day, start=None):
        """What the page that moves a booking shows: a week of free times as long as
        it, from its own day on where no other is asked for, and the one that was
        ``chosen``."""
        self.ensure_one()
        # sudo: what one booked, though it be published no more
        bookable = self.sudo()._without_itself()
        audience = (
            self.partner_id.sudo()
            ._booking_audience()
            .get(self.partner_id.sudo(), "public")
        )
        length = self.stop - self.start
        chosen = start and bookable._choice(start, start + length, self.seats, audience)
        return {
            "chosen": chosen,
            **bookable._week(
                first_day or self._local_day(),
                length // availability.MINUTE,
                self.seats,
            ),
        }
