# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Date, Datetime

from odoo.addons.tierslieux_fonciere.domain import creditor_reference
from odoo.addons.tierslieux_fonciere.exceptions import SharesGone
from odoo.addons.tierslieux_fonciere.words import count_shares, more_or_less

from .common import FonciereCommon


class TestSubscription(FonciereCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada, cls.basile, cls.chloe, cls.denis = cls.people

    def lapse(self, subscription):
        subscription.reserved_until = Datetime.now() - timedelta(hours=1)

    def test_an_issue_opens_with_its_papers(self):
        issue = self.create_issue(document_ids=[])
        with self.assertRaisesRegex(UserError, r"Statutes, Decision.*Information"):
            issue.action_open()

    def test_a_prospectus_above_the_threshold(self):
        self.open_issue(maximum_shares=50000)
        issue = self.create_issue(maximum_shares=30000)
        with self.assertRaisesRegex(UserError, "Prospectus"):
            issue.action_open()

    def test_one_nominal_value(self):
        self.open_issue()
        with self.assertRaisesRegex(UserError, "one nominal value"):
            self.create_issue(nominal=50).action_open()

    def test_subscribe_pay_allot(self):
        issue = self.open_issue()
        one = self.subscribe(issue, self.ada, 3)
        self.assertTrue(creditor_reference.is_valid(one.reference))
        self.assertEqual((one.state, one.amount), ("reserved", 300))
        self.assertEqual(issue.available_shares, 197)
        self.pays(one)
        self.assertEqual((one.state, one.allotted_on), ("allotted", self.today))
        self.assertEqual(
            one.movement_ids.sorted("number").mapped("kind"),
            ["subscription", "payment"],
        )
        self.assertEqual(self.held(), {"Ada": 3})
        bank = self.bank.default_account_id.with_company(self.company).code
        self.assertEqual(self.balances(), {bank: 300, "101300": -300})

    def test_who_may_subscribe(self):
        issue = self.open_issue(max_per_person=5)
        union = self.env["res.partner"].create({"name": "Union", "is_company": True})
        for partner, quantity, values, words in (
            (self.ada, 0, {}, "whole"),
            (self.ada, 1.5, {}, "whole"),
            (self.ada, True, {}, "whole"),
            (union, 1, {}, "legal person"),
            (union, 1, {"representative": union}, "legal person"),
            (self.ada, 1, {"born_on": self.today}, "the age of 18"),
            (self.ada, 6, {}, "you can take 5"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self.subscribe(issue, partner, quantity, **values)
        one = self.subscribe(issue, union, 5, representative=self.ada)
        self.assertEqual(one.accepted_by_id, self.ada)
        other = self.conditions.copy({"version": "2", "adopted_on": self.today})
        with self.assertRaisesRegex(UserError, "have changed"):
            issue._subscribe(self.basile, 1, other)
        with self.assertRaisesRegex(UserError, "is not open"):
            self.subscribe(self.create_issue(), self.ada, 1)

    def test_the_number_that_is_left_is_told(self):
        issue = self.open_issue(target_shares=10, maximum_shares=10)
        self.subscribe(issue, self.ada, 7)
        with self.assertRaises(SharesGone) as gone:
            self.subscribe(issue, self.basile, 4)
        self.assertEqual(gone.exception.left, 3)
        self.subscribe(issue, self.basile, 3)
        with self.assertRaisesRegex(SharesGone, "no shares left"):
            self.subscribe(issue, self.chloe, 1)

    def test_a_payment_told_twice_counts_once(self):
        one = self.subscribe(self.open_issue(), self.ada, 2)
        self.assertTrue(one._receive(200, self.today, "transaction-1"))
        self.assertFalse(one._receive(200, self.today, "transaction-1"))
        self.assertEqual((one.received_amount, len(one.movement_ids)), (200, 2))

    def test_a_payment_matched_again_allots_once(self):
        one = self.subscribe(self.open_issue(), self.ada, 2)
        line = self.pays(one)
        before = self.balances()
        for _time in range(2):
            line.action_undo_reconciliation()
            self.assertEqual((one.state, one.received_amount), ("allotted", 0))
            line._receive_shares()
            self.assertEqual((one.state, one.received_amount), ("allotted", 200))
        self.assertEqual(len(one.movement_ids), 2)
        self.assertEqual(self.held(), {"Ada": 2})
        self.assertEqual(self.balances(), before)

    def test_undone_before_the_allotment(self):
        one = self.subscribe(self.open_issue(minimum_shares=50), self.ada, 2)
        line = self.pays(one)
        self.assertEqual(one.state, "paid")
        line.action_undo_reconciliation()
        self.assertEqual((one.state, one.received_amount), ("reserved", 0))
        line._receive_shares()
        self.assertEqual((one.state, one.received_amount), ("paid", 200))

    def test_too_little_then_too_much(self):
        one = self.subscribe(self.open_issue(), self.ada, 3)
        self.pays(one, 100)
        self.assertEqual(one.state, "reserved")
        self.assertRegex(one._situation(), r"200.00\D+are missing")
        self.pays(one, 250)
        self.assertEqual((one.state, one.received_amount), ("allotted", 300))
        # the excess is given back at once
        self.assertEqual(
            one.posting_ids.filtered_domain([("kind", "=", "refund")]).amount, 50
        )
        self.pays(one, 300)
        self.assertEqual(one.received_amount, 300)
        self.assertEqual(len(one.movement_ids), 2)

    def test_the_treasurer_writes_down_a_payment(self):
        issue = self.open_issue()
        wizards = self.env["tierslieux.share.receipt"].with_user(self.treasurer)
        one = self.subscribe(issue, self.ada, 1)
        wizards.create({"subscription_id": one.id}).action_receive()
        self.assertEqual(one.state, "allotted")
        two = self.subscribe(issue, self.ada, 2)
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": self.today,
                "amount": 200,
                "payment_ref": "VIR sans référence",
            }
        )
        wizards.create(
            {"subscription_id": two.id, "statement_line_id": line.id}
        ).action_receive()
        self.assertEqual(two.state, "allotted")

    def test_an_amount_that_is_not_whole_shares_waits_for_the_rest(self):
        one = self.subscribe(self.open_issue(), self.ada, 1)
        self.pays(one, 99.99)
        self.assertEqual(one.state, "reserved")
        self.pays(one, 0.01)
        self.assertEqual(one.state, "allotted")

    def test_a_reservation_ends_and_somebody_else_takes_its_shares(self):
        issue = self.open_issue(target_shares=10, maximum_shares=10)
        late = self.subscribe(issue, self.ada, 10)
        self.lapse(late)
        one = self.subscribe(issue, self.basile, 8)
        self.assertEqual(late.state, "expired")
        self.pays(late)
        self.assertEqual(late.state, "waiting")
        self.assertFalse(self.held())
        self.pays(one)
        self.assertEqual(late.state, "waiting")
        last = self.subscribe(issue, self.chloe, 2)
        self.pays(last)
        # nothing is left: who waits is told and refunded
        self.assertEqual(late.state, "refunded")
        self.assertIn("All shares", late._situation())
        self.assertEqual(self.held(), {"Basile": 8, "Chloé": 2})

    def test_paid_late_while_shares_are_left(self):
        issue = self.open_issue()
        late = self.subscribe(issue, self.ada, 3)
        self.lapse(late)
        self.env["tierslieux.share.subscription"]._cron_expire()
        self.assertEqual(late.state, "expired")
        self.pays(late)
        self.assertEqual(late.state, "allotted")

    def test_who_waits_gets_what_becomes_free(self):
        issue = self.open_issue(target_shares=10, maximum_shares=10)
        late = self.subscribe(issue, self.ada, 4)
        self.lapse(late)
        holder = self.subscribe(issue, self.basile, 10)
        self.pays(late)
        self.assertEqual(late.state, "waiting")
        self.lapse(holder)
        self.env["tierslieux.share.subscription"]._cron_expire()
        self.assertEqual((holder.state, late.state), ("expired", "allotted"))

    def test_admission_by_the_board(self):
        issue = self.open_issue(admission_required=True)
        one, two = (self.subscribe(issue, who, 2) for who in (self.ada, self.basile))
        self.pays(one)
        self.pays(two)
        self.assertEqual((one.state, two.state), ("paid", "paid"))
        self.assertFalse(self.held())
        with self.assertRaisesRegex(UserError, "The board"):
            one.with_user(self.treasurer)._admit(self.today)
        one.with_user(self.board)._admit(self.today)
        two.with_user(self.board)._refuse("Projet concurrent")
        self.assertEqual((one.state, two.state), ("allotted", "refunded"))
        self.assertEqual(self.held(), {"Ada": 2})
        bank = self.bank.default_account_id.with_company(self.company).code
        found = self.balances()
        self.assertEqual((found[bank], found["101300"]), (400, -200))
        self.assertEqual(sum(found.values()), 0)
        self.assertNotIn("456300", found)
        # whoever holds shares was admitted
        more = self.subscribe(issue, self.ada, 1)
        self.pays(more)
        self.assertEqual(more.state, "allotted")

    def test_admitted_before_paying(self):
        one = self.subscribe(self.open_issue(admission_required=True), self.ada, 2)
        one.with_user(self.board)._admit(self.today)
        self.assertEqual(one.state, "reserved")
        self.pays(one)
        self.assertEqual(one.state, "allotted")

    def test_minimum_missed_refunds_everybody_and_records_nothing(self):
        issue = self.open_issue(minimum_shares=50)
        one, two = (self.subscribe(issue, who, 5) for who in (self.ada, self.basile))
        self.pays(one)
        self.assertEqual((one.state, one.movement_ids.ids), ("paid", []))
        issue.with_user(self.treasurer).action_close()
        self.assertEqual(issue.state, "failed")
        self.assertEqual((one.state, two.state), ("refunded", "expired"))
        self.assertFalse(self.held())
        self.assertNotIn("456300", self.balances())
        self.pays(two)
        self.assertEqual(two.received_amount, 0)

    def test_the_minimum_reached_allots_all_that_wait_for_it(self):
        issue = self.open_issue(minimum_shares=5)
        one, two = (self.subscribe(issue, who, 3) for who in (self.ada, self.basile))
        self.pays(one)
        self.assertFalse(self.held())
        self.pays(two)
        self.assertEqual(self.held(), {"Ada": 3, "Basile": 3})
        issue.with_user(self.treasurer).action_close()
        self.assertEqual(issue.state, "succeeded")

    def test_an_issue_waits_for_the_board_before_it_closes(self):
        issue = self.open_issue(admission_required=True)
        self.pays(self.subscribe(issue, self.ada, 1))
        with self.assertRaisesRegex(UserError, "the board decides on: Ada"):
            issue.with_user(self.treasurer).action_close()

    def test_a_payment_reads_no_more_of_a_large_issue(self):
        issue = self.open_issue()

        def queries(number):
            one = self.subscribe(issue, self.people[number % 4], 1)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            issue._lock()
            read = len(self.env.cache.get_records(one, one._fields["state"]))
            return self.env.cr.sql_log_count - before, read

        queries(0)
        few = queries(1)
        for number in range(12):
            self.subscribe(issue, self.people[number % 4], 1)
        self.assertEqual(queries(2), few)

    def test_how_many_in_words(self):
        french = self.env(context={"lang": "fr_FR"})
        self.assertEqual(count_shares(french, 1), "1 part")
        self.assertRegex(count_shares(french, 1200), r"^1\s200 parts$")
        self.assertRegex(more_or_less(french, -1200), r"^−1\s200$")

    def test_never_an_invoice(self):
        self.pays(self.subscribe(self.open_issue(), self.ada, 2))
        moves = self.env["account.move"].search([("company_id", "=", self.company.id)])
        self.assertEqual(set(moves.mapped("move_type")), {"entry"})

    def test_an_entry_is_not_undone_in_the_journals(self):
        one = self.subscribe(self.open_issue(), self.ada, 2)
        one._receive(200, self.today, "transaction-1")
        for posting in one.posting_ids:
            with self.assertRaisesRegex(UserError, "share capital"):
                posting.move_id.button_draft()

    def test_a_payment_of_a_provider(self):
        one = self.subscribe(self.open_issue(), self.ada, 2)
        provider = self.env["payment.provider"].create(
            {
                "name": "Essai",
                "code": "none",
                "company_id": self.company.id,
                "state": "test",
            }
        )
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": self.env.ref("payment.payment_method_unknown").id,
                "reference": one.reference,
                "amount": 200,
                "currency_id": one.currency_id.id,
                "partner_id": self.ada.id,
                "share_subscription_id": one.id,
                "state": "done",
            }
        )
        transaction._post_process()
        transaction._post_process()
        self.assertEqual((one.state, one.received_amount), ("allotted", 200))
        self.assertFalse(transaction.payment_id)

    def test_dates_of_the_bank_are_those_of_the_register(self):
        issue = self.open_issue()
        one = self.subscribe(issue, self.ada, 2)
        day = Date.subtract(self.today, days=2)
        self.pays(one, date=day)
        self.assertEqual(set(one.movement_ids.mapped("effective_on")), {day})

    def test_the_first_page(self):
        """Shares to pay, and the lines of the bank."""
        user = self.create_user("member")
        user.partner_id.write({"street": "1 rue Neuve", "zip": "69001", "city": "Lyon"})
        one = self.subscribe(self.open_issue(), user.partner_id, 3)
        need = self.home(user)[0]["shares"]
        self.assertEqual((need["count"], need["url"]), (1, f"/my/shares/{one.id}"))
        self.assertIn("300", need["value"])
        self.assertIn("bank", self.home(self.treasurer)[1])
        self.pays(one)
        self.assertNotIn("shares", self.home(user)[0])
