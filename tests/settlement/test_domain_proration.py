"""Fees for a part of a month: starts, pauses, ends, changes of plan, short months."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tierslieux_pass_domain import proration
from tierslieux_pass_domain.proration import Active

few = settings(max_examples=200, deadline=None)
OCTOBER = date(2026, 10, 1), date(2026, 11, 1)


def october(first, last, fee):
    return Active(date(2026, 10, first), date(2026, 10, 1) + timedelta(last), fee)


@pytest.mark.parametrize(
    ("active", "cents", "parts"),
    [
        ([october(1, 31, 9_900)], 9_900, [9_900]),
        # From the 15th: 17 days of 31.
        ([october(15, 31, 9_900)], 5_429, [5_429]),
        # A pause from the 11th to the 20th: 21 days.
        ([october(1, 10, 9_900), october(21, 31, 9_900)], 6_706, [3_193, 3_513]),
        # Another plan from the 16th, an end on the 25th.
        ([october(1, 15, 3_100), october(16, 25, 6_200)], 3_500, [1_500, 2_000]),
        # Two times 0.5 cents are one cent, not two.
        ([october(1, 1, 16), october(2, 2, 15)], 1, [1, 0]),
        # Other months count nothing.
        ([Active(date(2026, 9, 20), date(2026, 12, 5), 100)], 100, [100]),
        ([Active(date(2026, 9, 1), date(2026, 10, 1), 100)], 0, [0]),
        ([], 0, []),
    ],
)
def test_due(active, cents, parts):
    assert proration.due(active, *OCTOBER) == (cents, parts)


@pytest.mark.parametrize(
    "active",
    [
        [october(1, 15, 100), october(15, 31, 100)],
        [october(1, 15, -100)],
    ],
)
def test_refused(active):
    with pytest.raises(ValueError):
        proration.due(active, *OCTOBER)


@few
@given(
    st.lists(st.integers(0, 31), min_size=2, max_size=8),
    st.lists(st.integers(0, 20_000), min_size=7, max_size=7),
)
def test_rounded_once(cuts, fees):
    cuts = sorted(cuts)
    start = OCTOBER[0]
    active = [
        Active(start + timedelta(a), start + timedelta(b), fee)
        for a, b, fee in zip(cuts, cuts[1:], fees, strict=False)
    ]
    cents, parts = proration.due(active, *OCTOBER)
    exact = sum(
        Fraction(one.fee_cents * (one.last - one.first).days, 31) for one in active
    )
    assert abs(cents - exact) <= Fraction(1, 2)
    assert sum(parts) == cents
    for part, one in zip(parts, active, strict=True):
        earned = Fraction(one.fee_cents * (one.last - one.first).days, 31)
        assert abs(part - earned) < Fraction(3, 2)


@pytest.mark.parametrize(
    ("day", "anchor", "expected"),
    [
        (date(2026, 10, 22), 1, OCTOBER),
        (date(2026, 2, 27), 31, (date(2026, 1, 31), date(2026, 2, 28))),
        (date(2026, 2, 28), 31, (date(2026, 2, 28), date(2026, 3, 31))),
        (date(2026, 3, 30), 31, (date(2026, 2, 28), date(2026, 3, 31))),
        (date(2028, 2, 29), 30, (date(2028, 2, 29), date(2028, 3, 30))),
        (date(2026, 4, 30), 31, (date(2026, 4, 30), date(2026, 5, 31))),
        (date(2026, 1, 5), 29, (date(2025, 12, 29), date(2026, 1, 29))),
        (date(2026, 12, 31), 29, (date(2026, 12, 29), date(2027, 1, 29))),
    ],
)
def test_period(day, anchor, expected):
    assert proration.period(day, anchor) == expected


@few
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 31))
def test_periods_follow_each_other(day, anchor):
    first, last = proration.period(day, anchor)
    assert first <= day < last
    assert proration.period(last, anchor)[0] == last
    assert proration.period(first - timedelta(days=1), anchor)[1] == first
