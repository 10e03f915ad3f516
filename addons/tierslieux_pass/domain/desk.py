"""At the desk: what a tap means, and the stays that taps tell of.

Instants are ``datetime`` in UTC without a zone; venues and taps are keys. A stay whose
end nobody records is closed at the cut-off of its venue, and says that it is an
estimate.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

IN, OUT = "in", "out"

#: A code read again within that time is the same gesture.
TWICE = timedelta(seconds=60)
#: How far the clock of a device may be ahead.
AHEAD = timedelta(minutes=2)
#: How old a tap may be when it arrives.
OLDEST = timedelta(days=7)
#: A booking covers who comes a little before it and leaves a little after.
AROUND_BOOKING = timedelta(minutes=30)


class Tap(NamedTuple):
    id: int
    venue: Any
    instant: datetime
    direction: str


class CutOff(NamedTuple):
    """``end`` is when the stay is supposed to have ended, ``deadline`` until when the
    real end may still be recorded."""

    end: datetime
    deadline: datetime


class Stay(NamedTuple):
    """``end`` is ``None`` while the person may still be there, until ``cut_off``."""

    venue: Any
    start: datetime
    end: datetime | None
    tap_in: int
    tap_out: int | None
    estimated: bool
    cut_off: CutOff


class Piece(NamedTuple):
    """A part of a stay, with the booking that it was for, if any."""

    start: datetime
    end: datetime
    booking: Any


def clock_problem(instant, now):
    """``"future"`` or ``"too_old"`` for a clock that cannot be believed, else None."""
    if instant > now + AHEAD:
        return "future"
    if instant < now - OLDEST:
        return "too_old"
    return None


def stays(taps, cut_off, now):
    """The stays that taps tell of, in order of time.

    Coming in at another venue ends the stay in the first one, at that moment at the
    latest; a second way in, or a way out without a way in, tells nothing.

    :param taps: accepted taps of one person, in any order
    :param cut_off: ``(venue, start) -> CutOff``
    """
    found = []
    current = None
    for tap in sorted(taps, key=lambda tap: (tap.instant, tap.id)):
        if current and tap.instant > current.cut_off.deadline:
            found.append(_supposed(current))
            current = None
        if tap.direction == IN:
            if current and current.venue == tap.venue:
                continue
            if current:
                found.append(_supposed(current, tap.instant))
            limit = cut_off(tap.venue, tap.instant)
            current = Stay(tap.venue, tap.instant, None, tap.id, None, False, limit)
        elif current and current.venue == tap.venue:
            found.append(current._replace(end=tap.instant, tap_out=tap.id))
            current = None
    if current:
        over = now > current.cut_off.deadline
        found.append(_supposed(current) if over else current)
    return found


def meaning(taps, venue, instant, direction, cut_off):
    """What a new tap is: ``in``, ``out``, ``ignored`` (the same gesture read again) or
    ``not_in`` (a way out of a venue one is not in); and, for ``out``, since when.

    :param direction: as the device says, or None to let the state at that time decide
    """
    before = [tap for tap in taps if tap.instant <= instant]
    last = max(before, key=lambda tap: (tap.instant, tap.id), default=None)
    if (
        last
        and last.venue == venue
        and instant - last.instant <= TWICE
        and direction in (None, last.direction)
    ):
        return "ignored", None
    current = next(
        (stay for stay in stays(before, cut_off, instant) if stay.end is None), None
    )
    here = current is not None and current.venue == venue
    if direction is None:
        direction = OUT if here else IN
    if direction == OUT:
        return (OUT, current.start) if here else ("not_in", None)
    return ("ignored" if here else IN), None


def cut_off(ranges, start, longest, grace):
    """When a stay that nobody ends is supposed to have ended: at the last closing of
    the day, and never later than ``longest`` after it began.

    :param ranges: opening hours of the day as instants, ``[(from, to), …]``
    :param grace: people leave after closing time: an end recorded until then is real
    """
    closing = max((end for _, end in ranges if end > start), default=None)
    end = start + longest
    if closing and closing < end:
        end = closing
    return CutOff(end, end + grace)


def pieces(start, end, bookings):
    """A stay cut by the bookings it was for.

    :param bookings: ``[(start, stop, key), …]``, of that person and venue
    """
    found = []
    at = start
    for first, last, key in sorted(bookings):
        opens = max(at, first - AROUND_BOOKING)
        closes = min(end, last + AROUND_BOOKING)
        if opens >= closes:
            continue
        # who leaves or comes hours before or after is there without a booking then
        if end > last + AROUND_BOOKING:
            closes = last
        if at < first - AROUND_BOOKING:
            found.append(Piece(at, first, None))
            opens = first
        found.append(Piece(opens, closes, key))
        at = closes
    if at < end or not found:
        found.append(Piece(at, end, None))
    return found


def minutes(start, end):
    """Whole minutes between two instants, each truncated to the minute."""
    return int((_minute(end) - _minute(start)).total_seconds()) // 60


def _minute(instant):
    return instant.replace(second=0, microsecond=0)


def _supposed(stay, latest=None):
    end = min(stay.cut_off.end, latest) if latest else stay.cut_off.end
    return stay._replace(end=end, estimated=True)
