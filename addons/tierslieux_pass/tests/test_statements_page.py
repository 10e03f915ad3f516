# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from .common_close import SEPTEMBER, CloseCommon


@tagged("post_install", "-at_install")
class TestStatementsPage(CloseCommon, HttpCase):
    """A manager reads the statements of the venues managed, and of no other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.env["res.users"].create(
            {
                "name": "desk",
                "login": "desk",
                "password": "desk-of-ancre",
                "group_ids": cls.env.ref("base.group_portal")
                | cls.env.ref("tierslieux_network.group_venue_manager"),
            }
        )
        cls.ancre.manager_ids = cls.manager
        cls.visit_month(SEPTEMBER)
        cls.closed = cls.close(SEPTEMBER)

    def statement(self, venue):
        return self.closed.statement_ids.filtered(lambda s: s.venue_id == venue)

    def test_own_statement_and_its_files(self):
        self.manager.lang = "fr_FR"
        self.authenticate("desk", "desk-of-ancre")
        address = f"/my/venues/{self.ancre.id}/statements"
        page = self.url_open(address)
        self.assertEqual(page.status_code, 200)
        mine = self.statement(self.ancre)
        self.assertIn(f"{mine.due_amount:.2f}".replace(".", ","), page.text)
        self.assertNotIn("Ada", page.text)
        for one in self.closed.settlement_ids:
            folder = f"{address}/{mine.id}/{one.id}"
            visits = self.url_open(f"{folder}/VISITS.csv")
            self.assertEqual(visits.status_code, 200)
            self.assertEqual(visits.text, one._visits_csv())
            self.assertNotIn("Ada", visits.text)
            # Everybody was there on the first seven days, from midnight on
            self.assertNotIn("T08:00", visits.text)
            self.assertNotIn("2026-09-08", visits.text)
            self.assertEqual(self.url_open(f"{folder}/RULES.json").json(), one.rules)

    def test_statement_as_a_document(self):
        self.manager.lang = "fr_FR"
        self.authenticate("desk", "desk-of-ancre")
        mine = self.statement(self.ancre)
        document = self.url_open(
            f"/my/venues/{self.ancre.id}/statements/{mine.id}/statement.pdf"
        )
        self.assertEqual(document.status_code, 200)
        self.assertEqual(document.headers["Content-Type"], "application/pdf")
        report = self.env["ir.actions.report"].with_user(self.manager).sudo()
        html, _type = report._render_qweb_html(
            "tierslieux_pass.report_statement", mine.ids
        )
        text = html.decode()
        bill = mine._bill()
        self.assertEqual(bill.amount_untaxed, mine.due_amount)
        for amount in (mine.due_amount, bill.amount_tax, bill.amount_total):
            self.assertIn(f"{amount:.2f}".replace(".", ","), text)
        self.assertIn("settle VISITS.csv", text)
        self.assertNotIn("Ada", text)
        self.assertFalse(self.statement(self.cap)._bill())

    def test_guessed_numbers(self):
        self.authenticate("desk", "desk-of-ancre")
        mine, other = self.statement(self.ancre), self.statement(self.brique)
        settled = self.closed.settlement_ids[0]
        for address in (
            f"/my/venues/{self.brique.id}/statements",
            f"/my/venues/{self.ancre.id}/statements/{other.id}/{settled.id}/RULES.json",
            f"/my/venues/{self.brique.id}/statements/{other.id}/{settled.id}/VISITS.csv",
            f"/my/venues/{self.ancre.id}/statements/{mine.id}/0/VISITS.csv",
            f"/my/venues/{self.ancre.id}/statements/{other.id}/statement.pdf",
            f"/my/venues/{self.brique.id}/statements/{other.id}/statement.pdf",
        ):
            with self.subTest(address):
                self.assertEqual(self.url_open(address).status_code, 404)
