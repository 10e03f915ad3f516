"""A month's visits, held small: sixteen bytes each with the others of the person, and
the ids packed."""

import marshal
from array import array
from collections import deque
from functools import cached_property
from itertools import chain, compress
from operator import lt

from . import packed


class Visits:
    """The visits of one ``month`` to ``venues``, texts in order of their ids.

    Visits are given in columns, as many rows at a time as one likes and in any order:
    ids, persons (texts), places of venues in that order, check-ins and check-outs in
    minutes since 1970, no check-out before its check-in. Those that touch no minute
    of the month are not given back, except that a visit of no minute which starts in
    the month is still a visit. Rows in order of their ids take least time.

    Several may each take a part of the rows, ``before`` of which are in the parts
    before its own, and become one: ``visits.take(part.given())`` for each in order.
    """

    def __init__(self, month, venues, before=0):
        self.month = month
        self.venues = venues
        self.place = {venue: place for place, venue in enumerate(venues)}
        self._rows = before
        self._packed = Packed()
        # As texts of their own they would take five times the room.
        self._ids = []
        self._first_id = self._last_id = None
        self._in_order = True

    def add(self, ids, persons, places, starts, ends):
        if not len(ids):
            return
        rows = range(self._rows, self._rows + len(ids))
        self._rows = rows.stop
        self._note(ids)
        visits = packed.pack(
            self._column(starts),
            array("i", rows),
            array("i", places),
            self._column(ends),
        )
        # One after the other, without a look at them here.
        deque(
            map(bytearray.extend, map(self._packed.__getitem__, persons), visits),
            maxlen=0,
        )

    def given(self):
        """All that is held, of types that ``marshal`` writes."""
        ids = self._ids, self._first_id, self._last_id, self._in_order
        return self._rows, dict(self._packed), ids

    def take(self, given):
        """Hold what another one holds, whose rows come after all of these."""
        self._rows, visits, (ids, first, last, in_order) = given
        for person, own in visits.items():
            self._packed[person] += own
        if not ids:
            return
        if self._ids:
            self._in_order = self._in_order and in_order and self._last_id < first
        else:
            self._first_id, self._in_order = first, in_order
        self._last_id = last
        self._ids += ids

    def _column(self, instants):
        """When it is no such column yet, what comes after the month may be too far."""
        if isinstance(instants, array) and instants.typecode == "i":
            return instants
        return array("i", [min(instant, self.month.end) for instant in instants])

    def _note(self, ids):
        """Keep the ids, and whether all of them came in order until now."""
        if not self._ids:
            self._first_id = ids[0]
        elif not self._last_id < ids[0]:
            self._in_order = False
        self._in_order = self._in_order and all(map(lt, ids, ids[1:]))
        self._last_id = ids[-1]
        self._ids.append(marshal.dumps(list(ids)))

    @cached_property
    def ids(self):
        """Those of all rows, once all are there."""
        return list(chain.from_iterable(map(marshal.loads, self._ids)))

    def repeated(self):
        """``[(row, id)]`` of those whose id an earlier row has."""
        if self._in_order:
            return []
        ids = self.ids
        if len(set(ids)) == len(ids):
            return []
        seen = set()
        return [
            (row, name)
            for row, name in enumerate(ids)
            if name in seen or seen.add(name)
        ]

    def persons(self):
        """Those with visits, be they of other months."""
        return self._packed.keys()

    def of(self, person):
        """``(starts, places, ends)`` of the person's visits, in order of check-in and
        then of id, in minutes since 1970."""
        if person not in self._packed:
            return [], [], []
        name = None if self._in_order else self.ids.__getitem__
        columns = packed.unpack(bytes(self._packed[person]), name)
        starts, _places, ends = columns
        first, last = self.month.start, self.month.end
        if first <= starts[0] and starts[-1] < last:
            return columns
        inside = [
            start < last and (first < end or first <= start)
            for start, end in zip(starts, ends, strict=True)
        ]
        return tuple(list(compress(column, inside)) for column in columns)


class Packed(dict):
    def __missing__(self, person):
        self[person] = visits = bytearray()
        return visits
