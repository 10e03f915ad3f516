# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import csv
import io
import re
from collections import defaultdict
from decimal import Decimal

from odoo.tests import new_test_user, tagged

from .common import AssociationCase

#: Article A47 A-1 of the Livre des procédures fiscales, VII
COLUMNS = (
    "JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum "
    "CompAuxLib PieceRef PieceDate EcritureLib Debit Credit EcritureLet DateLet "
    "ValidDate Montantdevise Idevise"
).split()


@tagged("post_install", "-at_install")
class TestFec(AssociationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # a first year: a fee, a grant put aside, hours of volunteers; a surplus of 300
        cls.post("2024-02-01", ("512100", 300), ("756100", -300))
        cls.post("2024-03-01", ("441000", 1000), ("741000", -1000))
        cls.post("2024-12-31", ("689400", 1000), ("194000", -1000))
        cls.post(
            "2024-12-31", ("864000", 480), ("875000", -480), journal=cls.off_balance
        )
        # a second one: the surplus goes to the project, the funds are used
        cls.post("2025-05-01", ("120000", 300), ("106800", -300))
        cls.post("2025-06-01", ("622600", 1000), ("512100", -1000))
        cls.post("2025-06-01", ("512100", 1000), ("441000", -1000))
        cls.post("2025-12-31", ("194000", 1000), ("789400", -1000))
        cls.post(
            "2025-12-31", ("864000", 120), ("875000", -120), journal=cls.off_balance
        )

    def _wizard(self, year, user=None):
        wizards = self.env["l10n_fr.fec.export.wizard"]
        return wizards.with_user(user or self.env.user).create(
            {
                "date_from": f"{year}-01-01",
                "date_to": f"{year}-12-31",
                "test_file": True,
            }
        )

    def _rows(self, year):
        content = self._wizard(year).generate_fec()["file_content"].decode()
        reader = csv.DictReader(io.StringIO(content), delimiter="|")
        self.assertEqual(reader.fieldnames, COLUMNS)
        return list(reader)

    def test_whoever_manages_the_books_draws_it(self):
        """The treasurer of a network: no screen gives the core's group."""
        user = new_test_user(
            self.env,
            "fec",
            "base.group_user,account.group_account_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.assertFalse(user.has_group("account.group_account_user"))
        menu = self.env.ref("l10n_fr_association.fec_export_wizard_menu")
        self.assertIn(menu.id, menu.with_user(user)._visible_menu_ids())
        action = self._wizard("2025", user).create_fec_report_action()
        self.assertIn("/web/content/", action["url"])
        final = self._wizard("2025", user)
        final.test_file = False
        final.create_fec_report_action()
        self.assertEqual(str(self.company.fiscalyear_lock_date), "2025-12-31")

    @staticmethod
    def _amount(row, column):
        return Decimal(row[column].strip().replace(",", "."))

    def _balances(self, rows, key):
        balances = defaultdict(Decimal)
        for row in rows:
            balances[row[key]] += self._amount(row, "Debit")
            balances[row[key]] -= self._amount(row, "Credit")
        return balances

    def test_a_valid_file(self):
        for year in (2024, 2025):
            rows = self._rows(year)
            self.assertTrue(rows)
            self.assertFalse(any(self._balances(rows, "EcritureNum").values()))
            for row in rows:
                self.assertEqual(len(row), 18)
                self.assertRegex(row["CompteNum"], r"^[1-8]\d{5}$")
                for column in ("EcritureDate", "PieceDate", "ValidDate"):
                    self.assertRegex(row[column], rf"^{year}\d\d\d\d$")
                for column in (
                    "JournalCode",
                    "JournalLib",
                    "EcritureNum",
                    "CompteLib",
                    "PieceRef",
                    "EcritureLib",
                ):
                    self.assertTrue(row[column], column)
                for column in ("Debit", "Credit"):
                    self.assertTrue(re.fullmatch(r"\s*\d+,\d\d", row[column]))

    def test_the_result_opens_the_next_year(self):
        opening = [row for row in self._rows(2025) if row["JournalCode"] == "OUV"]
        self.assertEqual(
            dict(self._balances(opening, "CompteNum")),
            {"512100": 300, "441000": 1000, "194000": -1000, "120000": -300},
        )

    def test_class_8_is_of_its_year(self):
        for year, hours in ((2024, 480), (2025, 120)):
            balances = self._balances(self._rows(year), "CompteNum")
            self.assertEqual(balances["864000"], hours)
            self.assertEqual(balances["875000"], -hours)

    def test_without_the_journal_of_contributions(self):
        wizard = self._wizard(2025)
        wizard.excluded_journal_ids = self.off_balance
        self.assertNotIn("864000", wizard.generate_fec()["file_content"].decode())

    def test_download(self):
        wizard = self._wizard(2025)
        action = wizard.create_fec_report_action()
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", wizard._name), ("res_id", "=", wizard.id)]
        )
        self.assertEqual(attachment.raw, wizard.generate_fec()["file_content"])
        self.assertIn(f"/{attachment.id}?", action["url"])
        self.assertFalse(self.company.fiscalyear_lock_date)
