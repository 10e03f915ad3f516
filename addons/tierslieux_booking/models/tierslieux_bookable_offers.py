# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from odoo import api, fields, models, tools

from odoo.addons.tierslieux_network.domain.search_terms import query_words
from odoo.addons.tierslieux_network.domain.spelling import meant, vocabulary

from ..domain import availability, offers, search

# How many days are looked at for somebody who does not say which.
LOOK_AHEAD = 7
# The day of a search, before any venue is known.
ZONE = ZoneInfo("Europe/Paris")


class Ask(NamedTuple):
    """What somebody looks for on the page of the search; empty values ask nothing.

    ``what`` is desk, room, equipment or mentor; ``clock`` the time of day from which,
    in minutes since midnight; ``place`` the INSEE code of a commune, ``here`` a
    latitude and a longitude.
    """

    what: str = ""
    words: str = ""
    people: int = 1
    day: date | None = None
    clock: int = 0
    minutes: int = 60
    place: str = ""
    here: tuple | None = None


class Offer(NamedTuple):
    """``times`` are intervals that can be booked as they are, in naive UTC."""

    entry: search.Entry
    km: float | None
    times: list
    seats: int


class Bookable(models.Model):
    """What is offered to somebody who looks for something."""

    _inherit = "tierslieux.bookable"

    @api.model
    def _search_offers(self, ask, now=None):
        """What can be booked on the day asked for, or on the first of the days to come
        on which anything can.

        :return: ``(day, list of Offer)``, those of one venue side by side: the nearest
            first where the search says near what, else the user's home venue
        """
        now = now or fields.Datetime.now()
        today = availability.local(now, ZONE).date()
        days = [today + timedelta(days=number) for number in range(LOOK_AHEAD)]
        needs = self._needs(ask)
        for day in [ask.day] if ask.day else days:
            found = [
                one
                for desks, need in needs
                for one in self._offers_of(ask, desks, need, day, now)
            ]
            if found:
                return day, self._by_venue(found, ask)
        return ask.day or today, []

    def _needs(self, ask):
        """``[(whether for desks, need), …]``: desks are booked one by one and must be
        as many as people; anything else must be large enough."""
        known = self._known_words()
        common = {
            "words": tuple(tuple(meant(one, known)) for one in query_words(ask.words)),
            "near": ask.here or self._places().get(ask.place, (None, None))[1],
        }
        kind = {"desk": "space", "room": "space"}.get(ask.what, ask.what or None)
        needs = []
        if ask.what in ("", "desk"):
            need = search.Need(kind="space", seats=ask.people, **common)
            needs.append((True, need))
        if ask.what != "desk":
            capacity = ask.people if ask.people > 1 else 0
            need = search.Need(kind=kind, capacity=capacity, **common)
            needs.append((False, need))
        return needs

    def _offers_of(self, ask, desks, need, day, now):
        known = {entry.id: entry for entry in self._catalogue()}
        start, stop = availability.day_bounds(day, ZONE)
        found = []
        for one in self._search_free(need, start, stop, now):
            entry = known[one.bookable_id]
            is_desk = entry.kind == "space" and entry.rules.seats > 1
            minutes = offers.length(ask.minutes, entry.rules)
            if is_desk != desks or not minutes:
                continue
            zone = ZoneInfo(entry.key[1])
            length = minutes * availability.MINUTE
            times = [
                (moment, moment + length)
                for moment in availability.starts(
                    one.free, minutes, entry.rules.grid, zone
                )
                if _minutes(availability.local(moment, zone)) >= ask.clock
            ]
            if times:
                found.append(Offer(entry, one.km, times, need.seats))
        return found

    def _by_venue(self, found, ask):
        order = {entry.id: rank for rank, entry in enumerate(self._catalogue())}
        if any(one.km is not None for one in found):
            return sorted(
                found,
                key=lambda one: (
                    one.km is None,
                    one.km,
                    one.entry.venue_id,
                    order[one.entry.id],
                ),
            )
        # sudo: one's own home venue
        home = self.env.user.sudo().partner_id.profile_ids.home_venue_id.id
        return sorted(
            found, key=lambda one: (one.entry.venue_id != home, order[one.entry.id])
        )

    @api.model
    @tools.ormcache()
    def _known_words(self):
        """The words that bookables can be found by."""
        return vocabulary(entry.text for entry in self._catalogue())

    @api.model
    @tools.ormcache()
    def _places(self):
        """Where something can be booked, by name: ``{INSEE code: (name of the commune,
        (latitude, longitude) or None)}``."""
        entries = self._catalogue()
        # sudo: the communes of published venues
        venues = self.env["tierslieux.venue"].sudo()
        venues = venues.browse({entry.venue_id for entry in entries})
        return {
            one.insee_code: (
                one.name,
                (one.latitude, one.longitude) if one.latitude else None,
            )
            for one in venues.commune_id.sorted("name")
        }

    def _next_times(self, minutes, count, now=None):
        """Times that each of these can be booked for within a week: the first of a
        morning or afternoon, ``count`` of them.

        :param minutes: ``{bookable: minutes}``; those that cannot be booked for so long
            are not
        :return: ``{bookable: [(start, stop), …]}``
        """
        now = now or fields.Datetime.now()
        free = self._free(now, now + timedelta(days=LOOK_AHEAD), now=now)
        found = {}
        for one in self:
            wanted = offers.length(minutes[one], one._rules())
            zone = ZoneInfo(one._tz())
            moments = wanted and availability.starts(
                free[one], wanted, one.slot_minutes, zone
            )
            found[one] = [
                (moment, moment + wanted * availability.MINUTE)
                for moment in offers.spread(
                    moments or [], lambda moment, zone=zone: _half(moment, zone), count
                )
            ]
        return found


def _half(moment, zone):
    """The half-day of a moment."""
    wall = availability.local(moment, zone)
    return wall.date(), wall.hour >= 12


def _minutes(wall):
    return wall.hour * 60 + wall.minute
