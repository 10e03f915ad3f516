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
        asked = search.asked(self._catalogue(), need)
        # Many share what is open to them: it is reckoned once.
        sharing = {one.terms: one for one in asked}.values()
        opened = self._opened_within({one.key for one in sharing}, start, stop)
        shared = {
            one.terms: availability.bookable_within(opened[one.key], one.rules, now)
            for one in sharing
        }
        held = self._holds_within(start, stop, asked)
        found, near = [], need.near
        for entry in asked:
            free = shared[entry.terms]
            if not entry.plain:
                holds = search.holds_around(entry, held)
                if holds:
                    free = availability.free(free, holds, entry.rules, need.seats)
            elif entry.id in held:
                free = search.left(free, held[entry.id])
            if free:
                km = search.distance(entry, need) if near else None
                found.append(Found(entry.id, free, km))
        if need.minutes:
            found = self._long_enough(found, asked, need.minutes)
        if need.near is not None:
            found.sort(key=lambda one: (one.km is None, one.km))
        return found

    @api.model
    def _long_enough(self, found, entries, minutes):
        """Those with an interval into which ``minutes`` fit from a step of their
        grid."""
        by_id = {one.id: one for one in entries}
        kept = []
        for one in found:
            entry = by_id[one.bookable_id]
            zone = ZoneInfo(entry.key[1])
            free = [
                interval
                for interval in one.free
                if availability.starts([interval], minutes, entry.rules.grid, zone)
            ]
            if free:
                kept.append(one._replace(free=free))
        return kept

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
        entries, terms = [], {}
        for one in bookables:
            venue = one.venue_id
            place = (venue.partner_latitude, venue.partner_longitude)
            skills = one.skill_ids
            rules, rooms = one._rules(), tuple(one._containing())
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
                    terms=terms.setdefault(
                        (
                            one._opening_key(),
                            one.minimum_notice,
                            one.horizon_days,
                        ),
                        len(terms),
                    ),
                    rooms=rooms,
                    rules=rules,
                    plain=search.is_plain(rules, rooms),
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
    def _holds_within(self, start, stop, entries):
        """``{id: [(id, seat, start, stop), …]}`` of what is held, and of what is near
        enough for a buffer to reach."""
        margin = availability.MINUTE * max(
            (
                max(one.rules.buffer_before, one.rules.buffer_after)
                for one in entries
                if not one.plain
            ),
            default=0,
        )
        held = {}
        for row in self._query_holds(start - margin, stop + margin):
            if row[0] in held:
                held[row[0]].append(row)
            else:
                held[row[0]] = [row]
        return held

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
