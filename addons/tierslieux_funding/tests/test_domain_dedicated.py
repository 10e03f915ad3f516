# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..domain.dedicated import Overdrawn, YearEnd, is_idle

CENTS = st.integers(0, 10**9)


class TestDedicated(BaseCase):
    def test_worked_example(self):
        # 20 000 granted, 5 000 spent; then 9 000; then 6 000
        first = YearEnd(0, 2000000, 500000)
        self.assertEqual(
            (first.use, first.report, first.closing), (0, 1500000, 1500000)
        )
        second = YearEnd(first.closing, 0, 900000)
        self.assertEqual(
            (second.use, second.report, second.closing), (900000, 0, 600000)
        )
        third = YearEnd(second.closing, 0, 600000)
        self.assertEqual((third.use, third.closing), (600000, 0))

    def test_use_and_report_in_one_exercise_are_not_netted(self):
        year = YearEnd(opening=100000, recognised=300000, spent=150000)
        self.assertEqual((year.use, year.report), (100000, 250000))
        self.assertEqual(year.closing, 250000)

    def test_given_back(self):
        year = YearEnd(opening=100000, recognised=0, spent=30000, repayments=70000)
        self.assertEqual((year.use, year.closing), (30000, 0))
        with self.assertRaises(Overdrawn) as refused:
            YearEnd(opening=100000, recognised=0, spent=30000, repayments=70001)
        self.assertEqual(refused.exception.cents, 1)

    def test_a_refund_of_expenses_uses_nothing(self):
        year = YearEnd(opening=1000, recognised=0, spent=-200)
        self.assertEqual((year.use, year.report, year.closing), (0, 200, 1200))

    def test_spent_beyond_the_money(self):
        year = YearEnd(opening=1000, recognised=500, spent=2000)
        self.assertEqual((year.closing, year.overspent), (0, 500))

    def test_idle(self):
        self.assertTrue(is_idle(100, 0, 0))
        self.assertFalse(is_idle(0, 0, 0))
        self.assertFalse(is_idle(100, 0, 5))
        self.assertFalse(is_idle(100, 5, 0))
        self.assertFalse(is_idle(100, 0, None))

    @given(opening=CENTS, recognised=CENTS, spent=st.integers(-(10**9), 10**9))
    def test_one_exercise(self, opening, recognised, spent):
        year = YearEnd(opening, recognised, spent)
        self.assertLessEqual(0, year.use)
        self.assertLessEqual(year.use, opening)
        self.assertLessEqual(0, year.report)
        # what is left is what came in less what went out, and never less than nothing
        self.assertEqual(year.closing - year.overspent, opening + recognised - spent)
        self.assertFalse(year.closing and year.overspent and not recognised)
        # the result of the exercise keeps only what the funder does not pay
        result = recognised + year.use - year.report - spent
        self.assertEqual(result, -year.overspent)

    @given(
        years=st.lists(st.tuples(CENTS, CENTS), min_size=1, max_size=8),
    )
    def test_exercises_in_a_row(self, years):
        opening = used = put = 0
        for recognised, spent in years:
            year = YearEnd(opening, recognised, spent)
            used, put = used + year.use, put + year.report
            opening = year.closing
        # whatever was put aside is used once, or is still there
        self.assertEqual(put - used, opening)
