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
            self.assertEqual(self.url_open(f"{folder}/RULES.json").json(), one.rules)

    def test_guessed_numbers(self):
        self.authenticate("desk", "desk-of-ancre")
        mine, other = self.statement(self.ancre), self.statement(self.brique)
        settled = self.closed.settlement_ids[0]
        for address in (
            f"/my/venues/{self.brique.id}/statements",
            f"/my/venues/{self.ancre.id}/statements/{other.id}/{settled.id}/RULES.json",
            f"/my/venues/{self.brique.id}/statements/{other.id}/{settled.id}/VISITS.csv",
            f"/my/venues/{self.ancre.id}/statements/{mine.id}/0/VISITS.csv",
        ):
            with self.subTest(address):
                self.assertEqual(self.url_open(address).status_code, 404)
