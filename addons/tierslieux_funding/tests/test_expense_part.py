# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random

from psycopg2.errors import ExclusionViolation, IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import mute_logger, sql

from ..domain.indirect import parts
from .common_expense import ExpenseCommon


class TestExpensePart(ExpenseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.third_action = cls.create_action("Hotline")
        cls.shared = cls.env["account.analytic.account"].create(
            {
                "name": "Loyer partagé",
                "plan_id": cls.action.analytic_account_id.plan_id.id,
            }
        )

    @classmethod
    def key(cls, *quantities, adopt=True, **values):
        """A key of the shared cost: of three actions, and unallocated."""
        actions = (cls.action, cls.other_action, cls.third_action, None)
        key = cls.env["tierslieux.funding.driver"].create(
            {
                "name": "Loyer",
                "kind": "area",
                "date_from": "2026-01-01",
                "date_to": "2026-12-31",
                "analytic_account_id": cls.shared.id,
                "part_ids": [
                    Command.create(
                        {"action_id": action and action.id, "quantity": quantity}
                    )
                    for action, quantity in zip(actions, quantities, strict=False)
                ],
                **values,
            }
        )
        if adopt:
            key.action_adopt()
        return key

    def found(self, expense):
        return {
            (part.action_id.id or None, part.indirect): round(part.amount * 100)
            for part in expense.part_ids
        }

    def test_an_expense_of_two_actions(self):
        expense = self.spend(
            100.01, distribution={self.action: 50, self.other_action: 50}
        )
        self.assertEqual(
            self.found(expense),
            {(self.action.id, False): 5001, (self.other_action.id, False): 5000},
        )

    def test_what_no_action_bears_is_a_part_too(self):
        expense = self.spend(100, distribution={self.action: 30})
        self.assertEqual(
            self.found(expense), {(self.action.id, False): 3000, (None, False): 7000}
        )
        self.assertEqual(self.found(self.spend(5, action=None)), {(None, False): 500})

    def test_a_new_distribution_is_followed(self):
        expense = self.spend(100)
        expense.move_line_id.analytic_distribution = {
            str(self.other_action.analytic_account_id.id): 100
        }
        self.assertEqual(self.found(expense), {(self.other_action.id, False): 10000})

    def test_a_refund_lessens_the_parts(self):
        move = self.bill(100)
        credit = move._reverse_moves([{"invoice_date": "2026-04-01"}])
        credit.invoice_line_ids.price_unit = 40
        credit.action_post()
        self.assertEqual(
            self.found(self.expense_of(move)), {(self.action.id, False): 6000}
        )

    def test_the_key_of_the_exercise(self):
        expense = self.spend_shared(1000)
        self.assertEqual(self.found(expense), {(None, False): 100000})
        self.key(60, 30, 0, 10)
        self.assertEqual(
            self.found(expense),
            {
                (self.action.id, True): 60000,
                (self.other_action.id, True): 30000,
                (None, True): 10000,
            },
        )
        self.assertEqual(
            self.found(self.spend_shared(1000, date="2027-01-01")),
            {(None, False): 100000},
        )

    def spend_shared(self, amount, percent=100, date="2026-03-15"):
        move = self.bill(amount, action=None, date=date)
        move.invoice_line_ids.analytic_distribution = {str(self.shared.id): percent}
        return self.expense_of(move)

    def test_the_statement_is_the_rule(self):
        """Random distributions, by the statement and by ``domain/indirect.py``."""
        draw = random.Random(20260315)
        quantities = [draw.randint(0, 400) / 4 for _ in range(3)] + [7]
        key = self.key(*quantities)
        keys = {
            "key": [
                (part.action_id.id or None, round(part.quantity * 1000))
                for part in key.part_ids
            ]
        }
        actions = (self.action | self.other_action | self.third_action).sorted("id")
        for _ in range(30):
            percents = [draw.choice((0, 12.5, 20, 33, 50)) for _ in range(4)]
            distribution = {
                str(account.id): percent
                for account, percent in zip(
                    [*actions.analytic_account_id, self.shared], percents, strict=True
                )
                if percent
            }
            cents = draw.randint(1, 10**6)
            move = self.bill(cents / 100, action=None)
            move.invoice_line_ids.analytic_distribution = distribution
            shares = [
                (round(percent * 10), action.id, None)
                for action, percent in zip(actions, percents[:3], strict=True)
                if percent
            ]
            if percents[3]:
                shares.append((round(percents[3] * 10), None, "key"))
            expected = parts(
                cents, [(one / 10 * 8 / 8, *rest) for one, *rest in shares], keys
            )
            with self.subTest(cents=cents, distribution=distribution):
                self.assertEqual(self.found(self.expense_of(move)), expected)
                self.assertEqual(sum(expected.values()), cents)

    def test_a_key_sums_to_a_hundred_and_is_told(self):
        key = self.key(1, 1, 1, adopt=False, method="Plan des locaux.")
        self.assertEqual(key.part_ids.mapped("percent"), [33.334, 33.333, 33.333])
        self.assertIn("Carte des lieux 33", key.wording)
        self.assertIn("Plan des locaux.", key.wording)

    def test_an_adopted_key_is_fixed(self):
        key = self.key(1, 1)
        for statement in (
            "UPDATE tierslieux_funding_driver SET kind = 'fte' WHERE id = %s",
            "DELETE FROM tierslieux_funding_driver WHERE id = %s",
            "UPDATE tierslieux_funding_driver_part SET quantity = 9"
            " WHERE driver_id = %s",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.cr.execute(statement, (key.id,))

    def test_one_key_an_exercise(self):
        self.assertTrue(
            sql.constraint_definition(
                self.cr,
                "tierslieux_funding_driver",
                "tierslieux_funding_driver_one_key",
            )
        )
        self.key(1, 1)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(ExclusionViolation),
            self.cr.savepoint(),
        ):
            self.key(2, 1, date_from="2026-12-31", date_to="2027-06-30")

    def test_an_empty_key_is_not_adopted(self):
        with self.assertRaises(UserError):
            self.key(0, 0)
