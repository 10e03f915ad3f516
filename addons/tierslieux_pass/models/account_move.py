# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from odoo import fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


class AccountMove(models.Model):
    """An entry of the pass knows the month it was made by."""

    _inherit = "account.move"

    pass_close_id = fields.Many2one(
        "tierslieux.pass.close",
        string="Month of the pass",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    pass_venue_id = fields.Many2one(
        "tierslieux.venue",
        string="Venue of the pass",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The venue that this is owed to, or owed by.",
    )

    def _is_self_bill(self):
        """Drawn up in a venue's name: the network is the customer, not the seller."""
        return bool(self.pass_close_id and self.journal_id.is_self_billing)

    def _ensure_document(self):
        """The document of an invoice of the pass that is read before its job has run.
        Without it the core shows a pro forma of what is a posted invoice."""
        self.ensure_one()
        if not self.pass_close_id or self.state != "posted":
            return
        if self.invoice_pdf_report_id:
            return
        try:
            with self.env.cr.savepoint():
                # sudo: whoever may read an invoice may have it as a document
                close = self.sudo().pass_close_id
                # In a page, the website would mark each value with where it comes from,
                # in the electronic form as well
                close = close.with_context(
                    inherit_branding=False, inherit_branding_auto=False
                )
                close._make_documents(self.ids)
        except UserError:
            # What the network lacks for it is told to the treasurer, on the close
            _logger.info("No document of invoice %s yet", self.id)

    def _get_invoice_legal_documents_all(self, allow_fallback=False):
        # One file to open on a phone: its electronic form is inside
        if self.pass_close_id and self.invoice_pdf_report_id:
            return [self._get_invoice_legal_documents("pdf")]
        return super()._get_invoice_legal_documents_all(allow_fallback)

    def _make_self_bill(self):
        """PDF and Factur-X, kept like those of the invoices that the core sends: the
        core does so for sales only."""
        self.ensure_one()
        send = self.env["account.move.send"]
        data = {"pdf_report": self.env.ref("account.account_invoices")}
        send._prepare_invoice_pdf_report({self: data})
        builder = self.env["tierslieux.self.bill.xml"]
        content, errors = builder._export_invoice(self)
        if not errors:
            data["ubl_cii_xml_options"] = {
                "ubl_cii_format": "facturx",
                "builder": builder,
            }
            data["ubl_cii_xml_attachment_values"] = {
                "name": builder._export_invoice_filename(self),
                "raw": content,
                "mimetype": "application/xml",
                "res_model": self._name,
                "res_id": self.id,
                "res_field": "ubl_cii_xml_file",
            }
            send._hook_invoice_document_after_pdf_report_render(self, data)
        send._link_invoice_documents({self: data})

    def _get_name_invoice_report(self):
        if self._is_self_bill():
            return "tierslieux_pass.report_self_bill"
        return super()._get_name_invoice_report()
