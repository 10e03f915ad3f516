"""A monthly fee for a part of its month, exact, rounded once.

A fee is earned by the day: of a period of n days, each active day earns 1/n of the fee
in force on it. Days are dates, periods half-open ``[first, last)``; amounts are
integer cents, excluding tax.
"""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from .settlement.shares import half_up, split


class Active(NamedTuple):
    """Days on which a pass is active at one monthly fee."""

    first: date
    last: date
    fee_cents: int


def anniversary(anchor, year, month):
    """The day of a month on which a period anchored on day ``anchor`` (1 to 31)
    begins: the last of a month that is too short."""
    return date(year, month, min(anchor, monthrange(year, month)[1]))


def period(day, anchor=1):
    """``(first, last)`` of the period that holds ``day``; from the first of the month
    if no other ``anchor`` is given.

    Each is counted from the anchor itself, not from the one before: after the 28th of
    February a period anchored on the 31st begins on the 31st of March.
    """
    begins = anniversary(anchor, day.year, day.month)
    if day < begins:
        return _month_before(anchor, day), begins
    return begins, _month_after(anchor, day)


def due(active, first, last):
    """What is due for the period ``[first, last)``: ``(cents, [cents of each])``.

    ``active`` are the ``Active`` times, in any order, days outside the period left
    out of account. The sum is rounded half up, once, and then split among them by
    largest remainder: a change of plan loses no cent.

    :raises ValueError: when two of them share a day, or a fee is negative
    """
    days = (last - first).days
    inside = sorted((max(one.first, first), min(one.last, last)) for one in active)
    inside = [(start, end) for start, end in inside if start < end]
    for (_, end), (start, _) in zip(inside, inside[1:], strict=False):
        if start < end:
            raise ValueError("two active times share a day")
    if any(one.fee_cents < 0 for one in active):
        raise ValueError("a fee is negative")
    earned = [
        one.fee_cents * max((min(one.last, last) - max(one.first, first)).days, 0)
        for one in active
    ]
    cents = half_up(sum(earned), days)
    return cents, split(cents, earned)


def _month_before(anchor, day):
    return anniversary(
        anchor, day.year - (day.month == 1), 12 if day.month == 1 else day.month - 1
    )


def _month_after(anchor, day):
    return anniversary(
        anchor, day.year + (day.month == 12), 1 if day.month == 12 else day.month + 1
    )
