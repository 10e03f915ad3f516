# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class FundingReportSign(models.TransientModel):
    """Certify a report as it was drawn up: who, as whom, where and when."""

    _name = "tierslieux.funding.report.sign"
    _description = "Sign a financial report"

    report_id = fields.Many2one(
        "tierslieux.funding.report", required=True, ondelete="cascade", readonly=True
    )
    name = fields.Char(string="First and last name", required=True)
    quality = fields.Char(required=True, help="As whom: chair, treasurer…")
    place = fields.Char(
        required=True, default=lambda self: self.env.company.partner_id.city
    )
    date = fields.Date(required=True, default=fields.Date.context_today)

    def action_sign(self):
        self.ensure_one()
        self.env["tierslieux.funding.posting"]._check_day(self.date)
        self.report_id._sign(self.name, self.quality, self.place, self.date)
        return {"type": "ir.actions.act_window_close"}
