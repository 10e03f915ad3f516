# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import unittest
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.tierslieux_demo.domain import desk

WEEK = {day: [(540, 720), (840, 1080)] for day in range(5)}
MONDAY = date(2026, 11, 23)


class TestDesk(unittest.TestCase):
    def test_a_day_opens_and_closes(self):
        self.assertEqual(
            desk.opening(WEEK, MONDAY),
            (datetime(2026, 11, 23, 9), datetime(2026, 11, 23, 18)),
        )
        self.assertIsNone(desk.opening(WEEK, MONDAY - timedelta(days=1)))

    def test_the_last_open_day_skips_the_weekend_and_days_off(self):
        friday, thursday = date(2026, 11, 20), date(2026, 11, 19)
        self.assertEqual(
            desk.last_opening(WEEK, (), MONDAY), desk.opening(WEEK, friday)
        )
        self.assertEqual(
            desk.last_opening(WEEK, {friday}, MONDAY), desk.opening(WEEK, thursday)
        )
        self.assertIsNone(desk.last_opening({}, (), MONDAY))

    @given(st.integers(0, 24 * 60 - 1))
    def test_each_comes_in_before_going_out_and_nothing_is_yet_to_come(self, minutes):
        now = datetime(2026, 11, 23) + timedelta(minutes=minutes)
        before = desk.last_opening(WEEK, (), MONDAY)
        rows = desk.acts([1, 2, 3, 4], before, desk.opening(WEEK, MONDAY), now)
        self.assertEqual(rows, sorted(rows, key=lambda row: row[2]))
        self.assertTrue(all(row[2] <= now for row in rows))
        for holder in (1, 2, 3, 4):
            ways = [row[1] for row in rows if row[0] == holder]
            self.assertEqual(ways[:2], ["in", "out"])
            self.assertIn(ways[2:], ([], ["in"]))
        there = [row for row in rows if row[2].date() == MONDAY]
        self.assertEqual(bool(there), 9 * 60 + 4 <= minutes < 18 * 60)
