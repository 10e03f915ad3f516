"""Eligibility: what a machine can check before anybody assesses anything.

Source: the metropolitan study of third places, conditions of affiliation: open for at
least three months, three days or thirty hours a week, mixed publics, two services or
more, and a paid membership. The thresholds are those of a version of the rules of use.
"""

from datetime import date
from typing import NamedTuple

OPEN = "open"
HOURS = "hours"
AUDIENCES = "audiences"
SERVICES = "services"
MEMBERSHIP = "membership"
GATES = (OPEN, HOURS, AUDIENCES, SERVICES, MEMBERSHIP)


class Thresholds(NamedTuple):
    months_open: int = 3
    days: int = 3
    weekly_minutes: int = 30 * 60
    audiences: int = 2
    services: int = 2


class Facts(NamedTuple):
    """A venue on a day; ``opened_on`` is ``None`` for one that is not open."""

    opened_on: date | None
    days: int
    weekly_minutes: int
    audiences: int
    services: int
    has_paid: bool


class Gate(NamedTuple):
    """``found`` and ``asked`` are counts (for the opening: the day on which the months
    are over, ``None`` when the venue is not open or its opening day is not known)."""

    code: str
    passed: bool
    found: object
    asked: object


def months_after(day, months):
    """The same day of a later month, or its last one.

    >>> months_after(date(2026, 11, 30), 3).isoformat()
    '2027-02-28'
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError(day)


def check(facts, today, thresholds=Thresholds()):  # noqa: B008
    """The five gates, in the order of ``GATES``: each is passed or not by itself."""
    since = facts.opened_on and months_after(facts.opened_on, thresholds.months_open)
    enough = (
        facts.days >= thresholds.days
        or facts.weekly_minutes >= thresholds.weekly_minutes
    )
    return [
        Gate(OPEN, bool(since and since <= today), since, thresholds.months_open),
        Gate(
            HOURS,
            enough,
            (facts.days, facts.weekly_minutes),
            (thresholds.days, thresholds.weekly_minutes),
        ),
        Gate(
            AUDIENCES,
            facts.audiences >= thresholds.audiences,
            facts.audiences,
            thresholds.audiences,
        ),
        Gate(
            SERVICES,
            facts.services >= thresholds.services,
            facts.services,
            thresholds.services,
        ),
        Gate(MEMBERSHIP, facts.has_paid, facts.has_paid, True),
    ]
