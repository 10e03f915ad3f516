# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Date
from odoo.tools import mute_logger

from .common_expense import ExpenseCommon


class TestExpense(ExpenseCommon):
    def test_a_posted_bill_gives_a_row_a_line(self):
        move = self.bill(100, 50.5, ref="F-12")
        expenses = self.expense_of(move)
        self.assertEqual(expenses.mapped("amount"), [100, 50.5])
        self.assertEqual(expenses.move_line_id, move.invoice_line_ids)
        first = expenses[0]
        self.assertEqual(first.partner_id, self.vendor)
        self.assertEqual(first.reference, "F-12")
        self.assertEqual(first.date, Date.to_date("2026-03-15"))
        self.assertEqual((first.charged, first.left), (0, 100))
        self.assertFalse(first.paid_on)

    def test_recovered_vat_is_apart(self):
        tax = self.env["account.tax"].search(
            [
                ("company_id", "=", self.company.id),
                ("type_tax_use", "=", "purchase"),
                ("amount", "=", 20),
                ("price_include_override", "!=", "tax_included"),
            ],
            limit=1,
        )
        expense = self.spend(100, tax_ids=tax.ids)
        self.assertEqual((expense.amount, expense.vat), (100, 20))

    def test_vat_that_is_not_recovered_is_an_expense(self):
        tax = self.env["account.tax"].create(
            {
                "name": "Non récupérable",
                "type_tax_use": "purchase",
                "amount": 20,
                "company_id": self.company.id,
            }
        )
        expenses = self.spend(100, tax_ids=tax.ids)
        self.assertEqual(sum(expenses.mapped("amount")), 120)
        self.assertEqual(sum(expenses.mapped("vat")), 0)

    def test_vat_on_payments_counts_no_expense_twice(self):
        tax = self.env["account.tax"].search(
            [
                ("company_id", "=", self.company.id),
                ("type_tax_use", "=", "purchase"),
                ("tax_exigibility", "=", "on_payment"),
                ("amount", "=", 20),
            ],
            limit=1,
        )
        self.company.tax_exigibility = True
        move = self.bill(100, tax_ids=tax.ids)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        ).create({"payment_date": "2026-04-20"})._create_payments()
        self.assertTrue(move.tax_cash_basis_created_move_ids)
        expenses = self.expenses.search([("partner_id", "=", self.vendor.id)])
        self.assertEqual(expenses.mapped("amount"), [100])
        self.assertEqual(expenses.vat, 20)

    def test_entries_count_and_what_is_put_aside_does_not(self):
        payroll = self.post("2026-03-31", ("641100", 2000), ("421000", -2000))
        self.assertEqual(self.expense_of(payroll).amount, 2000)
        dedicated = self.post("2026-12-31", ("689400", 500), ("194000", -500))
        self.assertFalse(self.expense_of(dedicated))

    def test_paid_once_all_is_matched(self):
        move = self.bill(100)
        expense = self.expense_of(move)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        ).create({"payment_date": "2026-04-20", "amount": 40})._create_payments()
        self.assertFalse(expense.paid_on)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        ).create({"payment_date": "2026-05-02"})._create_payments()
        self.assertEqual(expense.paid_on, Date.to_date("2026-05-02"))
        move.line_ids.remove_move_reconcile()
        self.assertFalse(expense.paid_on)

    def test_what_the_bank_takes_is_paid_at_once(self):
        bank = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        move = self.post(
            "2026-03-31",
            ("627800", 12),
            (bank.default_account_id.code, -12),
            journal=bank,
        )
        self.assertEqual(self.expense_of(move).paid_on, Date.to_date("2026-03-31"))

    def test_line_of_the_report_by_the_longest_prefix(self):
        categories = self.env["tierslieux.funding.category"]
        categories.search([]).account_prefixes = False
        wide, narrow = categories.create(
            [
                {
                    "code": code,
                    "name": code,
                    "side": "charge",
                    "account_prefixes": prefixes,
                }
                for code, prefixes in (("t60", "60"), ("t606", "61, 6064"))
            ]
        )
        self.assertEqual(self.spend(10).category_id, narrow)
        self.assertEqual(self.spend(10, account="606100").category_id, wide)

    def test_reset_takes_the_row_away_and_posting_brings_it_back(self):
        move = self.bill(100)
        move.button_draft()
        self.assertFalse(self.expense_of(move))
        move.invoice_line_ids.price_unit = 80
        move.action_post()
        self.assertEqual(self.expense_of(move).amount, 80)

    def test_a_charged_expense_that_is_reset_stays_and_says_so(self):
        move = self.bill(100)
        allocation = self.allocate(self.expense_of(move), 60)
        move.button_draft()
        self.assertEqual(allocation.expense_id.state, "unposted")
        with self.assertRaisesRegex(UserError, "Subvention 2026"):
            move.invoice_line_ids.unlink()
        move.action_post()
        self.assertEqual(allocation.expense_id.state, "posted")

    def test_it_does_not_come_back_below_what_is_charged(self):
        move = self.bill(100)
        self.allocate(self.expense_of(move), 60)
        move.button_draft()
        move.invoice_line_ids.price_unit = 50
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            move.action_post()

    def test_a_credit_note_lessens_the_line_it_reverses(self):
        move = self.bill(100, 30)
        first, second = self.expense_of(move)
        self.allocate(first, 60)
        credit = move._reverse_moves([{"invoice_date": "2026-04-01"}])
        credit.invoice_line_ids[1].price_unit = 10
        credit.action_post()
        self.assertEqual((first.refunded, first.left), (100, 0))
        self.assertEqual((second.refunded, second.left), (10, 20))
        credits = self.expense_of(credit)
        self.assertEqual(credits.origin_id, first | second)
        self.assertEqual(credits.mapped("amount"), [-100, -10])
        credit.button_draft()
        self.assertEqual((first.refunded, first.left), (0, 40))

    def test_a_new_run_changes_nothing(self):
        expense = self.spend(100)
        self.env.cr.execute(
            "SELECT xmin::text FROM tierslieux_funding_expense WHERE id = %s",
            (expense.id,),
        )
        before = self.env.cr.fetchone()
        self.expenses._sync()
        self.env.cr.execute(
            "SELECT xmin::text FROM tierslieux_funding_expense WHERE id = %s",
            (expense.id,),
        )
        self.assertEqual(self.env.cr.fetchone(), before)

    def test_queries_do_not_grow_with_the_lines(self):
        small, large = self.bill(*[1] * 2), self.bill(*[1] * 40)

        def queries(move):
            before = self.env.cr.sql_log_count
            self.expenses._sync(move)
            return self.env.cr.sql_log_count - before

        queries(small)
        self.assertEqual(queries(small), queries(large))
