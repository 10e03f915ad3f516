# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_books import BooksCommon


@tagged("post_install", "-at_install")
class TestTrancheBooks(BooksCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank = cls._journal("BNK1")
        agreement = cls.create_agreement("Deux tranches")
        cls.env["tierslieux.funding.tranche"].create(
            [
                {"agreement_id": agreement.id, "name": "Acompte", "percent": 60},
                {"agreement_id": agreement.id, "name": "Solde", "kind": "balance"},
            ]
        )
        cls.sign(agreement, "2026-02-03")
        cls.granted = agreement.with_env(cls.books)
        cls.first, cls.last = cls.granted.tranche_ids

    def pay(self, amount, date="2026-06-05"):
        return self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": date,
                "amount": amount,
                "payment_ref": "VIR VILLE",
            }
        )

    def match(self, tranche, payment=None):
        context = tranche.action_match()["context"]
        wizard = self.books["tierslieux.funding.receipt"].with_context(**context)
        wizard = wizard.create({"statement_line_id": payment.id} if payment else {})
        wizard.action_match()
        return wizard

    def test_called(self):
        self.first.action_call()
        # the award is posted on the day it was told
        award = self.granted.posting_ids.filtered(lambda one: one.kind == "award")
        self.assertEqual(str(award.date), "2026-02-03")
        line = self.first.call_line_id
        self.assertEqual((line.balance, line.amount_residual), (6000, 6000))
        receivable = award.move_id.line_ids.filtered("debit")
        self.assertEqual(receivable.amount_residual, 4000)
        self.assertEqual(self.balances(), {"441000": 10000, "741000": -10000})

    def test_matched_with_the_bank(self):
        self.first.action_call()
        self.pay(1234)
        payment = self.pay(6000)
        self.match(self.first)
        self.assertTrue(payment.is_reconciled)
        self.assertTrue(self.first.call_line_id.reconciled)
        self.assertEqual(self.first.received_amount, 6000)
        self.assertEqual(str(self.first.received_on), "2026-06-05")
        self.assertEqual(self.first.state, "received")
        with self.assertRaisesRegex(UserError, "Nothing of .* is open"):
            self.match(self.first, self.pay(6000))

    def test_a_part_of_it(self):
        self.first.action_call()
        self.match(self.first, self.pay(2500.5))
        self.assertEqual(self.first.received_amount, 2500.5)
        self.assertFalse(self.first.received_on)
        self.match(self.first, self.pay(3499.5))
        self.assertEqual(self.first.received_amount, 6000)
        self.assertEqual(self.first.state, "received")

    def test_a_payment_is_matched_once(self):
        self.granted.tranche_ids.action_call()
        payment = self.pay(6000)
        self.match(self.first, payment)
        with self.assertRaisesRegex(UserError, "matched with something else"):
            self.match(self.last, payment)

    def test_a_call_undone(self):
        self.first.action_call()
        call = self.first.call_line_id.move_id.funding_posting_ids
        call._reverse("2026-10-21", "Trop tôt")
        self.assertFalse(self.first.called_on)
        self.first.action_call()
        self.assertEqual(self.first.call_line_id.amount_residual, 6000)
        self.match(self.first, self.pay(6000))
        call = self.first.call_line_id.move_id.funding_posting_ids
        with self.assertRaisesRegex(UserError, "what is received is not undone"):
            call._reverse("2026-10-21", "Trop tard")

    def test_given_back_before_it_is_called(self):
        self.granted._post_award("2026-02-03")
        self.granted._repay("2026-10-01", 400000, "Projet réduit")
        award = self.granted.posting_ids.filtered(lambda one: one.kind == "award")
        receivable = award.move_id.line_ids.filtered("debit")
        self.assertEqual(receivable.amount_residual, 6000)

    def test_parts_as_the_tranches_are_planned(self):
        agreement = self.create_agreement(
            "Par tranches", date_to="2027-12-31", deferral="tranches"
        )
        self.env["tierslieux.funding.tranche"].create(
            [
                {
                    "agreement_id": agreement.id,
                    "name": day,
                    "percent": percent,
                    "expected_on": day,
                }
                for day, percent in (("2026-03-01", 70), ("2027-03-01", 30))
            ]
        )
        self.sign(agreement)
        agreement.with_env(self.books)._post_award("2026-01-15")
        self.assertEqual(self.balances()["487000"], -3000)
