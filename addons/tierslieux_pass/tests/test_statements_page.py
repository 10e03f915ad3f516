# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import re
import unittest
from datetime import timedelta

import openpyxl

from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.tierslieux_network.tests.recalculate import (
    SOFFICE,
    recalculated,
    stored,
)

from .common_close import SEPTEMBER, CloseCommon


def summed(sheet, formula):
    """What ``=SUM(A1:B2)`` gives, from what the cells hold."""
    (cells,) = re.fullmatch(r"=SUM\((\w+:\w+)\)", formula).groups()
    values = [number(cell.value) for row in sheet[cells] for cell in row]
    return sum(value for value in values if value is not None)


def number(value):
    """A duration as the part of a day that a spreadsheet keeps."""
    return value / timedelta(days=1) if isinstance(value, timedelta) else value


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

    def test_spreadsheet_reckons_what_it_stores(self):
        self.manager.lang = "fr_FR"
        self.authenticate("desk", "desk-of-ancre")
        mine = self.statement(self.ancre)
        file = self.url_open(
            f"/my/venues/{self.ancre.id}/statements/{mine.id}/statement.xlsx"
        )
        self.assertEqual(file.status_code, 200)
        self.assertIn("spreadsheetml", file.headers["Content-Type"])
        formulas = openpyxl.load_workbook(io.BytesIO(file.content)).active
        stored = openpyxl.load_workbook(io.BytesIO(file.content), data_only=True).active
        reckoned = {
            cell.coordinate: summed(stored, cell.value)
            for row in formulas
            for cell in row
            if cell.data_type == "f"
        }
        self.assertGreater(len(reckoned), 5)
        for place, amount in reckoned.items():
            self.assertAlmostEqual(number(stored[place].value), amount, 9, place)
        totals = {row[0].value: row[6].value for row in stored if row[6].value}
        self.assertEqual(totals["Dû, HT"], mine.due_amount)
        bill = mine._bill()
        self.assertEqual(totals[f"Facture {bill.name}, TTC"], bill.amount_total)
        self.assertNotIn("Ada", str([cell.value for row in stored for cell in row]))

    @unittest.skipUnless(SOFFICE, "LibreOffice is not installed")
    def test_spreadsheet_as_libreoffice_reckons_it(self):
        reports = self.env["ir.actions.report"]
        content, _kind = reports._render_xlsx(
            "tierslieux_pass.report_statement_xlsx", self.statement(self.ancre).ids, {}
        )
        kept, reckoned = stored(content), recalculated(content)
        self.assertEqual(kept.keys(), reckoned.keys())
        self.assertGreater(len(kept), 5)
        for place, value in kept.items():
            self.assertAlmostEqual(number(value), number(reckoned[place]), 9, place)

    def test_invoice_drawn_up_for_the_venue(self):
        self.authenticate("desk", "desk-of-ancre")
        address = f"/my/venues/{self.ancre.id}/statements"
        mine = self.statement(self.ancre)
        bill = mine._bill()
        self.assertIn(bill.name, self.url_open(address).text)
        file = self.url_open(f"{address}/{mine.id}/invoice.pdf")
        self.assertEqual(file.headers["Content-Type"], "application/pdf")
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "account.report_invoice_with_payments", bill.ids
        )
        text = html.decode()
        for words in (
            bill.name,
            self.ancre.name,
            self.company.name,
            "Autofacturation, art. 289 du CGI",
            f"{bill.amount_total:.2f}".replace(".", ","),
        ):
            self.assertIn(words, text)

    def test_invoices_of_venues_have_a_sequence_each(self):
        bills = (self.statement(self.ancre) | self.statement(self.brique)).move_id
        journal = bills.journal_id
        self.assertTrue(journal.is_self_billing)
        self.assertEqual(bills.mapped("sequence_number"), [1, 1])
        self.assertEqual(len(set(bills.mapped("sequence_prefix"))), 2)
        members = self.closed._moves("out_invoice").journal_id
        self.assertEqual(members, self.company.pass_sale_journal_id)

    def test_invoice_from_its_link(self):
        """Whoever has the link sees the invoice and may pay it, and no other."""
        invoice, other = self.closed._moves("out_invoice")[:2]
        invoice._portal_ensure_token()
        page = self.url_open(invoice.get_portal_url(), allow_redirects=False)
        self.assertEqual(page.status_code, 200)
        self.assertIn(invoice.name, page.text)
        paying = re.findall(r'data-access-token="([^"]*)"', page.text)
        self.assertEqual(set(paying) - {invoice.access_token}, set())
        self.assertNotIn('role="alert"', page.text)
        payment = self.env["payment.transaction"].create(
            {
                "provider_id": self.env["payment.provider"]
                .create({"name": "Card", "code": "none"})
                .id,
                "payment_method_id": self.env.ref("payment.payment_method_unknown").id,
                "reference": "given up",
                "amount": invoice.amount_residual,
                "currency_id": invoice.currency_id.id,
                "partner_id": invoice.partner_id.id,
                "state": "cancel",
                "invoice_ids": invoice.ids,
            }
        )
        page = self.url_open(invoice.get_portal_url(), allow_redirects=False)
        self.assertIn('role="alert"', page.text, "a payment that failed is told")
        payment.state = "done"
        with (
            mute_logger("odoo.http"),
            self.assertRaisesRegex(JsonRpcException, "ValidationError"),
        ):
            self.make_jsonrpc_request(
                f"/invoice/transaction/{invoice.id}",
                {"access_token": invoice.access_token},
            )
        address = invoice.get_portal_url().replace(str(invoice.id), str(other.id), 1)
        for refused in (address, f"/my/invoices/{invoice.id}"):
            page = self.url_open(refused, allow_redirects=False)
            self.assertEqual(page.status_code, 303, refused)

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
            f"/my/venues/{self.ancre.id}/statements/{other.id}/statement.xlsx",
            f"/my/venues/{self.ancre.id}/statements/{other.id}/invoice.pdf",
            f"/my/venues/{self.ancre.id}/statements/{mine.id}/other.pdf",
            f"/my/venues/{self.brique.id}/statements/{other.id}/invoice.pdf",
        ):
            with self.subTest(address):
                self.assertEqual(self.url_open(address).status_code, 404)
