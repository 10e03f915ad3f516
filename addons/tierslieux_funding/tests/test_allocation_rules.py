# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import Form, users

from .common_expense import ExpenseCommon


class TestAllocationRules(ExpenseCommon):
    """By hand, each rule of an agreement refuses with its reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.half = cls.signed("Moitié", rate=50)

    @classmethod
    def signed(cls, name, **values):
        agreement = cls.create_agreement(name, **values)
        cls.sign(agreement)
        return agreement

    def refused(self, reason, expense, agreement=None, **values):
        with self.assertRaisesRegex(UserError, reason), self.cr.savepoint():
            self.allocate(expense, agreement=agreement, **values)

    def test_each_reason(self):
        self.refused("dated before the period", self.spend(10, date="2025-12-31"))
        self.refused("no receipt", self.spend(10, receipt=False))
        narrow = self.signed(
            "Honoraires",
            category_ids=self.env.ref("tierslieux_funding.category_62").ids,
        )
        self.refused("a line of the report", self.spend(10), narrow)
        self.allocate(self.spend(10, account="622600"), agreement=narrow)
        paid = self.signed("Payé", paid_required=True)
        expense = self.spend(10)
        self.refused("not paid", expense, paid)
        other = self.signed("Rencontres", action_ids=self.other_action.ids)
        self.refused("no action of the agreement", expense, other)
        probable = self.create_agreement("Probable")
        self.refused("not notified", expense, probable)
        self.refused("no part of it", expense, action_id=self.other_action.id)
        self.refused("50 % its share is", expense, self.half, amount=6, base=10)

    def test_paid_by_the_day_that_is_asked(self):
        paid = self.signed("Payé", paid_required=True, paid_until="2026-06-30")
        move = self.bill(10)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        ).create({"payment_date": "2026-07-01"})._create_payments()
        self.refused("paid after", self.expense_of(move), paid)

    def test_vat_that_is_not_taken(self):
        tax = self.env["account.tax"].create(
            {"name": "Perdue", "type_tax_use": "purchase", "amount": 20}
        )
        tax.invoice_repartition_line_ids.filtered(
            lambda line: line.repartition_type == "tax"
        ).account_id = self.accounts["635800"]
        expenses = self.spend(100, tax_ids=tax.ids)
        vat = expenses.filtered("is_vat")
        self.assertEqual(vat.amount, 20)
        vat.move_line_id.analytic_distribution = {
            str(self.action.analytic_account_id.id): 100
        }
        without = self.signed("Hors taxes", vat_counts=False)
        self.refused("VAT is not taken", vat, without)
        self.allocate(vat)

    def test_two_funders_share_an_expense(self):
        expense = self.spend(100)
        first = self.allocate(expense, 50, self.half, base=100)
        self.assertEqual(first.room, 9950)
        self.allocate(expense, 50)
        self.assertEqual(expense.left, 0)

    def test_an_expense_is_shown_to_a_funder_once(self):
        expense = self.spend(100)
        self.allocate(expense, 30, self.half, base=60)
        self.refused("shown twice", expense, self.half, amount=20, base=41)

    def test_no_more_than_the_award(self):
        self.refused("award is", self.spend(10001))

    def test_a_duplicate_is_refused_until_somebody_says_why(self):
        self.spend(100, ref="F 2026/12")
        second = self.spend(100, ref="f-2026-12")
        self.assertTrue(second.duplicate_of_id)
        self.assertEqual(
            self.expenses.search([("duplicate_of_id", "!=", False)]), second
        )
        self.refused("maybe a duplicate", second)
        with self.assertRaises(UserError):
            second._not_duplicate(" ")
        self.env["tierslieux.funding.not.duplicate"].with_user(self.treasurer).create(
            {"expense_id": second.id, "reason": "Deux mois de loyer"}
        ).action_confirm()
        self.assertEqual(second.not_duplicate_by_id, self.treasurer)
        self.assertFalse(second.duplicate_of_id)
        self.allocate(second)

    def test_another_supplier_may_use_the_same_number(self):
        self.spend(100, ref="12")
        other = self.env["res.partner"].create({"name": "Autre"})
        self.assertFalse(self.spend(9, ref="12", partner_id=other.id).duplicate_of_id)

    def test_a_reversed_bill_is_no_first(self):
        first = self.bill(100, ref="12")
        first._reverse_moves([{"invoice_date": "2026-03-16"}], cancel=True)
        self.assertFalse(self.spend(100, ref="12").duplicate_of_id)

    def test_problems_since_are_found(self):
        reset, refunded, lost = (self.bill(100) for _ in range(3))
        allocations = [
            self.allocate(self.expense_of(move)) for move in (reset, refunded, lost)
        ]
        sound = self.allocate(self.spend(10))
        everything = self.agreement.allocation_ids
        self.assertEqual(everything._problems(), {})
        reset.button_draft()
        refunded._reverse_moves([{"invoice_date": "2026-04-01"}], cancel=True)
        self.env["ir.attachment"].search(
            [("res_model", "=", "account.move"), ("res_id", "=", lost.id)]
        ).unlink()
        problems = everything._problems()
        self.assertEqual(set(problems), set(allocations))
        self.assertNotIn(sound, problems)
        self.assertIn("no longer posted", problems[allocations[0]])
        self.assertIn("no receipt", problems[allocations[2]])

    def test_a_closed_agreement_takes_no_more(self):
        self.agreement.requirement_ids.done_on = "2026-10-01"
        self.agreement._become("closed", Date.to_date("2026-10-01"))
        self.refused("closed", self.spend(10))

    def test_a_flat_rate_takes_no_shared_cost(self):
        account = self.env["account.analytic.account"].create(
            {
                "name": "Loyer",
                "plan_id": self.action.analytic_account_id.plan_id.id,
            }
        )
        key = self.env["tierslieux.funding.driver"].create(
            {
                "name": "Loyer",
                "date_from": "2026-01-01",
                "date_to": "2026-12-31",
                "analytic_account_id": account.id,
                "part_ids": [
                    Command.create({"action_id": self.action.id, "quantity": 1})
                ],
            }
        )
        key.action_adopt()
        move = self.bill(100, action=None)
        move.invoice_line_ids.analytic_distribution = {str(account.id): 100}
        expense = self.expense_of(move)
        flat = self.signed("Forfait", indirect_rate=7)
        self.refused("flat rate", expense, flat)
        allocation = self.allocate(expense)
        self.assertTrue(allocation.indirect)
        self.assertEqual(
            allocation.category_id,
            self.env.ref("tierslieux_funding.category_indirect_fixed"),
        )

    @users("test_treasurer")
    def test_by_hand_in_the_form(self):
        expense = self.spend(101).with_env(self.env)
        with Form(expense) as form:
            self.assertEqual(form.left_live, 101)
            with form.allocation_ids.new() as line:
                line.agreement_id = self.half
                self.assertEqual(line.action_id, self.action)
                self.assertEqual((line.base, line.amount), (101, 50.5))
                self.assertEqual(line.room, 9949.5)
                line.base = 33.33
                self.assertEqual(line.amount, 16.66)
            self.assertEqual(form.left_live, 84.34)
        with Form(expense) as form:
            with form.allocation_ids.new() as line:
                line.agreement_id = self.agreement
                self.assertEqual((line.base, line.amount), (101, 84.34))
            self.assertEqual(form.left_live, 0)
        self.assertEqual(expense.left, 0)

    @users("test_treasurer")
    def test_what_the_ledger_says_is_not_written(self):
        expense = self.spend(100).with_env(self.env)
        with self.assertRaises(AccessError):
            expense.amount = 1000
        with self.assertRaises(AccessError):
            expense.write({"not_duplicate_reason": "Non", "origin_id": False})

    def test_a_correction_is_the_opposite(self):
        allocation = self.allocate(self.spend(100), 60)
        values = {
            "expense_id": allocation.expense_id.id,
            "agreement_id": self.agreement.id,
            "action_id": self.action.id,
            "category_id": allocation.category_id.id,
            "corrects_id": allocation.id,
            "reason": "Erreur",
            "base": -60,
            "amount": -60,
        }
        create = self.env["tierslieux.funding.allocation"].create
        with self.assertRaisesRegex(UserError, "opposite"), self.cr.savepoint():
            create(values)
        allocation._freeze()
        with self.assertRaisesRegex(UserError, "opposite"), self.cr.savepoint():
            create({**values, "amount": -50})
        create(values)
        self.assertEqual(self.agreement.allocation_ids._problems(), {})


class TestClaimOfAgreement(ExpenseCommon):
    def test_figures_and_words(self):
        agreement = self.create_agreement("À 80 %", rate=80, amount=100)
        self.sign(agreement)
        self.assertEqual(agreement.claim_sentence, "No expense is charged yet.")
        self.allocate(self.spend(50), 40, agreement, base=50)
        agreement.invalidate_recordset()
        self.assertEqual(
            (agreement.eligible_amount, agreement.charged_amount, agreement.due_amount),
            (50, 40, 40),
        )
        self.assertEqual((agreement.room_amount, agreement.consumption), (60, 40))
        self.assertRegex(agreement.claim_sentence, r"80 % of 50")

    def test_a_cap_in_words(self):
        agreement = self.create_agreement(
            "Plafonnée",
            cap_ids=[
                Command.create(
                    {
                        "category_id": self.env.ref(
                            "tierslieux_funding.category_60"
                        ).id,
                        "amount": 30,
                    }
                )
            ],
        )
        self.sign(agreement)
        self.allocate(self.spend(50), 50, agreement)
        agreement.invalidate_recordset()
        self.assertEqual(agreement.due_amount, 30)
        self.assertRegex(agreement.claim_sentence, "leave out 20")

    def test_a_list_runs_a_constant_number_of_queries(self):
        for number in range(8):
            agreement = self.create_agreement(f"Subvention {number}")
            self.sign(agreement)
            self.allocate(self.spend(10), 10, agreement)
        every = self.env["tierslieux.funding.agreement"].search([])

        def queries(agreements):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            agreements.mapped("claim_sentence")
            return self.cr.sql_log_count - before

        queries(every)
        self.assertEqual(queries(every[:2]), queries(every))

    def test_the_list_of_expenses_too(self):
        for _ in range(8):
            self.allocate(self.spend(10, 20)[0], 5)
        every = self.expenses.search([("move_id.partner_id", "=", self.vendor.id)])
        names = ["partner_id", "bearers", "left", "warning_short", "evidence_count"]

        def queries(expenses):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            expenses.web_read({name: {} for name in names})
            return self.cr.sql_log_count - before

        queries(every)
        self.assertEqual(queries(every[:2]), queries(every))
