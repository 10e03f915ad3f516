# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import format_amount, mute_logger

from odoo.addons.tierslieux_funding.models.tierslieux_funding_shared import (
    format_percent,
)

from .common import FundingCommon


class TestPlan(FundingCommon):
    def set_shares(self, place, **percents):
        place.share_ids = [
            Command.clear(),
            *(
                Command.create(
                    {
                        "source_id": self.env.ref(
                            f"tierslieux_funding.source_{one}"
                        ).id,
                        "percent": percent,
                    }
                )
                for one, percent in percents.items()
            ),
        ]

    def money(self, amount):
        return format_amount(self.env, amount, self.company.currency_id)

    def amounts(self, place):
        return {share.source_id.code: share.amount for share in place.share_ids}

    def test_costs_sum_up_money_apart_from_gifts(self):
        self.create_cost(self.action, 350.5, quantity=12)
        self.create_cost(self.other_action, 1000)
        self.create_cost(self.other_action, 500, category_id=self.in_kind_category.id)
        for place in (self.brick, self.phase, self.plan):
            self.assertEqual(place.planned_cost, 5206)
            self.assertEqual(place.planned_in_kind, 500)

    def test_shares_sum_to_the_cost(self):
        self.create_cost(self.action, 107000)
        self.set_shares(self.phase, grant=46, contributive=4, services=50)
        self.assertEqual(
            self.amounts(self.phase),
            {"grant": 49220, "contributive": 4280, "services": 53500},
        )
        self.assertFalse(self.plan.problems)
        self.create_cost(self.other_action, 0.05)
        self.assertAlmostEqual(sum(self.amounts(self.phase).values()), 107000.05)

    def test_an_action_with_its_own_sources_stands_outside(self):
        self.create_cost(self.action, 1000)
        self.create_cost(self.other_action, 500)
        self.set_shares(self.phase, grant=60, services=40)
        self.set_shares(self.other_action, crowdfunding=100)
        self.assertEqual(self.amounts(self.phase), {"grant": 600, "services": 400})
        self.assertEqual(self.amounts(self.other_action), {"crowdfunding": 500})
        planned = self.plan._planned_sources()[self.brick]
        self.assertEqual(
            {source.code: cents for source, cents in planned.items()},
            {"grant": 60000, "services": 40000, "crowdfunding": 50000},
        )
        self.set_shares(self.other_action)
        self.assertEqual(self.amounts(self.phase), {"grant": 900, "services": 600})

    def test_bricks_and_sources_sum_both_ways(self):
        bricks = self.brick
        for name in ("Web", "Formation"):
            bricks += self.brick.copy({"name": name, "action_ids": []})
        for brick, amount in zip(bricks, (0.01, 33.33, 17.77), strict=True):
            action = self.create_action("Action", brick_id=brick.id)
            self.create_cost(action, amount)
        self.set_shares(self.phase, grant=33.333, services=33.333, own=33.334)
        planned = self.plan._planned_sources()
        for brick in bricks:
            self.assertEqual(
                sum(planned[brick].values()), round(brick.planned_cost * 100)
            )
        for share in self.phase.share_ids:
            self.assertEqual(
                sum(planned[brick].get(share.source_id, 0) for brick in bricks),
                round(share.amount * 100),
            )

    def test_what_no_source_pays_is_told(self):
        self.create_cost(self.action, 1000)
        self.set_shares(self.phase, grant=90.5)
        self.assertEqual(
            self.plan.problems,
            f"The shares of “2026” sum to {format_percent(self.env, 90500)} instead "
            "of 100 %.",
        )
        self.assertIn("No source yet", self.plan.chart)
        french = self.env(context={**self.env.context, "lang": "fr_FR"})
        self.assertIn("90,5", format_percent(french, 90500))

    def test_more_than_a_hundred_per_cent_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "sum to 100.001 %, more than"):
            self.set_shares(self.phase, grant=60, services=40.001)

    def test_the_database_refuses(self):
        share = self.env["tierslieux.funding.share"]
        values = {"source_id": self.grants.id, "percent": 50}
        with mute_logger("odoo.sql_db"):
            with self.assertRaises(CheckViolation), self.cr.savepoint():
                share.create({**values})
            with self.assertRaises(CheckViolation), self.cr.savepoint():
                share.create(
                    {
                        **values,
                        "phase_id": self.phase.id,
                        "action_id": self.action.id,
                    }
                )
            share.create({**values, "phase_id": self.phase.id})
            with self.assertRaises(UniqueViolation), self.cr.savepoint():
                share.create({**values, "phase_id": self.phase.id})
            with self.assertRaises(CheckViolation), self.cr.savepoint():
                self.grants.write({"color": "red"})
                self.env.flush_all()

    def test_each_action_has_its_analytic_account(self):
        account = self.action.analytic_account_id
        self.assertEqual(account.name, "Carte des lieux")
        self.assertEqual(account.plan_id, self.plan.analytic_plan_id)
        self.assertEqual(account.company_id, self.company)
        self.assertNotEqual(account, self.other_action.analytic_account_id)
        self.action.with_user(self.treasurer).name = "Carte papier"
        self.assertEqual(account.name, "Carte papier")
        copied = self.plan.with_user(self.treasurer).copy()
        self.assertEqual(len(copied.action_ids), 2)
        self.assertEqual(len((copied | self.plan).action_ids.analytic_account_id), 4)

    def test_more_secured_than_planned_is_told(self):
        self.create_cost(self.action, 4000)
        self.create_cost(self.other_action, 5000)
        self.set_shares(self.phase, grant=100)
        self.assertFalse(self.plan.problems)
        self.sign(self.agreement)
        self.assertEqual(self.plan.secured_amount, 10000)
        self.assertIn("exceed the planned costs by", self.plan.problems)
        self.assertIn(self.money(1000), self.plan.problems)
        self.create_cost(self.other_action, 1000)
        self.assertFalse(self.plan.problems)
        # enough planned in all, but not for what this one is for
        narrow = self.create_agreement(
            "Don affecté", amount=4000.01, action_ids=[Command.set(self.action.ids)]
        )
        self.create_cost(self.other_action, 9000)
        self.sign(narrow)
        self.assertIn("for Carte des lieux: Don affecté", self.plan.problems)

    def test_the_chart_tells_its_figures(self):
        self.create_cost(self.action, 107000)
        self.set_shares(self.phase, grant=46, contributive=4, services=50)
        chart = self.plan.with_user(self.board).chart
        for figure in (self.money(49220)[:-5], "46 %", "4 %", "50 %"):
            self.assertIn(figure, chart)
        # colour alone says nothing: the text upon it is read, whatever it is
        self.assertEqual(self.grants._ink(), "#ffffff")
        yellow = self.env.ref("tierslieux_funding.source_crowdfunding")
        self.assertEqual(yellow._ink(), "#000000")
