"""Whether a place is open at a moment, and when that changes.

Weekly hours are those of ``opening_hours``; a closure is a pair ``(start, end)`` of
local date-times, end excluded. Everything is in the place's local time.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from .opening_hours import DAY_MINUTES

HORIZON_DAYS = 60


class Status(NamedTuple):
    """``until`` is when the place closes if it is open, opens if it is closed; ``None``
    when that is not within ``HORIZON_DAYS``. ``closure`` is the one that holds now."""

    is_open: bool
    until: datetime | None
    closure: tuple[datetime, datetime] | None


def status(hours, now, closures=(), next_week=None):
    """Status of a place at ``now``, the hours being those of this week; those of
    ``next_week``, if they are said, take turns with them."""
    closure = next((span for span in closures if span[0] <= now < span[1]), None)
    turns = (hours, hours if next_week is None else next_week)
    spans = _open_spans(turns, now, closures)
    for start, end in spans:
        if start <= now < end:
            return Status(True, end if end < _horizon(now) else None, closure)
        if start > now:
            return Status(False, start, closure)
    return Status(False, None, closure)


def day_rows(hours):
    """``[(weekday, [(start, end), …]), …]`` for the seven days, closed ones empty."""
    return [(day, hours.get(day, [])) for day in range(7)]


def clock(minutes, lang="fr"):
    """A time of day: ``9 h``, ``18 h 30`` in French, ``9:00``, ``18:30`` elsewhere.

    The spaces of the French form do not break.
    """
    hour, minute = divmod(minutes, 60)
    if lang[:2] != "fr":
        return f"{hour}:{minute:02d}"
    return f"{hour}\u00a0h\u00a0{minute:02d}" if minute else f"{hour}\u00a0h"


def _horizon(now):
    return _midnight(now) + timedelta(days=HORIZON_DAYS)


def _midnight(moment):
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _open_spans(turns, now, closures):
    """Open spans from the day of ``now`` to the horizon, closures cut out, those that
    touch (past midnight, round the clock) joined."""
    joined = []
    for day in range(HORIZON_DAYS):
        midnight = _midnight(now) + timedelta(days=day)
        week = (now.weekday() + day) // 7
        for start, end in turns[week % 2].get(midnight.weekday(), ()):
            assert 0 <= start < end <= DAY_MINUTES
            span = (
                midnight + timedelta(minutes=start),
                midnight + timedelta(minutes=end),
            )
            for piece in _without(span, closures):
                if joined and joined[-1][1] == piece[0]:
                    joined[-1] = (joined[-1][0], piece[1])
                else:
                    joined.append(piece)
    return joined


def _without(span, closures):
    """The pieces of a span that no closure covers, in order."""
    pieces = [span]
    for closed_from, closed_to in closures:
        pieces = [
            piece
            for start, end in pieces
            for piece in ((start, min(end, closed_from)), (max(start, closed_to), end))
            if piece[0] < piece[1]
        ]
    return pieces
