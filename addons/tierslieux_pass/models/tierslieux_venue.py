# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.tierslieux_booking.domain import availability

from ..domain import desk, subscription


class Venue(models.Model):
    """A venue that takes the pass: its desk, and who is there now."""

    _inherit = "tierslieux.venue"

    agreement_ids = fields.One2many(
        "tierslieux.venue.agreement", "venue_id", string="Agreements"
    )
    longest_stay = fields.Integer(
        string="Longest stay (hours)",
        default=8,
        help="A visit whose end nobody records is closed when the venue closes, and "
        "counts no more hours than that.",
    )
    leave_minutes = fields.Integer(
        string="Time to leave (minutes)",
        default=60,
        help="How long after closing an end that is recorded counts as the real one; "
        "after that the visit is closed at the time of closing.",
    )

    _leave_within_hours = models.Constraint(
        "CHECK (leave_minutes BETWEEN 0 AND 720)",
        "The time to leave is between 0 and 720 minutes.",
    )
    _longest_stay_of_a_day = models.Constraint(
        "CHECK (longest_stay BETWEEN 1 AND 24)",
        "The longest stay is between 1 and 24 hours.",
    )

    def _zone(self):
        self.ensure_one()
        # sudo: where a venue is, is public
        venue = self.sudo()
        return ZoneInfo(venue.calendar_id.tz or venue.tz or "Europe/Paris")

    def _local_day(self, instant):
        """The day in the venue at an instant (UTC)."""
        aware = instant.replace(tzinfo=timezone.utc)
        return aware.astimezone(self._zone()).date()

    def _cut_off(self, start):
        """When a visit begun at an instant is closed if nobody records its end."""
        self.ensure_one()
        zone = self._zone()
        bounds = availability.day_bounds(self._local_day(start), zone)
        # sudo: opening hours are public
        key = self.sudo().calendar_id.id, zone.key
        ranges = self.env["resource.calendar"]._opened({key}, *bounds)[key]
        return desk.cut_off(
            ranges,
            start,
            timedelta(hours=self.longest_stay),
            timedelta(minutes=self.leave_minutes),
        )

    def _check_desk(self):
        """
        :raises AccessError: the user does not keep this venue
        """
        self.ensure_one()
        # sudo: who manages a venue is not for everybody to read
        managers = self.sudo().manager_ids
        if not (
            self.env.su
            or self.env.user in managers
            or self.env.user.has_group("tierslieux_network.group_administrator")
        ):
            raise AccessError(
                self.env._("The desk of a venue is for those who keep it.")
            )

    def _takes_pass(self, day):
        """Whether these venues have an agreement on a day, ``{venue: bool}``."""
        # sudo: that a venue takes the pass is public, its agreement is not
        found = self.env["tierslieux.venue.agreement"].sudo()._of_venues(self, day)
        taking = {venue.id for venue in found}
        return {venue: venue.id in taking for venue in self}

    def _present(self):
        """Who is in this venue now, the latest first, as its desk may see them."""
        self._check_desk()
        # sudo: what the desk sees of a person is decided by _desk_card
        presences = (
            self.env["tierslieux.presence"]
            .sudo()
            .search([("venue_id", "=", self.id)], order="check_in desc, id desc")
        )
        now = fields.Datetime.now()
        cards = presences.pass_id._desk_cards()
        return [
            {
                **cards[presence.pass_id.id],
                "pass_id": presence.pass_id.id,
                "since": presence.check_in,
                "minutes": desk.minutes(presence.check_in, max(now, presence.check_in)),
            }
            for presence in presences
        ]

    def _expected(self):
        """Pass holders with a booking here today who are not here, as the desk may see
        them; the first to come first."""
        self._check_desk()
        now = fields.Datetime.now()
        first, last = now - timedelta(hours=12), now + timedelta(hours=12)
        # sudo: as in _present
        bookings = (
            self.env["tierslieux.booking"]
            .sudo()
            .search(
                [
                    ("venue_id", "=", self.id),
                    ("state", "=", "confirmed"),
                    ("partner_id.pass_ids.state", "=", "active"),
                    ("start", ">=", first),
                    ("start", "<", last),
                    ("stop", ">", now),
                ],
                order="start, id",
            )
        )
        today = self._local_day(now)
        present = self.env["tierslieux.presence"].sudo()
        present = present.search([("pass_id", "in", bookings.partner_id.pass_ids.ids)])
        here = present.filtered(lambda one: one.venue_id == self).pass_id
        cards = bookings.partner_id.pass_ids._desk_cards()
        return [
            {
                **cards[holder.id],
                "pass_id": holder.id,
                "start": booking.start,
                "what": booking.bookable_id.name,
            }
            for booking in bookings
            for holder in booking.partner_id.pass_ids
            if holder not in here and self._local_day(booking.start) == today
        ]

    def _listed_pass_ids(self):
        """The passes that the desk has before its eyes: here now, expected today, or
        seen today."""
        self._check_desk()
        # sudo: the caller keeps the desk, the taps are its own
        recent = (
            self.env["tierslieux.visit.tap"]
            .sudo()
            .search(
                [
                    ("venue_id", "=", self.id),
                    ("instant", ">", fields.Datetime.now() - timedelta(hours=12)),
                    ("outcome", "in", (desk.IN, desk.OUT, "ignored")),
                ]
            )
            .pass_id
        )
        return {
            *recent.ids,
            *(one["pass_id"] for one in self._present()),
            *(one["pass_id"] for one in self._expected()),
        }

    def _visits_of_month(self, first):
        """What a venue reads of its own month: visits by day, totals, and corrections
        that wait for an answer."""
        self._check_desk()
        last = subscription.next_month(first)
        visits = self.env["tierslieux.visit"]._effective(
            Domain("venue_id", "=", self.id)
            & Domain("check_in", ">=", self._day_start(first))
            & Domain("check_in", "<", self._day_start(last)),
            order="check_in desc, id desc",
        )
        asked = self.env["tierslieux.visit.request"].search(
            [("venue_id", "=", self.id), ("state", "=", "asked")], order="id"
        )
        # sudo: what the desk sees of a person is decided by _desk_cards
        passes = visits.sudo().pass_id | asked.sudo().pass_id
        return {
            "visits": visits,
            "asked": asked,
            "cards": passes._desk_cards(),
            "minutes": sum(visits.mapped("minutes")),
            "persons": len(visits.sudo().pass_id),
        }

    def _day_start(self, day):
        """The instant (UTC) at which a day begins in the venue."""
        local = datetime.combine(day, time(), self._zone())
        return local.astimezone(timezone.utc).replace(tzinfo=None)
