"""The plan of a day: what is drawn where.

Instants are naive ``datetime`` in UTC; an interval is a pair ``(start, stop)``.
"""

from datetime import timedelta

HOUR = timedelta(hours=1)


def lanes(intervals):
    """The line of each interval, from 0, so that none is drawn over another.

    :param intervals: in order of their start
    """
    ends, found = [], []
    for start, stop in intervals:
        for number, end in enumerate(ends):
            if end <= start:
                ends[number] = stop
                found.append(number)
                break
        else:
            ends.append(stop)
            found.append(len(ends) - 1)
    return found


def span(intervals, default):
    """The whole hours that hold all intervals; ``default`` where there is none."""
    if not intervals:
        return default
    first = min(start for start, _stop in intervals)
    last = max(stop for _start, stop in intervals)
    first = first.replace(minute=0, second=0, microsecond=0)
    whole = last.replace(minute=0, second=0, microsecond=0)
    return first, whole if whole == last else whole + HOUR


def share(moment, start, stop):
    """Where a moment lies between two others, in percent; those outside at the ends."""
    moment = min(max(moment, start), stop)
    return 100 * ((moment - start) / (stop - start))


def free_cells(free, start, stop, least):
    """The hours in which something can begin, with the first moment at which it can:
    ``[(hour, moment), …]``.

    :param free: list of intervals, which may overlap
    :param least: how long it must be free, a ``timedelta``
    """
    cells = []
    hour = start
    while hour < stop:
        moments = [
            max(begin, hour)
            for begin, end in free
            if begin < hour + HOUR and min(end, stop) - max(begin, hour) >= least
        ]
        if moments:
            cells.append((hour, min(moments)))
        hour += HOUR
    return cells
