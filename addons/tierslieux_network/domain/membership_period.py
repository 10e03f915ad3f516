"""The period that a fee pays for, and the part of the fee that is due.

Periods are pairs of dates, both included. Amounts are integer cents, computed with
exact fractions and rounded once, half up.

Two kinds of period, as in OCA ``membership`` and ``membership_variable_period``:

- fixed: a window, such as the calendar year, that comes back after itself;
- variable: so many days, weeks, months or years from the day one joins.
"""

from calendar import monthrange
from datetime import timedelta
from fractions import Fraction
from math import floor

ONE_DAY = timedelta(days=1)
_DAYS = {"days": 1, "weeks": 7}
_MONTHS = {"months": 1, "years": 12}


def add_months(day, months):
    """The same day so many months later, or the month's last day if it is shorter.

    >>> from datetime import date
    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(
        year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1])
    )


def fixed_period(at, first, last):
    """The recurrence of the window ``first``…``last`` in which ``at`` falls.

    A window of whole months comes back every so many months (a calendar year stays
    one, leap or not); any other comes back every so many days.

    >>> from datetime import date
    >>> fixed_period(date(2028, 5, 4), date(2026, 1, 1), date(2026, 12, 31))
    (datetime.date(2028, 1, 1), datetime.date(2028, 12, 31))

    :raises ValueError: when the window ends before it begins
    """
    if last < first:
        raise ValueError("The period ends before it begins.")
    months = (last + ONE_DAY).year * 12 + (last + ONE_DAY).month
    months -= first.year * 12 + first.month
    if months and add_months(first, months) == last + ONE_DAY:
        return _recurrence(at, first, lambda n: add_months(first, months * n))
    days = (last - first).days + 1
    return _recurrence(at, first, lambda n: first + timedelta(days=days * n))


def variable_period(at, unit, quantity, anchor=None):
    """The period of ``quantity`` ``unit`` beginning on ``at``.

    :param unit: ``days``, ``weeks``, ``months`` or ``years``
    :param anchor: first day of the member's first period. When ``at`` continues its
        sequence, the end is counted from there: somebody who joined on the 31st
        keeps the end of the month instead of sliding to the 28th for ever.
    :raises ValueError: when the quantity is not positive
    """
    if quantity < 1:
        raise ValueError("A period lasts at least one unit.")

    def begin(origin, n):
        if unit in _DAYS:
            return origin + timedelta(days=_DAYS[unit] * quantity * n)
        return add_months(origin, _MONTHS[unit] * quantity * n)

    if anchor and anchor <= at:
        period = _recurrence(at, anchor, lambda n: begin(anchor, n))
        if period[0] == at:
            return period
    return at, begin(at, 1) - ONE_DAY


def _recurrence(at, first, begin):
    """The period ``begin(n)``…``begin(n + 1)`` minus a day that holds ``at``; ``begin``
    increases and ``begin(0)`` is ``first``."""
    length = (begin(1) - first).days
    index = (at - first).days // length
    # months differ in length: the guess is close, step to the exact one
    while begin(index) > at:
        index -= 1
    while begin(index + 1) <= at:
        index += 1
    return begin(index), begin(index + 1) - ONE_DAY


def prorated(cents, period, start, prorata):
    """The part of a fee due by somebody who joins on ``start``.

    :param cents: fee of the whole period, in cents
    :param period: ``(first day, last day)``
    :param prorata: ``none`` (the whole fee), ``month`` (a month begun is due) or
        ``day``
    :return: cents, rounded half up
    :raises ValueError: when ``start`` is outside the period

    >>> from datetime import date
    >>> year = (date(2026, 1, 1), date(2026, 12, 31))
    >>> prorated(12000, year, date(2026, 10, 20), "month")
    3000
    """
    first, last = period
    if not first <= start <= last:
        raise ValueError("This day is outside the period.")
    if prorata == "day":
        share = Fraction((last - start).days + 1, (last - first).days + 1)
    elif prorata == "month":
        total = passed = 0
        while add_months(first, total) <= last:
            total += 1
            passed += add_months(first, total) <= start
        share = Fraction(total - passed, total)
    else:
        share = Fraction(1)
    return floor(cents * share + Fraction(1, 2))
