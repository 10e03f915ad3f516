"""A person's month in lines: what an invoice bills is what the settlement counts.

Both come from the same minutes (``settlement.presence``) by the same price
(``settlement.shares``), so that the lines of all persons sum to the settlement's
billed hours, to the cent.
"""

from typing import NamedTuple

from .settlement.presence import month_of
from .settlement.shares import hours_cents


class Line(NamedTuple):
    """A person's month at one venue. ``included_minutes`` were covered by the fee,
    ``billed_minutes`` make ``cents``, excluding tax; ``capped_minutes`` weigh in the
    pool. Of unlimited hours all minutes are included."""

    venue: str
    minutes: int
    capped_minutes: int
    included_minutes: int
    billed_minutes: int
    cents: int


def lines(rules, visits, person):
    """The person's lines, in order of the venues' ids."""
    return lines_of(rules, visits.of(person))


def lines_of(rules, own):
    """The same of one person's visits: ``(starts, places, ends)`` in minutes since the
    month's start, in order of check-in and then of id."""
    there = month_of(own, rules.month, rules.daily_cap_minutes, rules.included_minutes)
    return [
        Line(
            rules.venues[place],
            minutes,
            minutes - there.over.get(place, 0),
            minutes - there.billed.get(place, 0),
            there.billed.get(place, 0),
            hours_cents(there.billed.get(place, 0), rules.hourly_rate_cents),
        )
        for place, minutes in sorted(there.minutes.items())
    ]
