# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Prices held to every combination, counted in fractions."""

from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tierslieux_booking_domain.pricing import (
    PriceError,
    Rate,
    cheapest,
    day_minutes,
    price,
)

PARIS = ZoneInfo("Europe/Paris")
amounts = st.none() | st.integers(0, 20_000)
rates = st.builds(
    Rate, amounts, amounts, amounts, st.sampled_from([180, 240, 300])
).filter(lambda rate: any(one is not None for one in rate[:3]))


def every_combination(rate, minutes):
    for days in range(2 if rate.day is not None else 1):
        for halves in range(12 if rate.half_day is not None else 1):
            left = 0 if days else max(minutes - halves * rate.half_day_minutes, 0)
            if left and rate.hour is None:
                continue
            yield (
                days * (rate.day or 0)
                + halves * (rate.half_day or 0)
                + Fraction(left * (rate.hour or 0), 60)
            )


@given(rates, st.integers(1, 1500))
def test_no_combination_is_cheaper(rate, minutes):
    assert cheapest(rate, minutes) == min(every_combination(rate, minutes))


@given(rates, st.integers(0, 1400), st.integers(1, 100))
def test_longer_is_never_cheaper(rate, minutes, more):
    assert cheapest(rate, minutes) <= cheapest(rate, minutes + more)


@given(rates, st.integers(1, 5000), st.integers(0, 3000), st.integers(1, 9))
@settings(deadline=None)
def test_price_is_the_sum_of_its_days_rounded_once(rate, minutes, offset, seats):
    start = datetime(2026, 10, 23) + timedelta(minutes=offset)
    stop = start + timedelta(minutes=minutes)
    parts = day_minutes(start, stop, PARIS)
    assert sum(parts) == minutes
    exact = sum(min(every_combination(rate, part)) for part in parts if part) * seats
    assert abs(price(rate, start, stop, PARIS, seats) - exact) <= Fraction(1, 2)


@pytest.mark.parametrize(
    "hours, cents",
    [(1, 1000), (2.5, 2500), (3, 3000), (4, 3000), (5, 4000), (6, 5000), (9, 5000)],
)
def test_a_rate_with_all_three(hours, cents):
    start = datetime(2026, 6, 1, 7)
    stop = start + timedelta(hours=hours)
    assert price(Rate(1000, 3000, 5000), start, stop, PARIS) == cents


def test_days_are_local():
    """From 22 h to 2 h in Lyon: two days, two day prices."""
    start = datetime(2026, 6, 1, 20)
    assert price(Rate(None, None, 500), start, start + timedelta(hours=4), PARIS) == (
        1000
    )


def test_without_a_price():
    with pytest.raises(PriceError):
        price(Rate(None, None, None), datetime(2026, 6, 1), datetime(2026, 6, 2), PARIS)
