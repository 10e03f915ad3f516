# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..domain.deferral import OutOfExercises, by_days, by_tranches
from ..domain.volunteering import NoRate, rate_on, value

YEARS = [(date(year, 1, 1), date(year, 12, 31)) for year in range(2025, 2029)]
DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))


class TestDeferral(BaseCase):
    def test_by_days(self):
        parts = by_days(100000, date(2026, 7, 2), date(2027, 7, 1), YEARS[1:])
        # 183 days of 2026, 182 of 2027
        self.assertEqual(parts, [50137, 49863, 0])

    def test_days_before_the_first_exercise_are_of_the_first(self):
        parts = by_days(730, date(2025, 1, 1), date(2026, 12, 31), YEARS[1:2])
        self.assertEqual(parts, [730])
        parts = by_days(1095, date(2025, 1, 1), date(2027, 12, 31), YEARS[1:3])
        self.assertEqual(parts, [730, 365])
        self.assertEqual(
            by_days(10, date(2024, 1, 1), date(2024, 3, 1), YEARS), [10, 0, 0, 0]
        )

    def test_by_tranches(self):
        tranches = [(date(2025, 3, 1), 3000), (date(2026, 3, 1), 7000)]
        self.assertEqual(by_tranches(10001, tranches, YEARS), [3000, 7001, 0, 0])
        self.assertEqual(by_tranches(10000, tranches, YEARS[1:]), [10000, 0, 0])

    def test_after_the_last_exercise(self):
        with self.assertRaises(OutOfExercises):
            by_days(1, date(2025, 1, 1), date(2029, 1, 1), YEARS)
        with self.assertRaises(OutOfExercises):
            by_tranches(1, [(date(2029, 1, 1), 1)], YEARS)

    @given(amount=st.integers(0, 10**9), days=st.tuples(DAYS, DAYS))
    def test_parts_sum_to_the_award(self, amount, days):
        start, end = sorted(days)
        parts = by_days(amount, start, end, YEARS)
        self.assertEqual(sum(parts), amount)
        self.assertTrue(all(part >= 0 for part in parts))
        # no cent is put on an exercise without a day
        whole = (end - start).days + 1
        for (first, last), part in list(zip(YEARS, parts, strict=True))[1:]:
            days_in = sum(
                first <= start + timedelta(day) <= last for day in range(whole)
            )
            exact = amount * days_in / whole
            self.assertLessEqual(abs(part - exact), 1)


class TestVolunteering(BaseCase):
    def test_the_rate_of_the_day(self):
        rates = [(date(2026, 1, 1), 1202), (date(2024, 11, 1), 1188)]
        self.assertEqual(rate_on(date(2025, 12, 31), rates), 1188)
        self.assertEqual(rate_on(date(2026, 1, 1), rates), 1202)
        with self.assertRaises(NoRate):
            rate_on(date(2024, 10, 31), rates)

    def test_half_up_once(self):
        self.assertEqual(value(30, 1001), 501)
        self.assertEqual(value(-30, 1001), -501)
        self.assertEqual(value(20, 1000), 333)

    @given(minutes=st.integers(-6000, 6000), rate=st.integers(0, 10**6))
    def test_less_time_is_the_opposite(self, minutes, rate):
        self.assertEqual(value(minutes, rate), -value(-minutes, rate))
        self.assertLessEqual(abs(120 * value(minutes, rate) - 2 * minutes * rate), 60)
