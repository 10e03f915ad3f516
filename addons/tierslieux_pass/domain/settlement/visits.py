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
    """

    def __init__(self, month, venues):
        self.month = month
        self.venues = venues
        self.place = {venue: place for place, venue in enumerate(venues)}
        self._rows = 0
        self._packed = Packed()
        # As texts of their own they would take five times the room.
        self._ids = []
        self._last_id = None
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

    def _column(self, instants):
        """When it is no such column yet, what comes after the month may be too far."""
        if isinstance(instants, array) and instants.typecode == "i":
            return instants
        return array("i", [min(instant, self.month.end) for instant in instants])

    def _note(self, ids):
        """Keep the ids, and whether all of them came in order until now."""
        if self._in_order:
            self._in_order = (not self._ids or self._last_id < ids[0]) and all(
                map(lt, ids, ids[1:])
            )
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

    def started(self):
        """How many visits of each venue start in the month, by their own check-in."""
        found = [0] * len(self.venues)
        for person in self._packed:
            starts, places, _ends = self.of(person)
            for start, place in zip(starts, places, strict=True):
                if start >= self.month.start:
                    found[place] += 1
        return found

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
