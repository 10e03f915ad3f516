# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import BaseCase

from ..domain import subscription
from ..domain.subscription import Event, Period, Standing


def event(kind, month, day, plan=None, number=0, corrects=None):
    return Event(number, kind, date(2026, month, day), plan, corrects)


class TestSubscription(BaseCase):
    history = [
        event("subscribed", 1, 15, 1, 1),
        event("plan_changed", 3, 1, 2, 2),
        event("paused", 5, 1, None, 3),
        event("resumed", 6, 10, None, 4),
        event("ended", 9, 1, None, 5),
    ]

    def test_status_over_time(self):
        for day, expected in {
            date(2026, 1, 14): Standing("planned", 1, date(2026, 1, 15)),
            date(2026, 1, 15): Standing("active", 1, date(2026, 1, 15)),
            date(2026, 3, 1): Standing("active", 2, date(2026, 3, 1)),
            date(2026, 5, 31): Standing("paused", 2, date(2026, 5, 1)),
            date(2026, 8, 31): Standing("active", 2, date(2026, 6, 10)),
            date(2026, 9, 1): Standing("ended", 2, date(2026, 9, 1)),
        }.items():
            with self.subTest(day):
                self.assertEqual(subscription.standing(self.history, day), expected)

    def test_nothing_yet(self):
        self.assertEqual(
            subscription.standing([], date(2026, 1, 1)), Standing("none", None, None)
        )

    def test_periods(self):
        self.assertEqual(
            subscription.periods(self.history, date(2026, 1, 1), date(2027, 1, 1)),
            [
                Period(date(2026, 1, 15), date(2026, 3, 1), 1),
                Period(date(2026, 3, 1), date(2026, 5, 1), 2),
                Period(date(2026, 6, 10), date(2026, 9, 1), 2),
            ],
        )

    def test_periods_of_a_month_inside(self):
        self.assertEqual(
            subscription.periods(self.history, date(2026, 6, 1), date(2026, 7, 1)),
            [Period(date(2026, 6, 10), date(2026, 7, 1), 2)],
        )
        self.assertEqual(
            subscription.periods(self.history, date(2026, 5, 1), date(2026, 6, 1)), []
        )

    def test_a_change_of_plan_that_changes_nothing_does_not_cut(self):
        events = [event("subscribed", 1, 1, 1, 1), event("plan_changed", 1, 20, 1, 2)]
        self.assertEqual(
            subscription.periods(events, date(2026, 1, 1), date(2026, 2, 1)),
            [Period(date(2026, 1, 1), date(2026, 2, 1), 1)],
        )

    def test_a_correction_erases_from_the_whole_history(self):
        events = [*self.history, event("correction", 9, 2, None, 6, 5)]
        self.assertEqual(
            subscription.standing(events, date(2026, 12, 1)).status, "active"
        )

    def test_effective_days(self):
        for kind, today, day in (
            ("subscribed", date(2026, 1, 31), date(2026, 1, 31)),
            ("resumed", date(2026, 1, 30), date(2026, 1, 30)),
            ("paused", date(2026, 1, 31), date(2026, 2, 1)),
            ("ended", date(2026, 2, 1), date(2026, 3, 1)),
            ("plan_changed", date(2026, 12, 29), date(2027, 1, 1)),
        ):
            with self.subTest(kind):
                self.assertEqual(subscription.effective_day(kind, today), day)

    def test_what_may_follow(self):
        active = self.history[:1]
        self.assertTrue(subscription.may_follow(active, "paused", date(2026, 2, 1)))
        self.assertFalse(subscription.may_follow(active, "resumed", date(2026, 2, 1)))
        self.assertFalse(
            subscription.may_follow(active, "subscribed", date(2026, 2, 1))
        )
        self.assertTrue(
            subscription.may_follow(self.history, "subscribed", date(2026, 9, 1))
        )

    def test_nothing_goes_before_what_is_planned(self):
        planned = [*self.history[:1], event("ended", 3, 1, None, 2)]
        self.assertFalse(subscription.may_follow(planned, "paused", date(2026, 2, 1)))
        self.assertEqual(subscription.planned(planned, date(2026, 2, 1)), planned[1:])
