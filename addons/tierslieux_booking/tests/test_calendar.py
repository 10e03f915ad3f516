# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta, timezone

import pytz

from odoo.tests import tagged

from ..domain import availability
from .common import BookingCommon

YEAR = datetime(2026, 1, 1), datetime(2027, 1, 1)
PARIS = "Europe/Paris"


@tagged("post_install", "-at_install")
class TestCalendar(BookingCommon):
    """Opening times are those of the core's calendars, all year long."""

    def core_intervals(self, calendar):
        start, stop = (one.replace(tzinfo=timezone.utc) for one in YEAR)
        found = calendar._attendance_intervals_batch(
            start, stop, tz=pytz.timezone(PARIS)
        )
        return availability.merged(
            tuple(
                one.astimezone(timezone.utc).replace(tzinfo=None)
                for one in interval[:2]
            )
            for interval in found[False]
        )

    def assert_same(self, calendar):
        key = calendar.id, PARIS
        opened = self.env["resource.calendar"]._opened({key}, *YEAR)[key]
        self.assertEqual(opened, self.core_intervals(calendar))
        return opened

    def test_one_week_and_two_that_alternate(self):
        calendar = self.venue.calendar_id
        calendar.tz = PARIS
        self.assertEqual(len(self.assert_same(calendar)), 261)
        calendar.switch_calendar_type()
        self.assertTrue(calendar.two_weeks_calendar)
        # the same hours in both weeks
        self.assertEqual(len(self.assert_same(calendar)), 261)
        lines = calendar.attendance_ids.filtered(lambda one: not one.display_type)
        mondays = lines.filtered(lambda one: one.dayofweek == "0")
        mondays.filtered(lambda one: one.week_type == "1").unlink()
        self.assertEqual(len(self.assert_same(calendar)), 261 - 26)
        # whole days of the nights in which the clock is changed
        for week, start in (("0", 0), ("1", 1)):
            self.env["resource.calendar.attendance"].create(
                {
                    "name": "Dimanche",
                    "calendar_id": calendar.id,
                    "dayofweek": "6",
                    "week_type": week,
                    "day_period": "morning",
                    "hour_from": start,
                    "hour_to": 23,
                }
            )
        opened = self.assert_same(calendar)
        for noon, shift in (
            (datetime(2026, 3, 29, 11), -1),
            (datetime(2026, 10, 25, 11), 1),
        ):
            changed, usual = (
                stop - start
                for day in (noon, noon + timedelta(days=14))
                for start, stop in opened
                if start < day < stop
            )
            self.assertEqual(changed, usual + timedelta(hours=shift))
        calendar.switch_calendar_type()
        self.assertFalse(calendar.two_weeks_calendar)
        self.assert_same(calendar)
