# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Date, Datetime

from .common import FonciereCommon


class TestMatching(FonciereCommon):
    """What stays open on 4562, 4563 and 4567 is what is owed, by whom and to whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada, cls.basile, cls.chloe, cls.denis = cls.people

    def test_paid_and_allotted(self):
        one = self.subscribe(self.open_issue(), self.ada, 3)
        self.pays(one, 100)
        self.assertEqual(self.open_lines(), {("456300", "Ada"): -100})
        self.pays(one, 200)
        self.assertEqual(one.state, "allotted")
        self.assertEqual(self.open_lines(), {})

    def test_a_payment_written_by_hand(self):
        one = self.subscribe(self.open_issue(), self.ada, 3)
        lines = self.env["account.bank.statement.line"]
        before = lines.search_count([])
        wizard = self.env["tierslieux.share.receipt"].with_user(self.treasurer)
        for wrong in (
            {"amount": 0},
            {"amount": -50},
            {"date": Date.add(self.today, days=1)},
        ):
            with (
                self.subTest(wrong),
                self.assertRaisesRegex(UserError, "more than|come"),
            ):
                wizard.create({"subscription_id": one.id, **wrong}).action_receive()
        self.assertEqual(lines.search_count([]), before)
        wizard.create({"subscription_id": one.id}).action_receive()
        self.assertEqual(one.state, "allotted")

    def test_too_much_is_given_back(self):
        one = self.subscribe(self.open_issue(), self.ada, 3)
        self.pays(one, 350)
        self.assertEqual((one.state, self.open_lines()), ("allotted", {}))
        self.pays(one, 20)
        self.assertEqual(self.open_lines(), {})

    def test_refused_and_expired(self):
        issue = self.open_issue(admission_required=True)
        one = self.subscribe(issue, self.ada, 3)
        self.pays(one)
        other = self.subscribe(issue, self.basile, 2)
        self.pays(other, 50)
        other.reserved_until = Datetime.now() - timedelta(hours=1)
        other._expire()
        self.assertEqual(
            self.open_lines(),
            {("456300", "Ada"): -300, ("456300", "Basile"): -50},
        )
        one._refuse("Non")
        other.action_refund()
        self.assertEqual(self.open_lines(), {})

    def test_undone_and_matched_again(self):
        one = self.subscribe(self.open_issue(), self.ada, 2)
        line = self.pays(one)
        line.action_undo_reconciliation()
        # the shares are allotted still: they are to be paid
        self.assertEqual(self.open_lines(), {("456300", "Ada"): 200})
        line._receive_shares()
        self.assertEqual(self.open_lines(), {})

    def test_a_card_payment_that_is_undone(self):
        one = self.subscribe(self.open_issue(minimum_shares=50), self.ada, 2)
        one._receive(200, self.today, "transaction-1")
        one._give_back("transaction-1")
        self.assertEqual((one.state, self.open_lines()), ("reserved", {}))

    def test_redemption(self):
        one = self.subscribe(self.open_issue(), self.ada, 10)
        self.pays(one)
        redemption = self.env["tierslieux.share.redemption"]._request(
            self.company, self.ada, 2
        )
        redemption._decide(self.today)
        self.assertEqual(self.open_lines(), {("456700", "Ada"): -200})
        redemption._pay(self.today)
        self.assertEqual(self.open_lines(), {})

    def test_many_at_once(self):
        issue = self.open_issue(minimum_shares=8)
        ones = self.env["tierslieux.share.subscription"]
        for partner in self.people:
            ones |= self.subscribe(issue, partner, 1) | self.subscribe(
                issue, partner, 1
            )
        for one in ones:
            one._receive(100, self.today, f"transaction-{one.id}")
        self.assertEqual(set(ones.mapped("state")), {"allotted"})
        self.assertEqual(self.open_lines(), {})
