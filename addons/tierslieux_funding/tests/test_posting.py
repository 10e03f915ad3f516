# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Date
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_books import BooksCommon


@tagged("post_install", "-at_install")
class TestPosting(BooksCommon):
    def test_award_of_one_exercise(self):
        agreement = self.grant(amount=10000)
        agreement._post_award("2026-02-01")
        self.assertEqual(self.balances(), {"441000": 10000, "741000": -10000})
        self.assertEqual(agreement.awarded_amount, 10000)
        self.assertFalse(agreement.to_post)
        move = agreement.posting_ids.move_id
        self.assertEqual(move.state, "posted")
        self.assertEqual(move.line_ids.partner_id, self.funder)

    def test_twice_does_nothing(self):
        agreement = self.grant(amount=10000)
        agreement._post_award("2026-02-01")
        self.assertFalse(agreement._post_award("2026-02-02"))
        self.assertEqual(len(agreement.posting_ids), 1)

    def test_part_of_later_exercises(self):
        agreement = self.grant(
            amount=1000, date_from="2026-07-02", date_to="2027-07-01"
        )
        agreement._post_award("2026-07-02")
        self.assertEqual(
            self.balances(), {"441000": 1000, "741000": -501.37, "487000": -498.63}
        )
        self.assertEqual(agreement.deferred_amount, 498.63)
        deferral = agreement.posting_ids.filtered(lambda one: one.kind == "deferral")
        self.assertIn(agreement._money(49863), deferral.reason)

    def test_by_days_or_at_once(self):
        agreement = self.grant(
            amount=1000, date_from="2026-01-01", date_to="2027-12-31", deferral="none"
        )
        agreement._post_award("2026-01-02")
        self.assertEqual(self.balances(), {"441000": 1000, "741000": -1000})

    def test_an_amendment_posts_the_difference(self):
        agreement = self.grant(amount=10000)
        agreement._post_award("2026-02-01")
        agreement.sudo().amount = 12500
        self.assertTrue(agreement.to_post)
        agreement._post_award("2026-06-01")
        self.assertEqual(self.balances(), {"441000": 12500, "741000": -12500})
        self.assertEqual(
            agreement.posting_ids.sorted("date").mapped("amount"), [10000, 2500]
        )

    def test_kinds_of_money_have_their_accounts(self):
        for nature, codes in {
            "contribution": {"467000", "755100"},
            "patronage": {"467000", "754200"},
            "gift": {"467000", "754110"},
        }.items():
            agreement = self.grant(nature, posting_nature=nature, amount=100)
            postings = agreement._post_award("2026-02-01")
            self.assertEqual(
                set(postings.move_id.line_ids.account_id.mapped("code")), codes
            )

    def test_what_is_not_granted_is_not_posted(self):
        for state in ("probable", "requested", "refused"):
            with self.assertRaisesRegex(UserError, "neither notified nor signed"):
                self.grant(state, state=state)._post_award("2026-02-01")
        sold = self.grant("Prestation", source_id=self.services.id)
        with self.assertRaisesRegex(UserError, "invoiced"):
            sold._post_award("2026-02-01")

    def test_analytic_account_of_the_actions(self):
        plan = self.env["account.analytic.plan"].create({"name": "Actions"})
        accounts = self.env["account.analytic.account"].create(
            [{"name": name, "plan_id": plan.id} for name in "AB"]
        )
        self.action.analytic_account_id, self.other_action.analytic_account_id = (
            accounts
        )
        agreement = self.grant(amount=99.99)
        agreement._post_award("2026-02-01")
        lines = agreement.posting_ids.move_id.line_ids
        income = lines.filtered(lambda line: line.account_id.code == "741000")
        self.assertEqual(sum(income.analytic_distribution.values()), 100)
        self.assertEqual(sorted(income.analytic_line_ids.mapped("amount")), [49.99, 50])
        self.assertFalse((lines - income).analytic_distribution)

    def test_a_missing_account_is_named(self):
        mapping = self.books["tierslieux.funding.account"]._find(self.company)
        mapping.filtered(lambda one: one.role == "income").unlink()
        with self.assertRaisesRegex(UserError, "No account is known for “Income”"):
            self.grant()._post_award("2026-02-01")

    def test_an_account_from_a_day_on(self):
        accounts = self.books["tierslieux.funding.account"]
        accounts._find(self.company)
        accounts.create(
            {
                "role": "income",
                "nature": "grant",
                "date_from": "2026-03-01",
                "account_id": self.accounts["730000"].id,
            }
        )
        self.grant("Avant", amount=1)._post_award("2026-02-28")
        self.grant("Après", amount=2)._post_award("2026-03-01")
        balances = self.balances()
        self.assertEqual((balances["741000"], balances["730000"]), (-1, -2))

    def test_days_to_come_and_sums_of_nothing(self):
        """What a dialog would write by mistake."""
        agreement = self.grant(amount=1000)
        today = Date.context_today(agreement)
        later = Date.add(today, days=1)
        award = self.books["tierslieux.funding.award"].create(
            {"agreement_id": agreement.id, "date": later}
        )
        with self.assertRaisesRegex(UserError, "still to come"):
            award.action_post()
        award.date = today
        award.action_post()
        posting = agreement.posting_ids[:1]
        with self.assertRaisesRegex(UserError, "still to come"):
            self.books["tierslieux.funding.reversal"].create(
                {"posting_id": posting.id, "date": later, "reason": "Non"}
            ).action_reverse()
        given_back = self.books["tierslieux.funding.repayment"]
        for total, day, said in (
            (0, today, "in all"),
            (-50, today, "more than zero"),
            (100, later, "still to come"),
        ):
            with self.subTest(total=total), self.assertRaisesRegex(UserError, said):
                given_back.create(
                    {
                        "agreement_id": agreement.id,
                        "total": total,
                        "date": day,
                        "reason": "Projet réduit",
                    }
                ).action_post()
        move = self.books["tierslieux.funding.dedicated.move"]
        self.assertFalse(move.new({"kind": "transfer"}).explanation)

    def test_reversal_compensates(self):
        agreement = self.grant(amount=10000)
        posting = agreement._post_award("2026-02-01")
        posting._reverse("2026-03-01", "Erreur de montant")
        self.assertFalse(self.balances())
        self.assertEqual(agreement.awarded_amount, 0)
        self.assertEqual(posting.move_id.state, "posted")
        opposite = posting.reversed_by_ids
        self.assertEqual((opposite.amount, opposite.income), (-10000, -10000))
        receivable = (posting | opposite).move_id.line_ids.filtered(
            lambda line: line.account_id.code == "441000"
        )
        self.assertTrue(all(receivable.mapped("reconciled")))
        with self.assertRaisesRegex(UserError, "reversed already"):
            posting._reverse("2026-03-02", "encore")
        # and it may be posted again
        agreement._post_award("2026-03-03")
        self.assertEqual(self.balances(), {"441000": 10000, "741000": -10000})

    def test_the_entry_is_undone_in_the_register_alone(self):
        posting = self.grant()._post_award("2026-02-01")
        for undo in (
            lambda: posting.move_id.button_draft(),
            lambda: posting.move_id.button_cancel(),
            lambda: posting.move_id._reverse_moves(),
        ):
            with self.assertRaisesRegex(UserError, "entry of funding"):
                undo()

    def test_the_register_is_append_only(self):
        posting = self.grant()._post_award("2026-02-01")
        for change in (
            lambda: posting.sudo().write({"amount": 1}),
            lambda: posting.sudo().unlink(),
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                change()
                self.env.flush_all()

    def test_a_closed_period_is_told(self):
        self.company.fiscalyear_lock_date = "2026-01-31"
        with self.assertRaisesRegex(UserError, "the books are closed"):
            self.grant()._post_award("2026-01-15")
        self.grant("Plus tard")._post_award("2026-02-01")

    def test_the_treasurer_posts(self):
        agreement = self.grant()
        with self.assertRaisesRegex(UserError, "The treasurer posts"):
            agreement.with_user(self.board)._post_award("2026-02-01")

    def test_given_back(self):
        agreement = self.grant(
            amount=1000, date_from="2026-07-02", date_to="2027-07-01"
        )
        agreement._post_award("2026-07-02")
        agreement._repay("2026-09-01", 60000, "Projet réduit")
        self.assertEqual(self.balances(), {"441000": 400, "741000": -400})
        self.assertFalse(agreement._repay("2026-09-02", 60000, "encore"))
        # the part given back is not put aside again
        self.assertFalse(agreement._post_award("2026-09-03"))
        with self.assertRaisesRegex(UserError, "No more than the award"):
            agreement._repay("2026-09-02", 100001, "trop")
        with self.assertRaisesRegex(UserError, "given back already"):
            agreement._repay("2026-09-02", 100, "moins")

    def test_register_and_ledger_agree(self):
        self.grant(amount=123.45)._post_award("2026-02-01")
        self.assertFalse(self.postings._query_disagreements(self.company))

    def test_queries_of_the_list(self):
        agreements = [self.grant(str(number), amount=10) for number in range(12)]
        for agreement in agreements:
            agreement._post_award("2026-02-01")
        few, many = agreements[:3], agreements[3:]

        def queries(records):
            records = records[0].union(*records[1:])
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            records.read(["name", "awarded_amount", "deferred_amount", "to_post"])
            return self.cr.sql_log_count - before

        queries(few)
        self.assertEqual(queries(few), queries(many))
