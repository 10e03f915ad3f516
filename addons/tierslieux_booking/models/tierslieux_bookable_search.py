# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from odoo import api, fields, models, tools
from odoo.tools import SQL

from odoo.addons.tierslieux_network.domain.search_terms import searchable

from ..domain import availability, search

DAY = timedelta(days=1)
# What the search knows of a bookable, and of its venue's contact.
KNOWN_FIELDS = frozenset(
    {
        "active",
        "buffer_after",
        "buffer_before",
        "calendar_id",
        "capacity",
        "horizon_days",
        "is_published",
        "kind",
        "maximum_minutes",
        "minimum_minutes",
        "minimum_notice",
        "name",
        "profile_id",
        "room_id",
        "seats",
        "sequence",
        "skill_ids",
        "slot_minutes",
        "summary",
        "venue_id",
        "website_published",
    }
)


class Found(NamedTuple):
    """An answer: ``free`` is a list of intervals in naive UTC, ``km`` a distance or
    ``None``."""

    bookable_id: int
    free: list
    km: float | None


class Bookable(models.Model):
    """What is free for a need, over all venues."""

    _inherit = "tierslieux.bookable"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if not KNOWN_FIELDS.isdisjoint(vals):
            self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    def _search_free(self, need, start, stop, now=None):
        """What is free for a need within ``start`` to ``stop``, in all venues that are
        open to the public.

        One query, whatever the number of venues: what bookables are and when they
        open is known already.

        :param need: :class:`~..domain.search.Need`
        :param start, stop: naive UTC, no more than a few weeks apart
        :return: list of :class:`Found`, the nearest first where the need says near
            what; without those that are not free at all
        """
        now = now or fields.Datetime.now()
        asked = []
        for entry in self._catalogue():
            if search.answers(entry, need):
                km = search.distance(entry, need)
                if need.within_km is None or (km is not None and km <= need.within_km):
                    asked.append((entry, km))
        opened = self._opened_within({entry.key for entry, _km in asked}, start, stop)
        own, around = self._holds_within(start, stop)
        found = []
        for entry, km in asked:
            rules = entry.rules
            taken = own.get(entry.id)
            if entry.rooms:
                taken = [
                    *(taken or ()),
                    *(hold for room in entry.rooms for hold in around.get(room, ())),
                ]
            free = opened[entry.key]
            if taken:
                free = availability.spans(
                    availability.seats_free(free, taken, rules), need.seats
                )
            free = availability.bookable_within(free, rules, now)
            if need.minutes and free:
                zone = ZoneInfo(entry.key[1])
                free = [
                    one
                    for one in free
                    if availability.starts([one], need.minutes, rules.grid, zone)
                ]
            if free:
                found.append(Found(entry.id, free, km))
        if need.near is not None:
            found.sort(key=lambda one: (one.km is None, one.km))
        return found

    @api.model
    @tools.ormcache()
    def _catalogue(self):
        """Every bookable that people may book, as :class:`~..domain.search.Entry`, by
        venue."""
        # sudo: what is published is for all to find
        bookables = self.sudo().search(
            [
                ("is_published", "=", True),
                ("venue_id.is_published", "=", True),
                ("venue_id.state", "=", "open"),
            ]
        )
        bookables = bookables.with_context(lang="fr_FR")
        entries = []
        for one in bookables:
            venue = one.venue_id
            place = (venue.partner_latitude, venue.partner_longitude)
            skills = one.skill_ids
            entries.append(
                search.Entry(
                    id=one.id,
                    venue_id=venue.id,
                    kind=one.kind,
                    capacity=one.capacity,
                    text=searchable(
                        one.name,
                        one.summary,
                        venue.name,
                        venue.city,
                        *skills.mapped("complete_name"),
                    ),
                    skills=frozenset(
                        int(step)
                        for skill in skills
                        for step in skill.parent_path.split("/")
                        if step
                    ),
                    place=place if any(place) else None,
                    key=one._opening_key(),
                    rooms=tuple(one._containing()),
                    rules=one._rules(),
                )
            )
        return entries

    @api.model
    def _opened_within(self, keys, start, stop):
        """``{key: list of intervals}`` of opening calendars."""
        days = [
            self._opened_on(start.date() + number * DAY)
            for number in range((stop.date() - start.date()).days + 1)
        ]
        found = {}
        for key in keys:
            intervals = [one for day in days for one in day.get(key, ())]
            if len(days) > 1:
                intervals = availability.merged(intervals)
            found[key] = [
                (max(begin, start), min(end, stop))
                for begin, end in intervals
                if begin < stop and start < end
            ]
        return found

    @api.model
    @tools.ormcache("day")
    def _opened_on(self, day):
        """What is open on a day of UTC: ``{key: list of intervals}``, for the calendars
        of the catalogue."""
        start = fields.Datetime.to_datetime(day)
        keys = {entry.key for entry in self._catalogue()}
        return self.env["resource.calendar"]._opened(keys, start, start + DAY)

    @api.model
    def _holds_within(self, start, stop):
        """Holds by bookable, and those that keep what is inside from being used.

        :return: two dicts ``{id: [(seat, start, stop), …]}``
        """
        own, around = {}, {}
        for bookable, seat, begin, end in self._query_holds(start - DAY, stop + DAY):
            own.setdefault(bookable, []).append((seat, begin, end))
            if seat:
                around.setdefault(bookable, []).append((0, begin, end))
        return own, around

    @api.model
    def _query_holds(self, start, stop):
        self.env["tierslieux.booking.hold"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT bookable_id, seat, start, stop
                  FROM tierslieux_booking_hold
                 WHERE tsrange(start, stop) && tsrange(%s, %s)
                """,
                start,
                stop,
            )
        )
