# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from lxml import etree

from odoo import models

# UNTDID 1001: invoice and credit note that the customer draws up
TYPE_CODES = {"in_invoice": "389", "in_refund": "261"}


class SelfBillXml(models.AbstractModel):
    """Factur-X of an invoice drawn up in a venue's name. The core writes the company as
    the seller; here the venue sells, and the company buys."""

    _name = "tierslieux.self.bill.xml"
    _description = "Factur-X of an invoice drawn up for a venue"
    _inherit = ["account.edi.xml.cii"]

    def _export_invoice(self, invoice):
        content, errors = super()._export_invoice(invoice)
        tree = etree.fromstring(content)
        seller = tree.find(".//{*}SellerTradeParty")
        buyer = tree.find(".//{*}BuyerTradeParty")
        seller.tag, buyer.tag = buyer.tag, seller.tag
        seller.addprevious(buyer)
        # What is sold is no product of the company: the label is its name
        for item in tree.iterfind(".//{*}SpecifiedTradeProduct"):
            if item.find("{*}Name") is None:
                label = item.find("{*}Description")
                label.tag = label.tag.replace("Description", "Name")
        return (
            etree.tostring(tree, xml_declaration=True, encoding="UTF-8"),
            errors,
        )

    def _export_invoice_vals(self, invoice):
        return {
            **super()._export_invoice_vals(invoice),
            "ship_to_trade_party": invoice.company_id.partner_id,
        }

    def _get_exchanged_document_vals(self, invoice):
        return {
            **super()._get_exchanged_document_vals(invoice),
            "type_code": TYPE_CODES[invoice.move_type],
        }

    def _export_invoice_constraints(self, invoice, vals):
        seller = invoice.commercial_partner_id
        numbers = ["vat"] if invoice.amount_tax else ["vat", "company_registry"]
        return {
            **self._invoice_constraints_common(invoice),
            "seller_postal_address": self._check_required_fields(seller, "country_id"),
            "seller_identifier": self._check_required_fields(seller, numbers),
            "tax_invoice_line": self._check_required_tax(vals),
        }
