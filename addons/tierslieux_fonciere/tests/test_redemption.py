# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.fields import Date

from odoo.addons.tierslieux_fonciere.domain import verification

from .common import FonciereCommon


class TestRedemption(FonciereCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada, cls.basile, cls.chloe = cls.people[:3]
        cls.issue = cls.open_issue()
        cls.redemptions = cls.env["tierslieux.share.redemption"]
        for partner, quantity in ((cls.ada, 60), (cls.basile, 40)):
            one = cls.issue._subscribe(partner, quantity, cls.conditions)
            one._receive(one.amount, cls.today, f"test-{partner.id}")
        cls.register = cls.env["tierslieux.share.register"]._of(cls.company)

    def request(self, partner, quantity):
        return self.redemptions._request(self.company, partner, quantity)

    def voters(self):
        return set(
            self.env["res.partner"]
            .browse(self.movements._roll(self.company))
            .mapped("name")
        )

    def test_the_vote_ends_at_once_the_reimbursement_waits(self):
        self.assertEqual(self.voters(), {"Ada", "Basile"})
        request = self.request(self.basile, 40)
        self.assertEqual(self.voters(), {"Ada"})
        self.assertEqual(self.held(), {"Ada": 60, "Basile": 40})
        request.with_user(self.board).action_decide()
        self.assertEqual(self.held(), {"Ada": 60})
        self.assertEqual(self.balances()["456700"], -4000)
        self.assertEqual(self.balances()["101300"], -6000)
        with self.assertRaisesRegex(UserError, "treasurer"):
            request.with_user(self.board).action_pay()
        request.with_user(self.treasurer).action_pay()
        self.assertNotIn("456700", self.balances())
        with self.assertRaisesRegex(UserError, "once"):
            request.with_user(self.treasurer).action_pay()
        self.assertEqual(self.register._disagreements(), [])

    def test_part_of_the_shares_leaves_the_vote(self):
        self.request(self.ada, 59)
        self.assertEqual(self.voters(), {"Ada", "Basile"})

    def test_the_roll_of_any_day(self):
        yesterday = Date.subtract(self.today, days=1)
        self.holds(self.chloe, 1, yesterday)
        self.request(self.basile, 40)
        roll = self.env["tierslieux.share.roll"].with_user(self.board)
        today = roll.create({"company_id": self.company.id})
        self.assertEqual(
            [(one.name, shares, votes) for one, shares, _worth, votes in today._rows()],
            [("Ada", 60, 1), ("Basile", 40, 0), ("Chloé", 1, 1)],
        )
        self.assertEqual((today.holders, today.voters, today.capital), (3, 2, 10100))
        before = roll.create({"company_id": self.company.id, "date": yesterday})
        self.assertEqual([row[1:] for row in before._rows()], [(1, 100, 1)])
        self.assertEqual((before.capital, before.floor), (100, 25))
        before.date = Date.subtract(yesterday, days=1)
        self.assertEqual((before._rows(), before.holders), ([], 0))
        page = self.env["ir.actions.report"]._render_qweb_html(
            "tierslieux_fonciere.report_share_roll_document", today.ids
        )[0]
        self.assertRegex(page.decode(), r"10.100,00")

    def test_a_long_queue_takes_as_many_queries(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            queue = self.redemptions._queue(self.company)
            self.assertTrue(all(queue.mapped("outlook")))
            return self.env.cr.sql_log_count - before

        self.request(self.ada, 1)
        queries()
        few = queries()
        for _time in range(12):
            self.request(self.ada, 1)
        self.assertEqual(queries(), few)

    def test_what_becomes_of_it_is_told_before(self):
        words = self.redemptions._outlook(self.company, self.ada, 60)
        for part in ("vote", "10,000", "2,500", "art. 13", "next", "4,000"):
            self.assertRegex(words, part.replace(",", r"\D?"))
        self.request(self.ada, 60)
        words = self.redemptions._outlook(self.company, self.basile, 40)
        self.assertRegex(words, "number 2 of the queue")
        self.assertRegex(words, r"at most 3\D?333.34")
        # asking changes nothing
        self.assertEqual(len(self.redemptions._queue(self.company)), 1)

    def test_a_vote_ends_with_the_last_share(self):
        kept, ended = (
            self.redemptions._outlook(self.company, self.basile, quantity)
            for quantity in (1, 40)
        )
        self.assertIn("You keep your vote", kept)
        self.assertIn("Your vote ends today", ended)

    def test_dialogs_are_of_the_company_that_has_a_register(self):
        """Also where the association is the company at work."""
        main = self.env["res.company"].search([("id", "!=", self.company.id)], limit=1)
        self.env["tierslieux.share.register"].search(
            [("company_id", "=", main.id)]
        ).unlink()
        both = self.env(
            context={
                **self.env.context,
                "allowed_company_ids": [main.id, self.company.id],
            }
        )
        for model in ("transfer", "withdrawal", "roll"):
            wizard = both[f"tierslieux.share.{model}"].new({})
            self.assertEqual(wizard.company_id, self.company)

    def test_more_is_announced_than_is_held(self):
        with self.assertRaisesRegex(UserError, "You can pass on 40 shares"):
            self.movements._tell_transfer(
                self.company, self.basile, 9999, "Chloé", "Lyon", ""
            )

    def test_the_floor_holds_and_nobody_overtakes(self):
        first, second, small = (
            self.request(self.ada, 60),
            self.request(self.basile, 39),
            self.request(self.basile, 1),
        )
        with self.assertRaisesRegex(UserError, "nobody overtakes"):
            small.with_user(self.board).action_decide()
        first.with_user(self.board).action_decide()
        self.assertEqual((second.rank, second.can_be_paid), (1, False))
        with self.assertRaisesRegex(UserError, "new capital must come first"):
            second.with_user(self.board).action_decide()
        with self.assertRaisesRegex(UserError, "nobody overtakes"):
            small.with_user(self.board).action_decide()
        capital, _paid, highest = self.movements._capital(self.company)
        self.assertEqual((capital, highest), (4000_00, 10000_00))
        new = self.subscribe(self.issue, self.chloe, 30)
        self.pays(new)
        second.with_user(self.board).action_decide()
        self.assertEqual(self.register._disagreements(), [])

    def test_statutes_may_raise_the_floor_and_hold_shares(self):
        rules = self.env["tierslieux.share.rule"]
        rules.create(
            [
                {
                    "code": code,
                    "company_id": self.company.id,
                    "date_from": "2026-01-01",
                    "value": value,
                    "source": f"Statuts, art. {number}",
                    "adopted_on": "2026-01-01",
                }
                for number, (code, value) in enumerate(
                    (("floor", 50), ("holding", 60)), 10
                )
            ]
        )
        request = self.request(self.basile, 10)
        self.assertEqual(request.earliest_on, Date.add(self.today, months=60))
        self.assertFalse(request.can_be_paid)
        self.assertIn("art. 10", request.outlook)
        self.assertIn("The statutes have shares held", request.outlook)
        with self.assertRaisesRegex(UserError, "statutes have shares held"):
            request.with_user(self.board).action_decide()

    def test_the_least_capital_of_the_law(self):
        self.env["tierslieux.share.rule"].create(
            {
                "code": "minimum",
                "company_id": self.company.id,
                "date_from": "2026-01-01",
                "value": 9000,
                "source": "Code de commerce, art. L. 224-2",
                "adopted_on": "2026-01-01",
            }
        )
        request = self.request(self.ada, 11)
        self.assertFalse(request.can_be_paid)
        self.assertIn("L. 224-2", request.outlook)

    def test_shares_are_given_back_once(self):
        self.request(self.basile, 30)
        with self.assertRaisesRegex(UserError, "can give back 10 shares"):
            self.request(self.basile, 11)
        with self.assertRaisesRegex(UserError, "can give 10 shares"):
            self.transfer(self.basile, self.chloe, 11).action_record()
        self.transfer(self.basile, self.chloe, 10).action_record()
        self.assertEqual(self.held()["Chloé"], 10)

    def test_a_request_that_is_cancelled(self):
        request = self.request(self.basile, 40)
        request.with_user(self.board).action_cancel()
        self.assertEqual(self.voters(), {"Ada", "Basile"})
        with self.assertRaisesRegex(UserError, "decided already"):
            request.with_user(self.board).action_decide()

    def test_who_decides(self):
        request = self.request(self.basile, 1)
        with self.assertRaisesRegex(UserError, "board decides"):
            request.with_user(self.treasurer).action_decide()

    def transfer(self, giver, receiver, quantity, **values):
        wizard = (
            self.env["tierslieux.share.transfer"]
            .with_user(self.treasurer)
            .create(
                {
                    "company_id": self.company.id,
                    "giver_id": giver.id,
                    "receiver_id": receiver.id,
                    "deed": "Ordre de mouvement n° 1",
                    **values,
                }
            )
        )
        if quantity:
            wizard.quantity = quantity
        return wizard

    def test_transfer_of_all_shares_or_some(self):
        wizard = self.transfer(self.ada, self.chloe, 25, gratuitous=True)
        action = wizard.action_record()
        movement = self.movements.browse(action["res_id"])
        self.assertEqual((movement.price, movement.gratuitous), (0, True))
        whole = self.transfer(self.ada, self.chloe, None, price=3500)
        self.assertEqual(whole.quantity, 35)
        whole.action_record()
        self.assertEqual(self.held(), {"Basile": 40, "Chloé": 60})
        # shares change hands, the capital does not
        self.assertEqual(self.register._disagreements(), [])

    def test_a_transfer_is_to_somebody_else(self):
        for receiver, quantity in ((self.ada, 1), (self.chloe, -1)):
            with self.assertRaisesRegex(UserError, "somebody else"):
                self.transfer(self.ada, receiver, quantity).action_record()

    def test_a_price_below_zero_is_not_recorded(self):
        with self.assertRaisesRegex(UserError, "not negative"):
            self.transfer(self.ada, self.chloe, 1, price=-50).action_record()
        self.assertNotIn("Chloé", self.held())

    def test_the_control_tells_what_does_not_agree(self):
        self.assertFalse(self.register.problems)
        journal = self.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("type", "=", "general")], limit=1
        )
        accounts = {
            one.role: one.account_id.id
            for one in self.env["tierslieux.share.account"].search(
                [("company_id", "=", self.company.id)]
            )
        }
        self.env["account.move"].create(
            {
                "journal_id": journal.id,
                "date": self.today,
                "line_ids": [
                    (0, 0, {"account_id": accounts[role], "balance": balance})
                    for role, balance in (("paid_capital", -500), ("to_repay", 500))
                ],
            }
        ).action_post()
        self.register.invalidate_recordset()
        self.assertIn("capital accounts", self.register.problems)
        self.assertIn("capital to pay back", self.register.problems)
        # the board, who does not read the books, reads this
        seen = self.register.with_user(self.board)
        self.assertEqual(seen.problems, self.register.problems)

    def test_shares_whose_payment_was_undone(self):
        one = self.subscribe(self.issue, self.chloe, 1)
        line = self.pays(one)
        line.action_undo_reconciliation()
        (sentence,) = self.register._disagreements()
        self.assertIn("undone since", sentence)
        line._receive_shares()
        self.assertEqual(self.register._disagreements(), [])

    def test_the_export_is_what_the_command_verifies(self):
        for name, data in (
            ("r.json", self.register._as_json()),
            ("r.csv", self.register._as_csv()),
        ):
            verdict = verification.verify(verification.read(name, data))
            self.assertIsNone(verdict.problem)
            self.assertEqual(verdict.head, self.register.digest)
            self.assertEqual(verdict.holdings, self.movements._holdings(self.company))
        self.assertIsNone(self.register._verdict(self.register.digest)["problem"])
        self.assertIn("kept", self.register._verdict("0" * 64)["problem"])
