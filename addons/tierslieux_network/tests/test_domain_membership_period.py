# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
import unittest
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.tierslieux_network.domain import membership_period
from odoo.addons.tierslieux_network.domain.membership_period import (
    add_months,
    fixed_period,
    prorated,
    variable_period,
)

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
ONE_DAY = timedelta(days=1)
WINDOWS = st.one_of(
    st.tuples(DAYS, st.integers(1, 24)).map(
        lambda drawn: (drawn[0], add_months(drawn[0], drawn[1]) - ONE_DAY)
    ),
    st.tuples(DAYS, st.integers(0, 800)).map(
        lambda drawn: (drawn[0], drawn[0] + timedelta(days=drawn[1]))
    ),
)
UNITS = st.sampled_from(["days", "weeks", "months", "years"])


def load_tests(_loader, tests, _pattern):
    tests.addTests(doctest.DocTestSuite(membership_period))
    return tests


class TestMembershipPeriod(unittest.TestCase):
    def test_the_examples_of_the_documentation(self):
        self.assertEqual(doctest.testmod(membership_period).failed, 0)

    def test_calendar_year_leap_or_not(self):
        window = date(2026, 1, 1), date(2026, 12, 31)
        for year in (2024, 2025, 2028, 2100):
            self.assertEqual(
                fixed_period(date(year, 2, 28), *window),
                (date(year, 1, 1), date(year, 12, 31)),
            )
        self.assertEqual(
            fixed_period(date(2028, 2, 29), date(2025, 9, 1), date(2026, 8, 31)),
            (date(2027, 9, 1), date(2028, 8, 31)),
        )

    def test_a_window_of_days_comes_back_after_so_many_days(self):
        self.assertEqual(
            fixed_period(date(2026, 1, 25), date(2026, 1, 5), date(2026, 1, 18)),
            (date(2026, 1, 19), date(2026, 2, 1)),
        )

    def test_last_days_of_months(self):
        joined = date(2026, 1, 31)
        periods = [variable_period(joined, "months", 1)]
        for _ in range(3):
            periods.append(
                variable_period(periods[-1][1] + ONE_DAY, "months", 1, joined)
            )
        self.assertEqual(
            [last for _first, last in periods],
            [
                date(2026, 2, 27),
                date(2026, 3, 30),
                date(2026, 4, 29),
                date(2026, 5, 30),
            ],
        )
        self.assertEqual(
            variable_period(date(2028, 2, 29), "years", 1),
            (date(2028, 2, 29), date(2029, 2, 27)),
        )
        self.assertEqual(
            variable_period(date(2029, 2, 28), "years", 1, date(2028, 2, 29)),
            (date(2029, 2, 28), date(2030, 2, 27)),
        )

    def test_a_member_who_comes_back_later_begins_anew(self):
        self.assertEqual(
            variable_period(date(2026, 5, 10), "months", 1, date(2026, 1, 31)),
            (date(2026, 5, 10), date(2026, 6, 9)),
        )

    def test_prorata(self):
        year = date(2026, 1, 1), date(2026, 12, 31)
        for start, prorata, cents in [
            (date(2026, 1, 1), "month", 10000),
            (date(2026, 12, 31), "month", 833),
            (date(2026, 7, 1), "month", 5000),
            (date(2026, 6, 30), "month", 5833),
            (date(2026, 12, 31), "day", 27),
            (date(2026, 12, 31), "none", 10000),
        ]:
            with self.subTest(start=start, prorata=prorata):
                self.assertEqual(prorated(10000, year, start, prorata), cents)
        # half a cent goes up
        half = date(2026, 1, 1), date(2026, 1, 2)
        self.assertEqual(prorated(101, half, date(2026, 1, 2), "day"), 51)

    def test_outside_the_period(self):
        with self.assertRaises(ValueError):
            prorated(100, (date(2026, 1, 1), date(2026, 1, 2)), date(2026, 1, 3), "day")
        with self.assertRaises(ValueError):
            fixed_period(date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 1))
        with self.assertRaises(ValueError):
            variable_period(date(2026, 1, 1), "years", 0)

    @given(DAYS, WINDOWS)
    def test_periods_hold_the_day_and_follow_each_other(self, at, window):
        first, last = fixed_period(at, *window)
        self.assertTrue(first <= at <= last)
        self.assertEqual(fixed_period(last + ONE_DAY, *window)[0], last + ONE_DAY)
        self.assertEqual(fixed_period(first - ONE_DAY, *window)[1], first - ONE_DAY)

    @given(DAYS, UNITS, st.integers(1, 36), st.integers(1, 12))
    def test_variable_periods_do_not_drift(self, joined, unit, quantity, count):
        at = joined
        for _ in range(count):
            first, last = variable_period(at, unit, quantity, joined)
            self.assertEqual(first, at)
            at = last + ONE_DAY
        if unit in ("months", "years"):
            months = quantity * count * (12 if unit == "years" else 1)
            self.assertEqual(at, add_months(joined, months))

    @given(
        st.integers(0, 10**7),
        WINDOWS,
        st.data(),
        st.sampled_from(["none", "month", "day"]),
    )
    def test_the_earlier_one_joins_the_more_one_pays(
        self, cents, window, data, prorata
    ):
        first, last = window
        starts = sorted(data.draw(st.tuples(*[st.dates(first, last)] * 2)))
        early, late = (prorated(cents, window, start, prorata) for start in starts)
        self.assertTrue(0 <= late <= early <= cents)
        self.assertEqual(prorated(cents, window, first, prorata), cents)

    @given(st.integers(0, 10**7), WINDOWS, st.data())
    def test_by_day_is_exact_to_half_a_cent(self, cents, window, data):
        first, last = window
        start = data.draw(st.dates(first, last))
        share = Fraction((last - start).days + 1, (last - first).days + 1)
        gap = prorated(cents, window, start, "day") - cents * share
        self.assertTrue(-Fraction(1, 2) < gap <= Fraction(1, 2))
