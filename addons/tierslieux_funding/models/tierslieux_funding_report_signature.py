# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class FundingReportSignature(models.Model):
    """Somebody certifies a report as it was drawn up."""

    _name = "tierslieux.funding.report.signature"
    _description = "Signature of a financial report"
    _inherit = ["tierslieux.append.only"]
    _rec_name = "name"

    report_id = fields.Many2one(
        "tierslieux.funding.report", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(
        related="report_id.company_id", store=True, precompute=True, index=True
    )
    name = fields.Char(string="First and last name", required=True)
    quality = fields.Char(required=True, help="As whom: chair, treasurer…")
    place = fields.Char(required=True)
    date = fields.Date(required=True)
    digest = fields.Char(required=True, help="SHA-256 of the content that was signed.")
    xlsx = fields.Binary(string="Spreadsheet", required=True)
    pdf = fields.Binary(string="PDF", required=True)

    _once = models.UniqueIndex("(report_id)", "This report is signed already.")

    @api.constrains("report_id", "digest")
    def _check_digest(self):
        for signature in self:
            if signature.digest != signature.report_id.digest:
                raise ValidationError(
                    self.env._("Only a report that is drawn up can be signed.")
                )
