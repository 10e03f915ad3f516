# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_books import BooksCommon


@tagged("post_install", "-at_install")
class TestGivenBack(BooksCommon):
    """What is given back to a funder is neither due nor claimable any more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project = cls.grant(
            amount=1000,
            deferral="none",
            line_id=cls.env.ref("tierslieux_funding.category_74e").id,
        )
        cls.tranche = cls.env["tierslieux.funding.tranche"].create(
            {"agreement_id": cls.project.id, "name": "Acompte", "kind": "balance"}
        )
        cls.project._post_award("2026-01-15")
        cls.spends(cls.project, 500, "2026-03-15")

    def dashboard(self):
        return self.books["tierslieux.funding.dashboard"]._rows(self.project)[
            self.project
        ]

    def report(self):
        report = self.env["tierslieux.funding.report"].create(
            {"agreement_id": self.project.id, "posted_until": "2026-12-31"}
        )
        content = report._content()
        return content, {one["code"]: one for one in content["controls"]}

    def test_what_was_never_claimed(self):
        self.project._repay("2026-06-01", 400_00, "Projet réduit")
        self.assertEqual(
            (self.project.room_amount, self.project.due_amount), (100, 500)
        )
        self.assertEqual(self.project.secured_amount, 600)
        self.assertEqual(self.dashboard()["secured"], 600_00)
        self.assertEqual(self.dashboard()["claimable"], 500_00)
        with self.assertRaisesRegex(UserError, "the award is"), self.cr.savepoint():
            self.spends(self.project, 100.01, "2026-06-15")
        more = self.spend(300, date="2026-06-16")
        proposal = self.books["tierslieux.funding.proposal"].create(
            {
                "expense_ids": [Command.set(more.ids)],
                "agreement_ids": [Command.create({"agreement_id": self.project.id})],
            }
        )
        self.assertEqual(proposal.agreement_ids.asked, 100)
        proposal.action_propose()
        proposal.action_apply()
        self.assertEqual((self.project.room_amount, self.project.due_amount), (0, 600))
        self.assertEqual(self.project.consumption, 100)
        content, controls = self.report()
        grant = content["grant"]
        self.assertEqual(
            (grant["award"], grant["given_back"], grant["returned"], grant["due"]),
            (600_00, 400_00, 0, 600_00),
        )
        self.assertTrue(controls["consumed"]["passed"])

    def test_what_was_received_and_goes_back(self):
        self.tranche.received_amount = 1000
        _content, controls = self.report()
        # 500 of the 1 000 received is not spent
        self.assertFalse(controls["consumed"]["passed"])
        self.assertIn(self.project._money(500_00), controls["consumed"]["sentence"])
        self.project._repay("2026-06-01", 500_00, "Projet réduit")
        content, controls = self.report()
        self.assertTrue(controls["consumed"]["passed"])
        self.assertTrue(controls["received"]["passed"])
        self.assertEqual(content["grant"]["returned"], 500_00)
        self.assertEqual(self.project.due_amount, 500)
        self.assertEqual(self.dashboard()["claimable"], 0)

    def test_what_was_called_and_never_came(self):
        """Called in full, half paid: what is given back closes the call and is not
        late."""
        self.tranche.expected_on = "2026-09-01"
        self.tranche.with_env(self.books).action_call()
        self.assertEqual(self.dashboard()["late"], 1000_00)
        self.tranche.received_amount = 500
        self.project._repay("2026-10-02", 400_00, "Projet réduit")
        self.assertEqual(self.tranche.call_line_id.amount_residual, 600)
        row = self.dashboard()
        self.assertEqual((row["late"], row["claimable"]), (100_00, 0))

    def test_more_is_charged_than_is_left(self):
        """What is given back of expenses that are charged is uncharged first."""
        self.project._repay("2026-06-01", 600_00, "Dépenses refusées")
        self.assertEqual(
            (self.project.room_amount, self.project.due_amount), (-100, 400)
        )
        self.assertIn("given back", self.project.claim_sentence)
        content, controls = self.report()
        self.assertEqual(content["grant"]["due"], 400_00)
        self.assertFalse(controls["due"]["passed"])

    def test_a_report_reads_it_until_its_day(self):
        self.project._repay("2027-02-01", 400_00, "Projet réduit")
        content, _controls = self.report()
        self.assertEqual(content["grant"]["award"], 1000_00)
        self.assertEqual(self.project.room_amount, 100)

    def test_an_entry_undone(self):
        posting = self.project._repay("2026-06-01", 400_00, "Projet réduit")
        posting._reverse("2026-06-02", "Erreur")
        self.assertEqual(
            (self.project.room_amount, self.project.due_amount), (500, 500)
        )
        self.assertEqual(self.project.secured_amount, 1000)

    def test_what_was_handed_on_is_not_there_to_give_back(self):
        other = self.grant("Autre", amount=100, date_to="2027-12-31", deferral="none")
        one = self.grant("Un", amount=300, date_to="2027-12-31", deferral="none")
        (one | other)._post_award("2026-01-15")
        self.year_end("2026-12-31").action_post()
        one._transfer(other, "2027-02-01", 300_00, "Accord")
        with self.assertRaisesRegex(UserError, "can be given back"):
            one._repay("2027-03-01", 1, "Trop")
        other._repay("2027-03-01", 400_00, "Tout est rendu")
        self.assertEqual((one | other).mapped("room_amount"), [0, 0])
        self.assertEqual((one | other).mapped("dedicated_amount"), [0, 0])

    def test_a_funder_reads_it(self):
        self.project._repay("2026-06-01", 400_00, "Projet réduit")
        [card] = self.project.with_user(self.funder_user)._portal_cards()
        self.assertEqual(card["given_back"], 400)
