"""A person's month in lines: what an invoice bills is what the settlement counts.

Both come from the same minutes (``settlement.presence``) by the same price
(``settlement.shares``), so that the lines of all persons sum to the settlement's
billed hours, to the cent.
"""

from bisect import bisect_left
from collections import Counter
from typing import NamedTuple

from .settlement.presence import month_of
from .settlement.shares import hours_cents


class Line(NamedTuple):
    """A person's month at one venue. ``visits``, those that start in the month, or
    ``capped_minutes`` weigh in the pool. ``included_minutes`` are covered by the fee,
    ``billed_minutes`` make ``cents``, excluding tax; of unlimited hours all minutes
    are included."""

    venue: str
    visits: int
    capped_minutes: int
    minutes: int
    included_minutes: int
    billed_minutes: int
    cents: int


def lines(rules, visits, person):
    """The person's lines, in order of the venues' ids."""
    return [
        line._replace(venue=rules.venues[line.venue])
        for line in lines_of(rules, rules.month, visits.of(person))
    ]


def lines_of(terms, month, own):
    """A line for each venue that somebody came to, in order.

    :param terms: has ``included_minutes``, ``daily_cap_minutes``, ``hourly_rate_cents``
    :param own: one person's ``(starts, venues, ends)`` in minutes since 1970, in
        order of check-in and then of id; venues are integers
    """
    starts, venues, _ends = own
    minutes, over, billed = month_of(
        own, month, terms.daily_cap_minutes, terms.included_minutes
    )
    visits = Counter(venues[bisect_left(starts, month.start) :])
    found = []
    for venue in sorted(set(venues)):
        spent, paid = minutes.get(venue, 0), billed.get(venue, 0)
        capped = spent - over.get(venue, 0)
        cents = hours_cents(paid, terms.hourly_rate_cents)
        found.append(
            Line(venue, visits[venue], capped, spent, spent - paid, paid, cents)
        )
    return found
