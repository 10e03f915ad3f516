"""What a booking costs: the cheapest combination of hours, half-days and days.

A rate is what one seat costs, in integer cents, VAT included: by the hour, counted to
the minute; by the half-day, which covers up to ``half_day_minutes``; by the day, which
covers one day of the calendar, however long. A unit without a price (``None``) is not
sold. Each local day is reckoned by itself: its day price is the most it can cost.
Days are those of the clock on the wall, minutes those that pass.
"""

from datetime import timedelta
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from .availability import day_bounds, local


class Rate(NamedTuple):
    """Prices of one seat in cents; ``None`` where the unit is not sold."""

    hour: int | None
    half_day: int | None
    day: int | None
    half_day_minutes: int = 240


class PriceError(ValueError):
    """No unit is sold."""


def day_minutes(start, stop, zone):
    """Minutes of an interval on each local day, in order."""
    minutes = []
    day = local(start, zone).date()
    while True:
        begin, end = day_bounds(day, zone)
        if begin >= stop:
            return minutes
        part = min(end, stop) - max(begin, start)
        minutes.append(Fraction(part // timedelta(seconds=1), 60))
        day += timedelta(days=1)


def price(rate, start, stop, zone, seats=1):
    """Price in cents of a booking.

    The cheapest combination of each local day is exact; the sum is rounded once, half
    up.

    :raises PriceError: the rate has no price at all
    """
    total = sum(
        (cheapest(rate, minutes) for minutes in day_minutes(start, stop, zone)),
        Fraction(0),
    )
    return floor(total * seats + Fraction(1, 2))


def cheapest(rate, minutes):
    """The least that some minutes of one day cost, a ``Fraction`` of cents.

    The half-days of a combination are at most what covers all its minutes: more would
    cost more. Between none and that many, each number is tried, the rest paid by the
    hour.
    """
    if minutes <= 0:
        return Fraction(0)
    options = [] if rate.day is None else [Fraction(rate.day)]
    halves = 0
    if rate.half_day is not None:
        halves = ceil(Fraction(minutes) / rate.half_day_minutes)
        options.append(Fraction(rate.half_day * halves))
    if rate.hour is not None:
        for count in range(halves + 1):
            rest = max(minutes - count * rate.half_day_minutes, 0)
            options.append(
                count * (rate.half_day or 0) + Fraction(rest) * rate.hour / 60
            )
    if not options:
        raise PriceError("no price")
    return min(options)
