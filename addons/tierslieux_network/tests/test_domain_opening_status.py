# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import unittest
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.tierslieux_network.domain.opening_hours import is_open, parse
from odoo.addons.tierslieux_network.domain.opening_status import clock, status

HOURS = parse("Mo-Fr 09:00-12:30,13:30-18:00; Sa 10:00-12:00")
MONDAY = datetime(2026, 11, 23)


def at(hour, minute=0, day=0):
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


class TestOpeningStatus(unittest.TestCase):
    def test_open_until_the_end_of_the_range(self):
        self.assertEqual(status(HOURS, at(9))[:2], (True, at(12, 30)))
        self.assertEqual(status(HOURS, at(12, 30))[:2], (False, at(13, 30)))

    def test_closed_until_the_next_day_that_opens(self):
        self.assertEqual(status(HOURS, at(15, day=5))[:2], (False, at(9, day=7)))

    def test_two_weeks_take_turns(self):
        other = parse("Tu 14:00-16:00")
        self.assertEqual(
            status(HOURS, at(15, day=5), (), other)[:2], (False, at(14, day=8))
        )
        self.assertEqual(
            status(HOURS, at(17, day=8), (), other)[:2],
            (True, at(18, day=8)),
            "a week later the hours that are given are those of that week",
        )
        self.assertEqual(
            status({}, at(15), (), HOURS)[:2], (False, at(9, day=7)), "closed this week"
        )

    def test_a_closure_cuts_the_hours(self):
        closures = [(at(11), at(15, day=1))]
        now = status(HOURS, at(10), closures)
        self.assertEqual(now[:2], (True, at(11)))
        during = status(HOURS, at(12), closures)
        self.assertEqual(during, (False, at(15, day=1), closures[0]))

    def test_closed_longer_than_the_horizon(self):
        closures = [(at(0), at(0, day=100))]
        self.assertEqual(status(HOURS, at(10), closures), (False, None, closures[0]))

    def test_round_the_clock_never_closes(self):
        self.assertEqual(status(parse("24/7"), at(3))[:2], (True, None))

    def test_a_night_is_one_opening(self):
        night = parse("Fr 20:00-02:00")
        self.assertEqual(status(night, at(21, day=4))[:2], (True, at(2, day=5)))

    @given(st.integers(0, 7 * 1440 - 1))
    def test_agrees_with_the_weekly_hours(self, minute):
        now = MONDAY + timedelta(minutes=minute)
        opened = is_open(HOURS, now.weekday(), now.hour * 60 + now.minute)
        found = status(HOURS, now)
        self.assertEqual(found.is_open, opened)
        # what was announced does happen, and not a minute before
        before = found.until - timedelta(minutes=1)
        self.assertEqual(status(HOURS, before).is_open, opened)
        self.assertNotEqual(status(HOURS, found.until).is_open, opened)

    def test_clock_in_french_and_elsewhere(self):
        self.assertEqual(clock(540), "9\u00a0h")
        self.assertEqual(clock(1110, "fr_FR"), "18\u00a0h\u00a030")
        self.assertEqual(clock(1110, "en_US"), "18:30")
