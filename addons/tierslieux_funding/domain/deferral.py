# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which part of an award belongs to which exercise (PCG art. 944-48, account 487).

Exercises are ``(first day, last day)``, in order and without gaps. Amounts are integer
cents; parts sum to the whole (largest remainder)."""

from .shares import split


class OutOfExercises(ValueError):
    """Something is dated after the last exercise given."""


def by_days(amount, start, end, exercises):
    """Parts in proportion to the days of each exercise in the agreement's period; the
    days before the first exercise are the first one's.

    >>> from datetime import date
    >>> years = [(date(y, 1, 1), date(y, 12, 31)) for y in (2025, 2026)]
    >>> by_days(36500, date(2025, 7, 2), date(2026, 7, 1), years)
    [18300, 18200]
    """
    _check(end, exercises)
    days = [
        max(0, (min(end, last) - max(start, first)).days + 1)
        for first, last in exercises
    ]
    before = (min(end, exercises[0][0]) - start).days
    days[0] += max(0, before + (end < exercises[0][0]))
    return split(amount, days)


def by_tranches(amount, tranches, exercises):
    """Parts in proportion to the tranches ``[(day, cents)]`` planned in each exercise;
    those planned before the first one are the first one's."""
    weights = [0] * len(exercises)
    for day, cents in tranches:
        _check(day, exercises)
        weights[
            next(place for place, (_first, last) in enumerate(exercises) if day <= last)
        ] += cents
    return split(amount, weights)


def _check(day, exercises):
    if day > exercises[-1][1]:
        raise OutOfExercises(f"{day} is after the last exercise")
