"""What a holder has used of a month so far, by the same minutes as the settlement."""

from typing import NamedTuple

from .settlement.months import Month
from .settlement.presence import month_of
from .settlement.shares import hours_cents
from .settlement.visits import Visits


class Usage(NamedTuple):
    """Minutes of presence, those beyond the included ones, and what these cost in
    cents, excluding tax, each venue rounded once."""

    minutes: int
    billed_minutes: int
    cents: int


def usage(month, timezone, stays, included, hourly_rate_cents):
    """One person's usage of a month.

    :param month: ``2026-10``
    :param stays: ``[(venue key, check-in, check-out), …]`` in minutes since 1970
    :param included: minutes covered by the fee, ``None`` for unlimited
    """
    if not stays:
        return Usage(0, 0, 0)
    days = Month(month, timezone)
    venues = tuple(sorted({venue for venue, _, _ in stays}))
    visits = Visits(days, venues)
    place = visits.place
    visits.add(
        range(len(stays)),
        [0] * len(stays),
        [place[venue] for venue, _, _ in stays],
        [start for _, start, _ in stays],
        [end for _, _, end in stays],
    )
    found = month_of(visits.of(0), days, 24 * 60, included)
    return Usage(
        sum(found.minutes.values()),
        sum(found.billed.values()),
        sum(
            hours_cents(minutes, hourly_rate_cents) for minutes in found.billed.values()
        ),
    )
