# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import CheckViolation, IntegrityError

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .common_expense import ExpenseCommon


class TestAllocation(ExpenseCommon):
    def refused_by_the_database(self, statement, *values, error=IntegrityError):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(error),
            self.cr.savepoint(),
        ):
            self.cr.execute(statement, values)

    def insert(self, expense, amount):
        self.cr.execute(
            """
            INSERT INTO tierslieux_funding_allocation
                (expense_id, agreement_id, base, amount)
            VALUES (%s, %s, %s, %s) RETURNING id
            """,
            (expense.id, self.agreement.id, amount, amount),
        )
        return self.cr.fetchone()[0]

    def test_what_is_charged_follows(self):
        expense = self.spend(100)
        allocation = self.allocate(expense, 60)
        self.assertEqual((expense.charged, expense.left), (60, 40))
        allocation.write({"base": 70, "amount": 70})
        self.assertEqual((expense.charged, expense.left), (70, 30))
        other = self.spend(100)
        allocation.write({"expense_id": other.id, "base": 70, "amount": 70})
        self.assertEqual((expense.charged, other.charged), (0, 70))
        allocation.unlink()
        self.assertEqual(other.left, 100)

    def test_no_more_than_what_is_left(self):
        expense = self.spend(100)
        other = self.create_agreement("Autre subvention", state="signed")
        self.allocate(expense, 60)
        with self.assertRaisesRegex(UserError, r"40[.,]00.*is left.*40[.,]01"):
            self.allocate(expense, 40.01, other)
        self.allocate(expense, 40, other)
        self.assertEqual(expense.left, 0)

    def test_the_same_in_one_batch(self):
        expense = self.spend(100)
        values = {
            "expense_id": expense.id,
            "agreement_id": self.agreement.id,
            "base": 60,
            "amount": 60,
        }
        with self.assertRaises(UserError):
            self.env["tierslieux.funding.allocation"].create([values, values])

    def test_the_database_holds_it_for_its_owner(self):
        expense = self.spend(100)
        self.insert(expense, 60)
        self.cr.execute(
            "SELECT charged FROM tierslieux_funding_expense WHERE id = %s",
            (expense.id,),
        )
        self.assertEqual(self.cr.fetchone()[0], 60)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.cr.savepoint(),
        ):
            self.insert(expense, 41)
        self.refused_by_the_database(
            "UPDATE tierslieux_funding_allocation SET amount = 101, base = 101"
            " WHERE expense_id = %s",
            expense.id,
            error=CheckViolation,
        )
        for statement in (
            "UPDATE tierslieux_funding_expense SET charged = 0 WHERE id = %s",
            "TRUNCATE tierslieux_funding_allocation CASCADE",
        ):
            self.refused_by_the_database(
                statement, *([expense.id] if "%s" in statement else [])
            )

    def test_a_frozen_one_is_corrected_by_another(self):
        expense = self.spend(100)
        allocation = self.allocate(expense, 60)
        allocation._freeze()
        for statement in (
            "UPDATE tierslieux_funding_allocation SET amount = 1 WHERE id = %s",
            "DELETE FROM tierslieux_funding_allocation WHERE id = %s",
        ):
            self.refused_by_the_database(statement, allocation.id)
        correction = allocation._cancel("Facture d’un autre projet")
        self.assertEqual((correction.base, correction.amount), (-60, -60))
        self.assertEqual(expense.left, 100)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            allocation._cancel("Encore")

    def test_a_share_is_not_above_its_base(self):
        expense = self.spend(100)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.cr.savepoint(),
        ):
            self.allocate(expense, 60, base=50)
