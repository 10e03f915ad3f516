# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class FundingSource(models.Model):
    _inherit = "tierslieux.funding.source"

    line_id = fields.Many2one(
        "tierslieux.funding.category",
        string="Line of the report",
        ondelete="restrict",
        domain="[('side', '=', 'product')]",
        help="Where what this source gives stands in a financial report.",
    )


class FundingAgreement(models.Model):
    _inherit = "tierslieux.funding.agreement"

    line_id = fields.Many2one(
        "tierslieux.funding.category",
        string="Line of the report",
        compute="_compute_line_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        domain="[('side', '=', 'product')]",
        help="Where the grant stands in a financial report: State, region, commune…",
    )
    report_ids = fields.One2many("tierslieux.funding.report", "agreement_id")

    @api.depends("source_id")
    def _compute_line_id(self):
        for agreement in self:
            agreement.line_id = agreement.line_id or agreement.source_id.line_id
