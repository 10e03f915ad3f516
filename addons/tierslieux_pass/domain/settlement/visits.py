"""A month's visits, held small: one integer each, by person.

From the highest bits down: the minute of the check-in since the month's start, the
number of the row, the place of the venue, the minute of the check-out.
"""

from collections import defaultdict
from itertools import compress

END_BITS, VENUE_BITS, ROW_BITS = 16, 24, 40
END = (1 << END_BITS) - 1
VENUE = (1 << VENUE_BITS) - 1
ROW = (1 << ROW_BITS) - 1
ROW_SHIFT = END_BITS + VENUE_BITS
START_SHIFT = ROW_SHIFT + ROW_BITS


class Visits:
    """The visits of one ``month`` to ``venues``, texts in order of their ids.

    Visits are given in columns, as many rows at a time as one likes and in any order:
    ids, persons (texts), places of venues in that order, check-ins and check-outs in
    minutes since 1970, no check-out before its check-in. Those that touch no minute
    of the month are let go, except that a visit of no minute which starts in the
    month is still a visit.
    """

    def __init__(self, month, venues):
        self.month = month
        self.venues = venues
        self.place = {venue: place for place, venue in enumerate(venues)}
        self.ids = []
        self._packed = defaultdict(list)

    def add(self, ids, persons, places, starts, ends):
        first, last, length = self.month.start, self.month.end, self.month.length
        rows = range(len(self.ids), len(self.ids) + len(ids))
        self.ids += ids
        if first <= min(starts) and max(ends) < last:
            packed = [
                ((start - first << ROW_BITS | row) << VENUE_BITS | place) << END_BITS
                | end - first
                for row, place, start, end in zip(
                    rows, places, starts, ends, strict=True
                )
            ]
        else:
            inside = [
                start < last and (first < end or first <= start)
                for start, end in zip(starts, ends, strict=True)
            ]
            persons = compress(persons, inside)
            packed = [
                ((start - first << ROW_BITS | row) << VENUE_BITS | place) << END_BITS
                | min(end - first, length)
                for row, place, start, end in compress(
                    zip(rows, places, starts, ends, strict=True), inside
                )
            ]
        by_person = self._packed
        for person, visit in zip(persons, packed, strict=True):
            by_person[person].append(visit)

    def repeated(self):
        """The rows whose id an earlier row has."""
        if len(set(self.ids)) == len(self.ids):
            return []
        seen = set()
        return [
            row for row, name in enumerate(self.ids) if name in seen or seen.add(name)
        ]

    def persons(self):
        """Those who were there."""
        return self._packed.keys()

    def of(self, person):
        """The person's visits, packed, in order of check-in and then of id."""
        visits = self._packed.get(person, [])
        visits.sort()
        starts = [visit >> START_SHIFT for visit in visits]
        if len(set(starts)) < len(starts):
            visits.sort(key=self._start_and_id)
        return visits

    def _start_and_id(self, visit):
        return visit >> START_SHIFT, self.ids[visit >> ROW_SHIFT & ROW]
