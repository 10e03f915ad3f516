# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What volunteered time is worth: hours by a dated rate, rounded once, half up."""


class NoRate(LookupError):
    """No rate is in force on that day."""


def rate_on(day, rates):
    """The rate in force on a day, of ``[(first day, rate)]`` in any order.

    :raises NoRate: the day is before the first one
    """
    begun = [rate for rate in rates if rate[0] <= day]
    if not begun:
        raise NoRate(day)
    return max(begun, key=lambda rate: rate[0])[1]


def value(minutes, hourly_cents):
    """Cents of a number of minutes; less time (a correction) is worth the opposite.

    >>> value(90, 1188), value(-90, 1188), value(20, 1001)
    (1782, -1782, 334)
    """
    cents = (2 * abs(minutes) * hourly_cents + 60) // 120
    return cents if minutes >= 0 else -cents
