# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class FundingReportCorrect(models.TransientModel):
    """Begin another version of a report, for a reason."""

    _name = "tierslieux.funding.report.correct"
    _description = "Correction of a financial report"

    report_id = fields.Many2one(
        "tierslieux.funding.report", required=True, ondelete="cascade", readonly=True
    )
    reason = fields.Text(required=True)

    def action_correct(self):
        self.ensure_one()
        draft = self.report_id._correct(self.reason)
        return {
            "type": "ir.actions.act_window",
            "res_model": draft._name,
            "res_id": draft.id,
            "view_mode": "form",
        }
