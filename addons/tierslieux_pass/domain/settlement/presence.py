"""A person's month: from visits that may overlap to minutes at each venue."""

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
    days, free = {}, {}
    left = included or 0
    present_until = first
    # a million times a month: what can be summed by days is not summed by visits
    for start, venue, end in zip(*visits, strict=True):
        if start < present_until:
            start = present_until
        if end > last:
            end = last
        if start >= end:
            continue
        present_until = end
        if left:
            used = min(end - start, left)
            left -= used
            free[venue] = free.get(venue, 0) + used
        day = day_of[start - first]
        midnight = midnights[day]
        while end > midnight:
            key = venue << DAY_BITS | day
            days[key] = days.get(key, 0) + midnight - start
            start = midnight
            day = day_of[start - first]
            midnight = midnights[day]
        key = venue << DAY_BITS | day
        days[key] = days.get(key, 0) + end - start

    minutes, over = {}, {}
    for key, spent in days.items():
        venue = key >> DAY_BITS
        minutes[venue] = minutes.get(venue, 0) + spent
        if spent > cap:
            over[venue] = over.get(venue, 0) + spent - cap
    billed = {}
    if included is not None:
        billed = {
            venue: paid
            for venue, spent in minutes.items()
            if (paid := spent - free.get(venue, 0))
        }
    return Presence(minutes, over, billed)
