"""A person's month: from visits that may overlap to minutes at each venue."""

from collections import defaultdict
from typing import NamedTuple

#: More than the days of a month.
DAY_BITS = 5


class Presence(NamedTuple):
    """Minutes by place of the venue: all of them, those beyond the cap of a day, those
    that are billed. A venue that has none is left out."""

    minutes: dict
    over: dict
    billed: dict


def month_of(visits, month, cap, included):
    """The ``Presence`` of one person's month.

    ``visits`` are ``(starts, places, ends)`` in minutes since 1970, in order of
    check-in and then of id. A visit starts when those before it have ended,
    and is cut at the month's ends and at midnights. At most ``cap`` minutes of a venue
    and a day count. The first ``included`` minutes of the month, wherever they are
    spent, are not billed; none is when it is ``None``.
    """
    first, last = month.start, month.end
    day_of, midnights = month.day_of, month.midnights
    minutes = defaultdict(int)
    days = defaultdict(int)
    free = defaultdict(int)
    left = included or 0
    present_until = first
    for start, venue, end in zip(*visits, strict=True):
        if start < present_until:
            start = present_until
        if end > last:
            end = last
        if start >= end:
            continue
        present_until = end
        spent = end - start
        minutes[venue] += spent
        if left:
            used = spent if spent < left else left
            left -= used
            free[venue] += used
        day = day_of[start - first]
        while end > midnights[day]:
            days[venue << DAY_BITS | day] += midnights[day] - start
            start = midnights[day]
            day = day_of[start - first]
        days[venue << DAY_BITS | day] += end - start

    over = defaultdict(int)
    for key in [key for key, spent in days.items() if spent > cap]:
        over[key >> DAY_BITS] += days[key] - cap
    billed = {}
    if included is not None:
        billed = minutes.copy()
        for venue, used in free.items():
            billed[venue] -= used
            if not billed[venue]:
                del billed[venue]
    return Presence(minutes, over, billed)
