"""When something can be booked.

Instants are naive ``datetime`` in UTC; an interval is a pair ``(start, stop)``, stop
excluded; a list of intervals is sorted and its intervals are apart. Weekly hours are
``{weekday: [(start, stop), …]}``: weekday 0 is Monday, minutes since midnight on the
clock of the wall, ``0 <= start < stop <= 1440``. Weeks are one of them, or the two that
take turns.

Open means: what the clock on the wall shows is within the hours of that week, and no
closure holds. A night in which the clock is put forward loses an hour, one in which it
is put back has one hour twice.
"""

from datetime import datetime, timedelta
from math import gcd
from typing import NamedTuple
from zoneinfo import ZoneInfo

UTC = ZoneInfo("UTC")
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
# Offsets of time zones are multiples of a quarter of an hour, their changes of half
# an hour.
SHIFT_MINUTES = 30


class Rules(NamedTuple):
    """What holds for a booking besides opening hours; everything in minutes but
    ``horizon_days``."""

    grid: int = 30
    shortest: int = 30
    longest: int = 0
    notice: int = 0
    horizon_days: int = 0
    buffer_before: int = 0
    buffer_after: int = 0
    seats: int = 1


def local(instant, zone):
    """The clock on the wall at an instant."""
    return instant.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def instant(wall, zone):
    """The instant at which the clock shows ``wall``: the first, where there are two."""
    return wall.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)


def day_bounds(day, zone):
    """The interval of a local day; it lasts 23 or 25 hours when the clock changes."""
    midnight = datetime(day.year, day.month, day.day)
    return instant(midnight, zone), instant(midnight + DAY, zone)


def week_number(day):
    """Weeks since that of the first day of year 1, a Monday: no year has an odd one out
    (as Odoo counts them for calendars of two weeks)."""
    return (day.toordinal() - 1) // 7


def opened(weeks, closures, zone, start, stop):
    """The open intervals within ``start`` to ``stop``.

    :param weeks: a sequence of weekly hours that take turns
    :param closures: list of intervals
    :return: list of intervals; those that touch at midnight are joined
    """
    found = []
    day = local(start, zone).date()
    while True:
        day_start, day_stop = day_bounds(day, zone)
        if day_start >= stop:
            break
        hours = weeks[week_number(day) % len(weeks)]
        for first, last, offset in _steady(day_start, day_stop, zone):
            midnight = datetime(day.year, day.month, day.day) - offset
            for begin, end in hours.get(day.weekday(), ()):
                found.append(
                    (
                        max(first, start, midnight + begin * MINUTE),
                        min(last, stop, midnight + end * MINUTE),
                    )
                )
        day += DAY
    return without(merged(found), closures)


def merged(intervals):
    """Intervals in any order, joined where they overlap or touch."""
    joined = []
    for start, stop in sorted(intervals):
        if stop <= start:
            continue
        if joined and start <= joined[-1][1]:
            if stop > joined[-1][1]:
                joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((start, stop))
    return joined


def without(intervals, taken):
    """What is left of a list of intervals when others, in any order, are taken out."""
    left = []
    if len(taken) > 1:
        taken = sorted(taken)
    for start, stop in intervals:
        for begin, end in taken:
            if begin >= stop:
                break
            if begin > start:
                left.append((start, begin))
            if end > start:
                start = end
        if start < stop:
            left.append((start, stop))
    return left


def seats_free(open_intervals, taken, rules):
    """Where a booking may lie, seat by seat.

    :param taken: ``[(seat, start, stop), …]``, buffers included; seat 0 is every seat
    :return: a list of intervals for each seat, the first for seat 1
    """
    before = rules.buffer_before * MINUTE
    after = rules.buffer_after * MINUTE
    by_seat = {}
    for seat, start, stop in taken:
        by_seat.setdefault(seat, []).append((start - after, stop + before))
    everywhere = without(open_intervals, by_seat.get(0, ()))
    return [
        without(everywhere, by_seat.get(seat, ())) for seat in range(1, rules.seats + 1)
    ]


def free(open_intervals, taken, rules, count=1):
    """Where a booking of ``count`` seats may lie: :func:`spans` of
    :func:`seats_free`."""
    if rules.seats > 1:
        touched = {seat for seat, _start, _stop in taken}
        if 0 not in touched and rules.seats - len(touched) >= count:
            return open_intervals  # as many seats are free all along
        return spans(seats_free(open_intervals, taken, rules), count)
    if rules.buffer_before or rules.buffer_after:
        before = rules.buffer_before * MINUTE
        after = rules.buffer_after * MINUTE
        taken = [(seat, start - after, stop + before) for seat, start, stop in taken]
    return without(open_intervals, [(start, stop) for _seat, start, stop in taken])


def spans(seats, count=1):
    """The longest intervals through which ``count`` seats are free, each the same seat
    all along. They may overlap: nobody changes seats."""
    found = []
    for start in sorted({start for free in seats for start, _stop in free}):
        stops = sorted(
            (stop for free in seats for begin, stop in free if begin <= start < stop),
            reverse=True,
        )
        if len(stops) >= count:
            stop = stops[count - 1]
            if not found or stop > found[-1][1]:
                found.append((start, stop))
    return found


def bookable_within(intervals, rules, now):
    """Intervals cut to what notice and horizon allow at ``now``."""
    earliest = now + rules.notice * MINUTE
    latest = now + rules.horizon_days * DAY if rules.horizon_days else datetime.max
    return [
        (max(start, earliest), min(stop, latest))
        for start, stop in intervals
        if max(start, earliest) < min(stop, latest)
    ]


def on_grid(moment, grid, zone):
    """Whether the clock on the wall shows a step of the grid, counted from midnight."""
    wall = local(moment, zone)
    return (
        not (wall.second or wall.microsecond)
        and not (wall.hour * 60 + wall.minute) % grid
    )


def starts(intervals, minutes, grid, zone):
    """Steps of the grid from which ``minutes`` fit into one of the intervals."""
    found = {}
    step = gcd(grid, SHIFT_MINUTES)
    for start, stop in intervals:
        wall = local(start, zone)
        late = timedelta(
            minutes=wall.minute % step,
            seconds=wall.second,
            microseconds=wall.microsecond,
        )
        moment = start - late + step * MINUTE if late else start
        while moment + minutes * MINUTE <= stop:
            if on_grid(moment, grid, zone):
                found[moment] = None
            moment += step * MINUTE
    return sorted(found)


def refusal(start, stop, count, rules, zone, now, open_intervals):
    """Why a booking may not be, whoever else booked what: ``order``, ``seats``,
    ``past``, ``notice``, ``horizon``, ``grid``, ``short``, ``long``, ``closed``, or
    ``None``.

    :param open_intervals: those around ``start`` to ``stop``
    """
    minutes, rest = divmod(stop - start, MINUTE)
    if stop <= start:
        return "order"
    if not 1 <= count <= rules.seats:
        return "seats"
    if start < now:
        return "past"
    if start < now + rules.notice * MINUTE:
        return "notice"
    if rules.horizon_days and stop > now + rules.horizon_days * DAY:
        return "horizon"
    if rest or minutes % rules.grid or not on_grid(start, rules.grid, zone):
        return "grid"
    if minutes < rules.shortest:
        return "short"
    if rules.longest and minutes > rules.longest:
        return "long"
    if not any(begin <= start and stop <= end for begin, end in open_intervals):
        return "closed"
    return None


def nearest(moments, wanted, length, count):
    """The ``count`` intervals of a length that start closest to a moment wanted, none
    over another, in order of time."""
    chosen = []
    for moment in sorted(moments, key=lambda one: (abs(one - wanted), one)):
        if all(abs(moment - other) >= length for other in chosen):
            chosen.append(moment)
        if len(chosen) == count:
            break
    return [(moment, moment + length) for moment in sorted(chosen)]


def _steady(start, stop, zone):
    """``[(start, stop, offset), …]``: a day cut where the clock is changed."""
    first, last = _offset(start, zone), _offset(stop - MINUTE, zone)
    if first == last:
        return [(start, stop, first)]
    low, high = start, stop - MINUTE
    while high - low > MINUTE:
        middle = low + (high - low) // MINUTE // 2 * MINUTE
        if _offset(middle, zone) == first:
            low = middle
        else:
            high = middle
    return [(start, high, first), (high, stop, last)]


def _offset(moment, zone):
    return moment.replace(tzinfo=UTC).astimezone(zone).utcoffset()
