# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import unittest
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.tierslieux_demo.domain import (
    funding,
    funding_reports,
    funding_tables,
)


class TestFunding(unittest.TestCase):
    def test_the_study_year_0_costs_107000_euros(self):
        cents = sum(
            round(100 * quantity * price)
            for _brick, actions in funding_tables.STUDY[0][1]
            for _action, costs in actions
            for line, _name, quantity, _unit, price in costs
            if not line.startswith("86")
        )
        self.assertEqual(cents, 10_700_000)

    def test_shares_are_a_hundred_per_cent(self):
        for plan in (funding_tables.STUDY, funding_tables.CURRENT):
            for shares, bricks in plan:
                own = [action[2:] for _brick, actions in bricks for action in actions]
                for one in (shares, *(shares for part in own for shares in part)):
                    self.assertEqual(sum(one.values()), 100)

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.dates(date(2026, 1, 1), date(2040, 12, 31)))
    def test_the_past_is_past_on_any_day(self, today):
        for agreement in funding.generate(today)["agreements"]:
            days = [day for _state, day in agreement["events"]]
            self.assertEqual(days, sorted(days))
            if amendment := agreement.get("amendment"):
                days.append(amendment["date"])
            days += [met for *_rest, met in agreement.get("requirements", []) if met]
            self.assertLessEqual(max(days, default=today), today)

    @given(st.dates(date(2026, 1, 1), date(2040, 12, 31)))
    def test_reports_are_about_days_that_are_over(self, today):
        plan = funding.generate(today)
        agreements = {one["key"]: one for one in plan["agreements"]}
        for report in funding_reports.generate(plan["year"], today):
            terms = agreements[report["key"]]["terms"]
            self.assertLess(report["date_to"], today)
            self.assertGreater(report["date_to"], terms["date_from"])
            for _name, day in report["annexes"].values():
                self.assertLessEqual(day, today)
            if late := report["late"]:
                self.assertLessEqual(late["paid_on"], today)
