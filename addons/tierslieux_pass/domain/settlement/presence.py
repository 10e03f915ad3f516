"""A person's month: from visits that may overlap to minutes at each venue."""

from .visits import END, END_BITS, START_SHIFT, VENUE

#: More than the days of a month.
DAY_BITS = 5
DAY = (1 << DAY_BITS) - 1


def pieces(visits, month):
    """What remains of one person's visits: ``[(venue, day, start, minutes)]`` in time.

    ``visits`` are packed, in order of check-in and then of id. A visit starts when
    those before it have ended, and is cut at the month's ends and at midnights.
    """
    day_of, day_ends = month.day_of, month.day_ends
    found = []
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
        day = day_of[start]
        while end > day_ends[day]:
            found.append((venue, day, start, day_ends[day] - start))
            start = day_ends[day]
            day += 1
            while start == day_ends[day]:
                # A date that the zone left out.
                day += 1
        found.append((venue, day, start, end - start))
    return found


def month_of(visits, month, cap, included):
    """``{venue: (minutes, capped minutes, billed minutes)}`` of one person's month.

    At most ``cap`` minutes of a venue and a day count as capped. The first
    ``included`` minutes of the month, wherever they are spent, are not billed; none
    is when it is ``None``.
    """
    days, free = {}, {}
    left = included or 0
    for venue, day, _, minutes in pieces(visits, month):
        key = venue << DAY_BITS | day
        days[key] = days.get(key, 0) + minutes
        if left:
            used = min(left, minutes)
            left -= used
            free[venue] = free.get(venue, 0) + used
    found = {}
    for key, minutes in days.items():
        venue = key >> DAY_BITS
        whole, capped, _ = found.get(venue, (0, 0, 0))
        whole += minutes
        capped += min(minutes, cap)
        billed = 0 if included is None else whole - free.get(venue, 0)
        found[venue] = whole, capped, billed
    return found
