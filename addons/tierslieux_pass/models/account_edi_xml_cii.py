# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class AccountEdiXmlCii(models.AbstractModel):
    _inherit = "account.edi.xml.cii"

    def _export_invoice_constraints(self, invoice, vals):
        constraints = super()._export_invoice_constraints(invoice, vals)
        # The standard asks for one identifier of the seller (BR-CO-26). An association
        # that is not liable to VAT has no VAT number: its SIRET is one.
        if not invoice.amount_tax and invoice.company_id.company_registry:
            constraints["seller_identifier"] = None
        return constraints
