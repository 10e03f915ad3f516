# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo.exceptions import UserError

from .common import FonciereCommon

IBANS = ("FR7630006000011234567890189", "FR1420041010050500013M02606")
SPACE = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}


class TestPayout(FonciereCommon):
    """Money given back and redemptions leave by a file for the bank."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada, cls.basile, cls.chloe, cls.denis = cls.people
        banks = cls.env["res.partner.bank"]
        cls.bank.bank_account_id = banks.create(
            {"acc_number": IBANS[1], "partner_id": cls.company.partner_id.id}
        )
        cls.postings = cls.env["tierslieux.share.posting"].with_user(cls.treasurer)

    def due(self):
        return self.postings.search(
            [
                ("company_id", "=", self.company.id),
                ("kind", "in", ("refund", "payout")),
                ("is_sent", "=", False),
            ]
        )

    def refused(self, **line):
        issue = self.open_issue(admission_required=True)
        one = self.subscribe(issue, self.ada, 3)
        self.env["account.bank.statement.line"].with_user(self.treasurer).create(
            {
                "journal_id": self.bank.id,
                "date": self.today,
                "amount": 300,
                "payment_ref": one.reference,
                **line,
            }
        )
        one._refuse("Non")
        return one

    def test_what_came_goes_back_where_it_came_from(self):
        one = self.refused(account_number=IBANS[0])
        self.assertEqual(one.bank_account_id.sanitized_acc_number, IBANS[0])
        [posting] = self.due()
        self.assertTrue(posting.is_trusted)
        before = self.balances()
        action = posting.action_payout()
        order = self.env["account.payment.order"].browse(action["res_id"])
        self.assertEqual((order.state, self.due()), ("generated", self.postings))
        tree = etree.fromstring(order.payment_file_id.raw)

        def read(path):
            return [node.text for node in tree.iterfind(f".//{path}", SPACE)]

        self.assertEqual(read("p:InstdAmt"), ["300.00"])
        self.assertEqual(read("p:CdtrAcct//p:IBAN"), [IBANS[0]])
        self.assertEqual(read("p:DbtrAcct//p:IBAN"), [IBANS[1]])
        self.assertEqual(read("p:RmtInf/p:Ustrd"), [one.reference])
        order.with_user(self.treasurer).generated2uploaded()
        self.assertEqual(order.state, "uploaded")
        self.assertFalse(order.payment_ids.move_id, "the entry is made already")
        self.assertEqual(self.balances(), before)
        order.action_cancel()
        self.assertEqual(self.due(), posting, "a file that was not sent is made again")

    def test_an_account_is_checked_first(self):
        one = self.refused()
        [posting] = self.due()
        self.assertFalse(posting.bank_account_id)
        with self.assertRaisesRegex(UserError, "Ada"):
            posting.action_payout()
        one.bank_account_id = self.ada._share_account(IBANS[0])
        posting.invalidate_recordset()
        self.assertFalse(posting.is_trusted)
        with self.assertRaisesRegex(UserError, "checked: Ada"):
            posting.action_payout()
        with self.assertRaisesRegex(UserError, "treasurer"):
            posting.with_user(self.board).action_trust()
        posting.action_trust()
        self.assertTrue(posting.action_payout()["res_id"])
        with self.assertRaisesRegex(UserError, "nothing to pay"):
            posting.action_payout()

    def test_redemption(self):
        one = self.subscribe(self.open_issue(), self.ada, 10)
        self.pays(one)
        redemption = self.env["tierslieux.share.redemption"]._request(
            self.company, self.ada, 2, iban=IBANS[0]
        )
        redemption._decide(self.today)
        redemption.with_user(self.treasurer).action_pay()
        [posting] = self.due()
        posting.action_trust()
        order = self.env["account.payment.order"].browse(
            posting.action_payout()["res_id"]
        )
        self.assertEqual(order.payment_line_ids.amount_currency, 200)
        self.assertIn(str(redemption.id), order.payment_line_ids.communication)

    def test_what_the_bank_executed(self):
        refunds = [self.refused(account_number=IBANS[0]) for _time in range(2)]
        order = self.env["account.payment.order"].browse(
            self.due().action_payout()["res_id"]
        )
        order.generated2uploaded()
        first, second = order.payment_ids.sorted("memo")
        lines = self.env["account.bank.statement.line"]

        def bank_line(amount, label):
            return lines.create(
                {
                    "journal_id": self.bank.id,
                    "date": self.today,
                    "amount": amount,
                    "payment_ref": label,
                }
            )

        self.assertFalse(bank_line(-300, f"VIR {first.memo}9").is_reconciled)
        self.assertFalse(bank_line(-200, f"VIR {first.memo}").is_reconciled)
        one = bank_line(-300, f"VIR SEPA {first.memo} ADA")
        self.assertTrue(one.is_reconciled)
        self.assertEqual((first.state, second.state), ("paid", "in_process"))
        one.action_undo_reconciliation()
        self.assertFalse(one.is_reconciled)
        first.state = "in_process"
        # the bank debits the whole file at once
        self.assertTrue(bank_line(-600, f"REMISE {order.name}").is_reconciled)
        outgoing = self.postings.sudo()._outgoing_accounts()
        moves = [refund.posting_ids.move_id.line_ids for refund in refunds]
        for found in moves:
            self.assertTrue(
                all(
                    found.filtered(lambda x: x.account_id in outgoing).mapped(
                        "reconciled"
                    )
                )
            )

    def test_no_file_without_an_account_of_ours(self):
        self.bank.bank_account_id = False
        self.refused(account_number=IBANS[0])
        with self.assertRaisesRegex(UserError, "write its IBAN first"):
            self.due().action_payout()
