"""A month's visits, held small: two numbers of eight bytes each, and the ids packed.

One stands with the person: the minute of the check-in since the month's start, then
the number of the row. The other stands in the row's place: the place of the venue,
then the minute of the check-out.
"""

import marshal
from array import array
from collections import defaultdict
from functools import cached_property
from itertools import chain, compress
from operator import add, lt

#: Rows, and minutes from a month to any other instant; a person's and a row's number
#: leave that much for the check-in and for the venue.
ROW_BITS, END_BITS = 30, 34
ROW = (1 << ROW_BITS) - 1
END = (1 << END_BITS) - 1


class Visits:
    """The visits of one ``month`` to ``venues``, texts in order of their ids.

    Visits are given in columns, as many rows at a time as one likes and in any order:
    ids, persons (texts), places of venues in that order, check-ins and check-outs in
    minutes since 1970, no check-out before its check-in. Those that touch no minute
    of the month are let go, except that a visit of no minute which starts in the
    month is still a visit. Rows that come in order of their ids take least time.
    """

    def __init__(self, month, venues):
        self.month = month
        self.venues = venues
        self.place = {venue: place for place, venue in enumerate(venues)}
        #: Of a place, to be added to a check-out since 1970.
        self._venue = [
            (place << END_BITS) - month.start for place in range(len(venues))
        ]
        self._by_person = defaultdict(_numbers)
        self._by_row = _numbers()
        # As texts of their own they would take five times the room.
        self._ids = []
        self._last_id = None
        self._in_order = True

    def add(self, ids, persons, places, starts, ends):
        first, last = self.month.start, self.month.end
        rows = range(len(self._by_row), len(self._by_row) + len(ids))
        self._note(ids)
        if max(starts) >= last or min(ends) <= first:
            inside = [
                start < last and (first < end or first <= start)
                for start, end in zip(starts, ends, strict=True)
            ]
            # Of a row that is let go nothing is read any more.
            ends = map(max, ends, [first] * len(ids))
            persons, starts = compress(persons, inside), compress(starts, inside)
            kept = compress(rows, inside)
        else:
            kept = rows
        self._by_row.extend(map(add, ends, map(self._venue.__getitem__, places)))
        for visits, start, row in zip(
            map(self._by_person.__getitem__, persons), starts, kept, strict=True
        ):
            visits.append(start - first << ROW_BITS | row)

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
        """Those who were there."""
        return self._by_person.keys()

    def started(self):
        """How many visits of each venue start in the month, by their own check-in."""
        found = [0] * len(self.venues)
        for visits in self._by_person.values():
            for visit in visits:
                if visit >= 0:
                    found[self._by_row[visit & ROW] >> END_BITS] += 1
        return found

    def of(self, person):
        """``(starts, places, ends)`` of the person's visits, in order of check-in and
        then of id, in minutes since the month's start."""
        visits = sorted(self._by_person.get(person, ()))
        starts = [visit >> ROW_BITS for visit in visits]
        if not self._in_order and len(set(starts)) < len(starts):
            visits.sort(key=self._start_and_id)
        there = [self._by_row[visit & ROW] for visit in visits]
        return (
            starts,
            [number >> END_BITS for number in there],
            [number & END for number in there],
        )

    def _start_and_id(self, visit):
        return visit >> ROW_BITS, self.ids[visit & ROW]


def _numbers():
    return array("q")
