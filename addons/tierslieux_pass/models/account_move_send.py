# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ..report.pdf_a import completed


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    def _hook_invoice_document_after_pdf_report_render(self, invoice, invoice_data):
        super()._hook_invoice_document_after_pdf_report_render(invoice, invoice_data)
        options = invoice_data.get("ubl_cii_xml_options", {})
        values = invoice_data.get("pdf_attachment_values")
        if options.get("ubl_cii_format") == "facturx" and values:
            metadata = self.env["ir.qweb"]._render(
                "account_edi_ubl_cii.account_invoice_pdfa_3_facturx_metadata",
                {"title": invoice.name, "date": fields.Date.context_today(self)},
            )
            # Level A would promise a document tagged for reading aloud
            metadata = str(metadata).replace("conformance>A<", "conformance>B<")
            values["raw"] = completed(values["raw"], metadata.encode())
