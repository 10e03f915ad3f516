"""A month's visits, held small: two numbers of eight bytes each, and the ids packed.

One stands in a bucket, together with those of a few other persons: the number of the
person, the check-in, the number of the row. The other stands in the row's place: the
venue, the check-out. So a visit is put away without a look at all of its person's.
"""

import marshal
from array import array
from bisect import bisect
from functools import cached_property
from itertools import chain, compress
from operator import add, lt

from .errors import RuleError

#: From the lowest: the row, the check-in, the person within the bucket.
ROW_BITS, START_BITS, PERSON_BITS = 26, 33, 5
ROW = (1 << ROW_BITS) - 1
#: A person's number as it stands there; the bits above are the number of the bucket.
PERSON_SHIFT = ROW_BITS + START_BITS
BUCKET_SHIFT = PERSON_SHIFT + PERSON_BITS
IN_BUCKET = (1 << BUCKET_SHIFT) - 1
#: Added to minutes since 1970, so that those of all years are above 0.
ALL_YEARS = 1 << START_BITS - 1
#: From the lowest: minutes from the month's start to the check-out, the venue's place.
END_BITS = START_BITS
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
        self._by_row = array("q")
        self._persons = Numbers()
        self._buckets = []
        self._open = None, []
        # As texts of their own they would take five times the room.
        self._ids = []
        self._last_id = None
        self._in_order = True

    def add(self, ids, persons, places, starts, ends):
        if not len(ids):
            return
        first, last = self.month.start, self.month.end
        rows = range(len(self._by_row), len(self._by_row) + len(ids))
        if rows[-1] > ROW:
            raise RuleError(f"there are more than {ROW + 1} visits")
        self._note(ids)
        if max(starts) >= last or min(ends) <= first:
            inside = [
                start < last and (first < end or first <= start)
                for start, end in zip(starts, ends, strict=True)
            ]
            persons, starts = compress(persons, inside), compress(starts, inside)
            rows = compress(rows, inside)
            # Of a row that is let go the check-out is not read any more.
            ends = map(max, ends, [first] * len(inside))
        self._by_row.extend(map(add, ends, map(self._venue.__getitem__, places)))
        numbers = list(map(self._persons.__getitem__, persons))
        while len(self._buckets) << PERSON_BITS < len(self._persons):
            self._buckets.append(array("Q"))
        buckets = self._buckets
        for number, start, row in zip(numbers, starts, rows, strict=True):
            buckets[number >> BUCKET_SHIFT].append(
                number + (start << ROW_BITS | row) & IN_BUCKET
            )
        self._open = None, []

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
        return self._persons.keys()

    def started(self):
        """How many visits of each venue start in the month, by their own check-in."""
        found = [0] * len(self.venues)
        for person in self._persons:
            starts, places, _ends = self.of(person)
            for start, place in zip(starts, places, strict=True):
                if start >= 0:
                    found[place] += 1
        return found

    def of(self, person):
        """``(starts, places, ends)`` of the person's visits, in order of check-in and
        then of id, in minutes since the month's start."""
        if person not in self._persons:
            return [], [], []
        number = self._persons[person]
        visits = self._bucket(number >> BUCKET_SHIFT)
        # Numbers are those of a check-in at the beginning of all years.
        lowest = number - (ALL_YEARS << ROW_BITS) & IN_BUCKET
        visits = visits[
            bisect(visits, lowest - 1) : bisect(
                visits, lowest + (1 << PERSON_SHIFT) - 1
            )
        ]
        month = lowest + (self.month.start + ALL_YEARS << ROW_BITS)
        starts = [visit - month >> ROW_BITS for visit in visits]
        if not self._in_order and len(set(starts)) < len(starts):
            visits.sort(key=self._start_and_id)
        there = [self._by_row[visit & ROW] for visit in visits]
        return (
            starts,
            [number >> END_BITS for number in there],
            [number & END for number in there],
        )

    def _bucket(self, number):
        """Its visits in order; persons come one after the other, so does the last."""
        if self._open[0] != number:
            self._open = number, sorted(self._buckets[number])
        return self._open[1]

    def _start_and_id(self, visit):
        return visit >> ROW_BITS, self.ids[visit & ROW]


class Numbers(dict):
    """Persons in order of their first visit, as numbers to add a check-in to."""

    def __missing__(self, person):
        self[person] = number = (len(self) << PERSON_SHIFT) + (ALL_YEARS << ROW_BITS)
        return number
