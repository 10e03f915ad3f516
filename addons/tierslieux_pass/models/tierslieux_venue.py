# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.exceptions import AccessError

from ..domain import desk


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

    _longest_stay_of_a_day = models.Constraint(
        "CHECK (longest_stay BETWEEN 1 AND 24)",
        "The longest stay is between 1 and 24 hours.",
    )

    def _zone(self):
        self.ensure_one()
        return ZoneInfo(self.calendar_id.tz or self.tz or "Europe/Paris")

    def _local_day(self, instant):
        """The day in the venue at an instant (UTC)."""
        aware = instant.replace(tzinfo=timezone.utc)
        return aware.astimezone(self._zone()).date()

    def _cut_off(self, start):
        """When a visit begun at an instant is closed if nobody records its end."""
        self.ensure_one()
        day = self._local_day(start)
        zone = self._zone()
        midnight = datetime.combine(day, time())
        ranges = [
            tuple(
                (midnight + timedelta(minutes=minute))
                .replace(tzinfo=zone)
                .astimezone(timezone.utc)
                .replace(tzinfo=None)
                for minute in hours
            )
            for hours in self._weekly_hours().get(day.weekday(), [])
        ]
        return desk.cut_off(ranges, start, timedelta(hours=self.longest_stay))

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
