# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.tools import SQL

from ..domain import availability

# Around a wish, how far the nearest free times are looked for.
NEAR = timedelta(days=7)


class Bookable(models.Model):
    """What is free."""

    _inherit = "tierslieux.bookable"

    def _free(self, start, stop, seats=1, now=None):
        """When these can be booked by anybody, within ``start`` to ``stop``.

        A constant number of queries, however many they are.

        :param start, stop: naive UTC
        :param seats: as many at once
        :param now: the moment of the question; notice and horizon count from it;
            ``False`` asks without them
        :return: ``{bookable: list of intervals}``; any part of an interval can be
            booked, buffers are taken off already
        """
        if now is None:
            now = fields.Datetime.now()
        keys = {one: one._opening_key() for one in self}
        opened = self.env["resource.calendar"]._opened(set(keys.values()), start, stop)
        taken = self._taken(start, stop)
        found = {}
        for one in self:
            rules = one._rules()
            free = availability.free(opened[keys[one]], taken[one], rules, seats)
            if now:
                free = availability.bookable_within(free, rules, now)
            found[one] = free
        return found

    def _starts(self, start, stop, minutes, seats=1, now=None):
        """The moments of the grid from which ``minutes`` can be booked, within
        ``start`` to ``stop``."""
        self.ensure_one()
        free = self._free(start, stop, seats, now)[self]
        return availability.starts(
            free, minutes, self.slot_minutes, ZoneInfo(self._tz())
        )

    def _nearest(self, start, stop, seats=1, count=3):
        """The free times nearest to one that is not: ``[(start, stop), …]``."""
        self.ensure_one()
        length = stop - start
        minutes = length // availability.MINUTE
        moments = self._starts(start - NEAR, stop + NEAR, minutes, seats)
        return availability.nearest(moments, start, length, count)

    def _taken(self, start, stop):
        """What is held of these between two moments, buffers of neighbours included.

        :return: ``{bookable: [(seat, start, stop), …]}``; seat 0 is every seat
        """
        rows = [
            (
                one.id,
                start - one.buffer_before * availability.MINUTE,
                stop + one.buffer_after * availability.MINUTE,
            )
            for one in self
        ]
        taken = {one: [] for one in self}
        for rank, seat, begin, end in self._query_taken(rows):
            taken[self[rank]].append((seat, begin, end))
        return taken

    @api.model
    def _query_taken(self, rows):
        """Holds of bookables and, for every seat, of the spaces they are in; not those
        of the booking that is being moved, which is not in its own way.

        :param rows: ``[(bookable id, start, stop), …]``
        :return: ``[(rank of the row, seat, start, stop), …]``
        """
        self.env["tierslieux.booking.hold"].flush_model()
        return self.env.execute_query(self._query_taken_rows(rows))

    @api.model
    def _query_taken_rows(self, rows):
        columns = list(zip(*rows, strict=True)) or [(), (), ()]
        return SQL(
            """
                SELECT wish.rank - 1, hold.seat, hold.start, hold.stop
                  FROM unnest(%(ids)s::integer[], %(starts)s::timestamp[],
                              %(stops)s::timestamp[])
                       WITH ORDINALITY AS wish (id, start, stop, rank)
                  JOIN tierslieux_booking_hold hold
                    ON hold.bookable_id = wish.id
                   AND tsrange(hold.start, hold.stop) && tsrange(wish.start, wish.stop)
                   AND hold.booking_id IS DISTINCT FROM %(moved)s
                UNION ALL
                SELECT wish.rank - 1, 0, hold.start, hold.stop
                  FROM unnest(%(ids)s::integer[], %(starts)s::timestamp[],
                              %(stops)s::timestamp[])
                       WITH ORDINALITY AS wish (id, start, stop, rank)
                  JOIN tierslieux_bookable part
                    ON part.id = wish.id AND part.room_id IS NOT NULL
                  JOIN LATERAL unnest(
                           trim_array(
                               string_to_array(part.parent_path, '/')::text[], 2
                           )
                       ) AS room (id) ON TRUE
                  JOIN tierslieux_booking_hold hold
                    ON hold.bookable_id = room.id::integer
                   AND tsrange(hold.start, hold.stop) && tsrange(wish.start, wish.stop)
                   AND NOT hold.inside
                   AND hold.booking_id IS DISTINCT FROM %(moved)s
                """,
            moved=self.env.context.get("moved_booking_id"),
            ids=list(columns[0]),
            starts=list(columns[1]),
            stops=list(columns[2]),
        )
