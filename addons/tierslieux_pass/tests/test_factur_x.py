# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import subprocess
import sys

from lxml import etree

from odoo.tests import tagged

from .common_close import OCTOBER, SEPTEMBER, CloseCommon

# In a process of its own: under Odoo's import hooks the library does not find its data.
CHECK = """
import sys
from facturx import get_level, xml_check_xsd
from lxml import etree
content = sys.stdin.buffer.read()
xml_check_xsd(content, flavor="factur-x")
print(get_level(etree.fromstring(content)))
"""
SUMS = "ram:SpecifiedTradeSettlementHeaderMonetarySummation"


@tagged("post_install", "-at_install")
class TestFacturX(CloseCommon):
    """Invoices of members and of venues as their electronic form tells them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ancre.partner_id.write(cls.address("FR23334175221"))
        cls.brique.partner_id.write(cls.address(False, "44229377500031"))

    @classmethod
    def address(cls, vat, siret=False):
        return {
            "street": "3 rue du Port",
            "zip": "69002",
            "city": "Lyon",
            "country_id": cls.env.ref("base.fr").id,
            "vat": vat,
            "company_registry": siret,
        }

    def made(self, move):
        """The file of an invoice, once the job has made it."""
        close = self.closed.with_context(force_report_rendering=True)
        close._make_documents(move.ids)
        move.invalidate_recordset()
        self.assertTrue(move.invoice_pdf_report_id.raw.startswith(b"%PDF"))
        return etree.fromstring(move.ubl_cii_xml_id.raw)

    def assert_says(self, tree, move, kind):
        """It is valid, of its level, and its amounts are those of the invoice."""
        checked = subprocess.run(
            [sys.executable, "-c", CHECK],
            input=etree.tostring(tree),
            capture_output=True,
            timeout=60,
        )
        self.assertEqual(checked.returncode, 0, checked.stderr.decode()[-1500:])
        self.assertEqual(checked.stdout.decode().strip(), "extended")
        self.assertEqual(self.text(tree, "rsm:ExchangedDocument/ram:TypeCode"), kind)
        self.assertEqual(self.text(tree, "rsm:ExchangedDocument/ram:ID"), move.name)
        for name, amount in (
            ("LineTotalAmount", move.amount_untaxed),
            ("TaxBasisTotalAmount", move.amount_untaxed),
            ("TaxTotalAmount", move.amount_tax),
            ("GrandTotalAmount", move.amount_total),
            ("TotalPrepaidAmount", move.amount_total - move.amount_residual),
            ("DuePayableAmount", move.amount_residual),
        ):
            self.assertEqual(self.text(tree, f".//{SUMS}/ram:{name}"), f"{amount:.2f}")
        lines = tree.findall(
            ".//ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount",
            tree.nsmap,
        )
        self.assertEqual(
            [line.text for line in lines],
            [f"{line.price_subtotal:.2f}" for line in move.invoice_line_ids],
        )
        taxes = tree.findall(
            ".//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax", tree.nsmap
        )
        for name, amount in (
            ("BasisAmount", move.amount_untaxed),
            ("CalculatedAmount", move.amount_tax),
        ):
            told = sum(
                float(tax.findtext(f"ram:{name}", 0, tree.nsmap)) for tax in taxes
            )
            self.assertAlmostEqual(told, amount, 9)
        for name in tree.iterfind(".//ram:SpecifiedTradeProduct", tree.nsmap):
            self.assertTrue(name.findtext("ram:Name", "", tree.nsmap))

    def text(self, tree, path):
        return tree.findtext(path, None, tree.nsmap)

    def party(self, tree, role):
        return self.text(tree, f".//ram:{role}TradeParty/ram:Name")

    def test_members_and_venues(self):
        self.visit_month(SEPTEMBER)
        self.closed = self.close(SEPTEMBER)
        jobs = self.env["queue.job"].search([("method_name", "=", "_make_documents")])
        bills = self.closed._moves("in_invoice")
        members = self.closed._moves("out_invoice")
        self.assertEqual(len(bills), 2)
        self.assertEqual(
            set(sum((list(job.args[0]) for job in jobs), [])),
            set((bills | members).ids),
        )
        for move in members:
            tree = self.made(move)
            self.assert_says(tree, move, "380")
            self.assertEqual(self.party(tree, "Seller"), self.company.name)
            self.assertEqual(self.party(tree, "Buyer"), move.partner_id.name)
        for move in bills:
            tree = self.made(move)
            self.assert_says(tree, move, "389")
            self.assertEqual(self.party(tree, "Seller"), move.partner_id.name)
            self.assertEqual(self.party(tree, "Buyer"), self.company.name)
            self.assertEqual(self.party(tree, "ShipTo"), self.company.name)
            self.assertIn(
                "Autofacturation" if move.partner_id.lang == "fr_FR" else "289",
                self.text(tree, ".//ram:IncludedNote/ram:Content"),
            )
            iban = ".//ram:PayeePartyCreditorFinancialAccount/ram:IBANID"
            self.assertEqual(
                self.text(tree, iban), move.partner_bank_id.sanitized_acc_number
            )
        of = {move.partner_id: move for move in bills}
        liable = self.made(of[self.ancre.partner_id])
        tax = ".//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/"
        self.assertEqual(self.text(liable, f"{tax}ram:CategoryCode"), "S")
        number = ".//ram:SellerTradeParty/ram:SpecifiedTaxRegistration/ram:ID"
        self.assertEqual(self.text(liable, number), "FR23334175221")
        free = self.made(of[self.brique.partner_id])
        self.assertEqual(self.text(free, f"{tax}ram:CategoryCode"), "E")
        self.assertEqual(
            self.text(free, f"{tax}ram:ExemptionReasonCode"), "VATEX-FR-FRANCHISE"
        )
        self.assertIsNone(self.text(free, number))
        number = ".//ram:SellerTradeParty/ram:SpecifiedLegalOrganization/ram:ID"
        self.assertEqual(self.text(free, number), "44229377500031")

    def test_credit_notes(self):
        """A month in which a venue's corrections exceed what it earns."""
        self.visit_month(SEPTEMBER)
        self.close(SEPTEMBER)
        for visit in self.env["tierslieux.visit"].search(
            [("venue_id", "=", self.brique.id), ("pass_id", "=", self.bea.id)]
        ):
            visit._correct("Erreur", void=True)
        self.closed = self.close(OCTOBER)
        refund = self.closed._moves("in_refund")
        self.assertEqual(refund.partner_id, self.brique.partner_id)
        tree = self.made(refund)
        self.assert_says(tree, refund, "261")
        self.assertEqual(self.party(tree, "Seller"), refund.partner_id.name)
        self.assertEqual(self.party(tree, "Buyer"), self.company.name)

    def test_a_network_that_is_not_liable(self):
        self.company.write({"vat": False, "company_registry": "55203253400059"})
        self.product.taxes_id = self.env["account.tax"].create(
            {
                "name": "0 %, art. 261-7-1° du CGI",
                "type_tax_use": "sale",
                "amount": 0,
                "ubl_cii_tax_category_code": "E",
                "ubl_cii_tax_exemption_reason_code": "VATEX-EU-132-1L",
            }
        )
        self.visit_month(SEPTEMBER)
        self.closed = self.close(SEPTEMBER)
        self.assertNotIn("VAT", str(self.closed.problems))
        move = self.closed._moves("out_invoice")[0]
        self.assertFalse(move.amount_tax)
        tree = self.made(move)
        self.assert_says(tree, move, "380")
        number = ".//ram:SellerTradeParty/ram:SpecifiedLegalOrganization/ram:ID"
        self.assertEqual(self.text(tree, number), "55203253400059")
        category = (
            ".//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax"
            "/ram:CategoryCode"
        )
        self.assertEqual(self.text(tree, category), "E")

    def test_a_seller_without_a_number(self):
        self.brique.partner_id.company_registry = False
        self.visit_month(SEPTEMBER)
        self.closed = self.close(SEPTEMBER)
        self.assertIn("Factur-X", str(self.closed.problems))
        self.assertNotIn("Ancre", str(self.closed.problems).partition("Factur-X")[0])
        bill = self.closed._moves("in_invoice").filtered(
            lambda move: move.partner_id == self.brique.partner_id
        )
        close = self.closed.with_context(force_report_rendering=True)
        close._make_documents(bill.ids)
        self.assertTrue(bill.invoice_pdf_report_id.raw.startswith(b"%PDF"))
        self.assertFalse(bill.ubl_cii_xml_id, "a document, and no false electronic one")
