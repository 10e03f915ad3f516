# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.tierslieux_network.models.tierslieux_home import FEW, NOW, SOON


class Home(models.AbstractModel):
    _inherit = "tierslieux.home"

    @api.model
    def _needs(self):
        return [
            *super()._needs(),
            *self._my_booking_needs(),
            *self._mentor_needs(),
            *self._plan_needs(),
        ]

    @api.model
    def _ways(self):
        ways = super()._ways()
        if self._is("group_member"):
            ways += [
                self._way("book", self.env._("Book"), "/reserver", "fa-search", rank=8),
                self._way(
                    "bookings",
                    self.env._("My bookings"),
                    "/my/bookings",
                    "fa-calendar",
                    rank=30,
                ),
            ]
        if self._is_mentor():
            ways.append(
                self._way(
                    "appointments",
                    self.env._("Appointments with me"),
                    "/my/appointments",
                    "fa-comments-o",
                    rank=7,
                )
            )
        venues = self._my_venues()
        for venue in venues if len(venues) <= FEW else ():
            ways.append(
                self._way(
                    f"plan_{venue.id}",
                    self.env._("Plan of the day, walk-ins"),
                    f"/my/venues/{venue.id}/planning",
                    "fa-calendar-o",
                    rank=3,
                    detail=venue.name,
                )
            )
        return ways

    def _my_booking_needs(self):
        """What the user has booked for today or tomorrow."""
        bookings = self.env["tierslieux.booking"]
        if not bookings.has_access("read"):
            return []
        today = fields.Date.context_today(self)
        coming = bookings.search(
            bookings._mine("coming")
            & Domain("start", "<", fields.Datetime.now() + timedelta(days=2)),
            order="start, id",
        ).filtered(lambda one: one._local_day() <= today + timedelta(days=1))
        first = coming[:1]
        row = first and first._row()
        return self._need(
            "my_bookings",
            len(coming),
            self.env._("booking today or tomorrow"),
            self.env._("bookings today or tomorrow"),
            f"/my/bookings/{coming.id}" if len(coming) == 1 else "/my/bookings",
            rank=NOW if first and first._local_day() <= today else SOON,
            detail=row and f"{row['when']} · {row['name']}",
        )

    def _is_mentor(self):
        """Whether one books appointments with the user."""
        # sudo: that there is one, though it be published no more
        return self._is("group_member") and bool(
            self.env["tierslieux.bookable"]
            .sudo()
            .search_count(
                [("profile_id.partner_id", "=", self.env.user.partner_id.id)], limit=1
            )
        )

    def _mentor_needs(self):
        """Who comes to the user, a mentor, today or tomorrow."""
        if not self._is_mentor():
            return []
        today = fields.Date.context_today(self)
        coming = (
            self.env["tierslieux.booking"]
            ._with_me()
            .filtered(lambda one: one._local_day() <= today + timedelta(days=1))
        )
        first = coming[:1]
        return self._need(
            "appointments",
            len(coming),
            self.env._("appointment with you today or tomorrow"),
            self.env._("appointments with you today or tomorrow"),
            "/my/appointments",
            rank=NOW if first and first._local_day() <= today else SOON,
            detail=first and f"{first.when} · {first.partner_id.name}",
        )

    def _plan_needs(self):
        """Who is expected today in the venues one keeps."""
        venues = self._my_venues()
        if not venues:
            return []
        days = {venue: venue._local_today() for venue in venues}
        expected = self.env["tierslieux.booking"].search_fetch(
            [
                ("venue_id", "in", venues.ids),
                ("state", "=", "confirmed"),
                ("purpose", "!=", "maintenance"),
                ("stop", ">", fields.Datetime.now()),
                ("start", "<", fields.Datetime.now() + timedelta(days=1)),
            ],
            ["venue_id", "start", "bookable_id"],
        )
        needs = []
        for venue, bookings in expected.grouped("venue_id").items():
            today = [one for one in bookings if one._local_day() <= days[venue]]
            needs += self._need(
                f"expected_{venue.id}",
                len(today),
                self.env._("booking still to come today"),
                self.env._("bookings still to come today"),
                f"/my/venues/{venue.id}/planning",
                rank=NOW,
                detail=venue.name,
            )
        return needs
