"""A person's month: from visits that may overlap to minutes at each venue."""

from .visits import END, END_BITS, START_SHIFT, VENUE

#: More than the days of a month.
DAY_BITS = 5


def month_of(visits, month, cap, included):
    """``{venue: (minutes, capped minutes, billed minutes)}`` of one person's month.

    ``visits`` are packed, in order of check-in and then of id. A visit starts when
    those before it have ended, and is cut at the month's ends and at midnights. At
    most ``cap`` minutes of a venue and a day count as capped. The first ``included``
    minutes of the month, wherever they are spent, are not billed; none is when it is
    ``None``.
    """
    day_of, day_ends = month.day_of, month.day_ends
    days, free = {}, {}
    left = included or 0
    present_until = 0
    for visit in visits:
        end = visit & END
        start = visit >> START_SHIFT
        if start < present_until:
            start = present_until
        if start >= end:
            continue
        present_until = end
        venue = visit >> END_BITS & VENUE
        if left:
            used = min(left, end - start)
            left -= used
            free[venue] = free.get(venue, 0) + used
        day = day_of[start]
        while end > day_ends[day]:
            key = venue << DAY_BITS | day
            days[key] = days.get(key, 0) + day_ends[day] - start
            start = day_ends[day]
            day = day_of[start]
        key = venue << DAY_BITS | day
        days[key] = days.get(key, 0) + end - start

    found = {}
    for key, minutes in days.items():
        venue = key >> DAY_BITS
        capped = minutes if minutes < cap else cap
        if venue in found:
            before, capped_before = found[venue]
            found[venue] = before + minutes, capped_before + capped
        else:
            found[venue] = minutes, capped
    return {
        venue: (
            minutes,
            capped,
            0 if included is None else minutes - free.get(venue, 0),
        )
        for venue, (minutes, capped) in found.items()
    }
