# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_books import BooksCommon


@tagged("post_install", "-at_install")
class TestYearEnd(BooksCommon):
    def test_two_years(self):
        agreement = self.grant(
            amount=20000, date_from="2026-01-01", date_to="2027-12-31", deferral="none"
        )
        agreement._post_award("2026-01-15")
        self.spends(agreement, 5000, "2026-03-15")
        self.spends(agreement, 12000, "2027-03-15")
        first = self.year_end("2026-12-31")
        self.assertEqual(
            (first.line_ids.report, first.line_ids.closing), (15000, 15000)
        )
        self.assertIn(agreement._money(2000000), first.line_ids.explanation)
        self.assertIn("They agree", first.control)
        first.action_post()
        self.assertEqual(
            self.balances(2026),
            {
                "441000": 20000,
                "741000": -20000,
                "689400": 15000,
                "194000": -15000,
            },
        )
        second = self.year_end("2027-06-30")
        second.action_post()
        self.assertEqual(self.balances(2027), {"194000": 12000, "789400": -12000})
        self.assertEqual(agreement.dedicated_amount, 3000)
        lines = self.books["tierslieux.funding.dedicated"]._live()
        self.assertEqual(lines.mapped("closing"), [3000, 15000])
        self.assertIn("ended on", lines[0].explanation)

    def test_use_and_report_are_two_entries(self):
        agreement = self.grant(
            amount=1000, date_from="2026-01-01", date_to="2027-12-31"
        )
        agreement._post_award("2026-01-15")
        self.year_end("2026-12-31").action_post()
        self.spends(agreement, 600, "2027-03-15")
        wizard = self.year_end("2027-12-31")
        line = wizard.line_ids
        # 500 of 2026, 500 of 2027, 600 spent
        self.assertEqual(
            (line.opening, line.released, line.recognised), (500, 500, 500)
        )
        self.assertEqual((line.use, line.report, line.closing), (500, 400, 400))
        wizard.action_post()
        self.assertEqual(
            self.balances(2027),
            {
                "487000": 500,
                "741000": -500,
                "194000": 100,
                "789400": -500,
                "689400": 400,
            },
        )
        closed = self.books["tierslieux.funding.dedicated"]._live()[0]
        self.assertNotEqual(
            closed.use_posting_id.move_id, closed.report_posting_id.move_id
        )

    def test_a_second_run_is_refused(self):
        self.grant()._post_award("2026-01-15")
        self.year_end("2026-12-31").action_post()
        again = self.year_end("2026-12-31")
        self.assertTrue(again.closed)
        self.assertFalse(again.line_ids)
        with self.assertRaisesRegex(UserError, "closed already"):
            again.action_post()

    def test_exercises_in_their_order(self):
        self.grant(date_to="2027-12-31")._post_award("2026-01-15")
        with self.assertRaisesRegex(UserError, "Close the exercise"):
            self.year_end("2027-12-31").action_post()

    def test_what_changed_since_it_was_shown(self):
        agreement = self.grant()
        agreement._post_award("2026-01-15")
        wizard = self.year_end("2026-12-31")
        self.assertTrue(wizard.line_ids)
        self.spends(agreement, 0.01, "2026-03-15")
        with self.assertRaisesRegex(UserError, "open the year-end again"):
            wizard.action_post()

    def test_a_closed_period_leaves_nothing(self):
        self.grant()._post_award("2026-01-15")
        wizard = self.year_end("2026-12-31")
        self.assertTrue(wizard.line_ids)
        self.company.fiscalyear_lock_date = "2026-12-31"
        with self.assertRaisesRegex(UserError, "the books are closed"):
            wizard.action_post()
        self.assertFalse(self.books["tierslieux.funding.dedicated"]._live())

    def test_cancelled_and_made_again(self):
        agreement = self.grant(date_to="2027-12-31", deferral="none")
        agreement._post_award("2026-01-15")
        self.year_end("2026-12-31").action_post()
        self.year_end("2027-12-31").action_post()
        with self.assertRaisesRegex(UserError, "cancel that one first"):
            self.year_end("2026-12-31").action_cancel()
        self.year_end("2027-12-31").action_cancel()
        self.year_end("2026-12-31").action_cancel()
        self.assertEqual(self.balances(), {"441000": 10000, "741000": -10000})
        self.spends(agreement, 4000, "2026-03-15")
        self.year_end("2026-12-31").action_post()
        lines = self.books["tierslieux.funding.dedicated"]._live()
        self.assertEqual(lines.mapped("closing"), [6000])
        self.assertEqual(self.balances()["194000"], -6000)
        self.assertFalse(self.postings._query_disagreements(self.company))

    def test_what_is_charged_after_the_year_end_counts_in_the_next(self):
        agreement = self.grant(date_to="2027-12-31", deferral="none")
        agreement._post_award("2026-01-15")
        self.spends(agreement, 1000, "2026-03-15")
        self.year_end("2026-12-31").action_post()
        self.spends(agreement, 500, "2026-11-15")
        self.spends(agreement, 200, "2027-02-15")
        line = self.year_end("2027-12-31").line_ids
        self.assertEqual((line.opening, line.spent, line.use), (9000, 700, 700))

    def test_no_expense_for_two_years(self):
        self.grant(date_to="2027-12-31", deferral="none")._post_award("2026-01-15")
        self.year_end("2026-12-31").action_post()
        line = self.year_end("2027-12-31").line_ids
        self.assertTrue(line.idle)
        self.assertIn("annexe", line.explanation)

    def test_given_back_from_fonds_dedies(self):
        agreement = self.grant(date_to="2027-12-31", deferral="none")
        agreement._post_award("2026-01-15")
        self.year_end("2026-12-31").action_post()
        agreement._repay("2027-03-01", 400000, "Projet réduit")
        self.year_end("2027-12-31").action_post()
        lines = self.books["tierslieux.funding.dedicated"]._live()
        self.assertEqual((lines[0].repayments, lines[0].closing), (4000, 6000))
        self.assertEqual(self.balances()["194000"], -6000)

    def test_not_for_a_project(self):
        agreement = self.create_agreement("Fonctionnement", amount=500)
        agreement.state = "signed"
        agreement.with_env(self.books)._post_award("2026-01-15")
        self.assertFalse(self.year_end("2026-12-31").line_ids)

    def test_an_award_not_posted_is_told(self):
        self.grant("Oubliée")
        self.assertIn("Oubliée", self.year_end("2026-12-31").warnings)

    def test_queries_do_not_grow_with_the_projects(self):
        agreements = [
            self.grant(str(number), amount=10, date_to="2027-12-31")
            for number in range(8)
        ]
        wizard = self.books["tierslieux.funding.year.end"].new(
            {"date_to": "2026-12-31", "company_id": self.company.id}
        )

        def queries():
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            wizard._lines()
            return self.cr.sql_log_count - before

        for agreement in agreements[:2]:
            agreement._post_award("2026-01-15")
        queries()
        few = queries()
        for agreement in agreements[2:]:
            agreement._post_award("2026-01-15")
        queries()
        self.assertLessEqual(queries(), few)

    def move(self, kind, agreement, amount, date, **values):
        wizard = self.books["tierslieux.funding.dedicated.move"].create(
            {
                "kind": kind,
                "agreement_id": agreement.id,
                "amount": amount,
                "date": date,
                **values,
            }
        )
        self.assertIn(agreement._money(round(amount * 100)), wizard.explanation)
        wizard.action_post()

    def test_taken_over_from_the_books_of_before(self):
        agreement = self.grant(
            amount=20000, date_from="2025-01-01", date_to="2026-12-31"
        )
        self.move("carried", agreement, 15000, "2025-12-31")
        self.assertFalse(self.balances())
        self.assertEqual(agreement.dedicated_amount, 15000)
        self.assertFalse(agreement.to_post)
        self.assertFalse(agreement._post_award("2026-01-15"))
        with self.assertRaisesRegex(UserError, "come first, and once"):
            self.move("carried", agreement, 15000, "2025-12-31")
        self.spends(agreement, 12000, "2026-03-15")
        wizard = self.year_end("2026-12-31")
        line = wizard.line_ids
        self.assertEqual((line.opening, line.recognised), (15000, 0))
        self.assertEqual((line.use, line.report, line.closing), (12000, 0, 3000))
        # the opening entry is missing: the control says so
        self.assertIn("They differ", wizard.control)
        wizard.action_post()
        self.assertEqual(self.balances(), {"194000": 12000, "789400": -12000})
        self.assertEqual(agreement.dedicated_amount, 3000)
        agreement._repay("2027-01-15", 300000, "Solde rendu")
        self.assertEqual(agreement.dedicated_amount, 0)

    def test_taken_over_wrongly_and_again(self):
        agreement = self.grant(amount=20000, date_from="2025-01-01")
        self.move("carried", agreement, 1500, "2025-12-31")
        agreement.dedicated_ids.action_cancel_carried()
        self.assertEqual(agreement.dedicated_amount, 0)
        self.move("carried", agreement, 15000, "2025-12-31")
        self.assertEqual(agreement.dedicated_amount, 15000)
        self.year_end("2026-12-31").action_post()
        taken = agreement.dedicated_ids.filtered("carried")
        with self.assertRaisesRegex(UserError, "closed already"):
            taken.filtered(lambda one: not one.cancelled).action_cancel_carried()

    def test_handed_on_to_another_project(self):
        one, other = (
            self.grant(name, amount=amount, date_to="2027-12-31", deferral="none")
            for name, amount in (("Un", 1000), ("Autre", 500))
        )
        (one | other)._post_award("2026-01-15")
        self.year_end("2026-12-31").action_post()
        with self.assertRaisesRegex(UserError, "no more can be handed on"):
            self.move("transfer", one, 1000.01, "2027-02-01", receiver_id=other.id)
        with self.assertRaisesRegex(UserError, "closed already"):
            self.move("transfer", one, 10, "2026-12-31", receiver_id=other.id)
        self.move("transfer", one, 300, "2027-02-01", receiver_id=other.id)
        self.assertEqual((one | other).mapped("dedicated_amount"), [700, 800])
        self.spends(other, 600, "2027-03-15")
        wizard = self.year_end("2027-12-31")
        figures = {
            line.agreement_id: (line.opening, line.use, line.transfers, line.closing)
            for line in wizard.line_ids
        }
        self.assertEqual(
            figures,
            {one: (1000, 0, 300, 700), other: (500, 500, -300, 300)},
        )
        self.assertIn("They agree", wizard.control)
        self.assertIn("from other projects", wizard.line_ids[1].explanation)
        wizard.action_post()
        self.assertEqual(other.dedicated_amount, 300)
        self.assertFalse(self.postings._query_disagreements(self.company))
        # over 2027: 300 there and back on one account, 500 used
        self.assertEqual(self.balances(2027), {"194000": 500, "789400": -500})

    def test_what_was_handed_on_is_charged_and_due_elsewhere(self):
        one, other = (
            self.grant(name, amount=amount, date_to="2027-12-31", deferral="none")
            for name, amount in (("Un", 1000), ("Autre", 500))
        )
        (one | other)._post_award("2026-01-15")
        self.year_end("2026-12-31").action_post()
        one._transfer(other, "2027-02-01", 300_00, "Accord du 15 janvier")
        self.assertEqual((one | other).mapped("room_amount"), [700, 800])
        self.spends(other, 600, "2027-03-15")
        more = self.spend(500, date="2027-03-20")
        proposal = self.books["tierslieux.funding.proposal"].create(
            {
                "expense_ids": [Command.set(more.ids)],
                "agreement_ids": [Command.create({"agreement_id": other.id})],
            }
        )
        self.assertEqual(proposal.agreement_ids.asked, 200)
        proposal.action_propose()
        self.assertFalse(proposal.conflict)
        self.assertEqual(proposal.agreement_ids.due_after, 800)
        proposal.action_apply()
        self.assertEqual((other.due_amount, other.room_amount), (800, 0))
        self.assertEqual(other.consumption, 100)
        [claim] = other._claims(extra={other: {None: 1}}).values()
        self.assertEqual((claim.due, claim.limit), (800_00, "award"))
        changes = other._award_changes()[other]
        self.assertIn("from other projects", other._claim_sentence(claim, changes))
        # 300 of the 800 came with what was handed on, 500 is to come of the funder
        rows = self.books["tierslieux.funding.dashboard"]._rows(one | other)
        self.assertEqual(rows[other]["claimable"], 500_00)
        with self.assertRaisesRegex(UserError, "the award is"), self.cr.savepoint():
            self.spends(one, 700.01, "2027-04-15")
        self.spends(one, 700, "2027-04-16")
        [claim] = one._claims(extra={one: {None: 1}}).values()
        changes = one._award_changes()[one]
        self.assertIn("handed on to other", one._claim_sentence(claim, changes))
        self.assertEqual((one.due_amount, one.room_amount), (700, 0))
        self.assertEqual(
            self.books["tierslieux.funding.dashboard"]._rows(one)[one]["claimable"],
            1000_00,
        )
