# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta

from odoo.tests import BaseCase, tagged

from ..domain import offers, plan
from ..domain.availability import Rules

MIDNIGHT = datetime(2026, 3, 3)


def at(hours):
    return MIDNIGHT + timedelta(hours=hours)


@tagged("post_install", "-at_install")
class TestDomainOffers(BaseCase):
    def test_length(self):
        for minutes, rules, found in (
            (60, Rules(), 60),
            (50, Rules(grid=30), 60),
            (10, Rules(grid=15, shortest=45), 45),
            (0, Rules(grid=60, shortest=0), 60),
            (90, Rules(longest=60), None),
            (60, Rules(grid=40, longest=70), None),
        ):
            self.assertEqual(offers.length(minutes, rules), found)

    def test_lengths(self):
        rules = Rules(grid=30, shortest=60, longest=150)
        self.assertEqual(offers.lengths(rules, (30, 90, 480)), [60, 90, 150])

    def test_spread(self):
        moments = [at(one) for one in (9, 9.5, 14, 33, 34, 39)]
        halves = lambda one: (one.date(), one.hour >= 12)  # noqa: E731
        self.assertEqual(offers.spread(moments, halves, 3), [at(9), at(14), at(33)])


@tagged("post_install", "-at_install")
class TestDomainPlan(BaseCase):
    def test_lanes(self):
        intervals = [
            (at(9), at(11)),
            (at(9), at(10)),
            (at(10), at(12)),
            (at(10), at(11)),
        ]
        self.assertEqual(plan.lanes(intervals), [0, 1, 1, 2])
        self.assertEqual(plan.lanes([]), [])

    def test_span(self):
        default = at(8), at(20)
        self.assertEqual(plan.span([], default), default)
        self.assertEqual(
            plan.span([(at(9.5), at(12)), (at(10), at(17.25))], default),
            (at(9), at(18)),
        )

    def test_share(self):
        self.assertEqual(plan.share(at(9), at(8), at(12)), 25)
        self.assertEqual(plan.share(at(7), at(8), at(12)), 0)
        self.assertEqual(plan.share(at(13), at(8), at(12)), 100)

    def test_free_cells(self):
        half = timedelta(minutes=30)
        free = [(at(9.25), at(10.5)), (at(11.75), at(12))]
        self.assertEqual(
            plan.free_cells(free, at(8), at(13), half),
            [(at(9), at(9.25)), (at(10), at(10))],
        )
