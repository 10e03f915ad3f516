# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class FundingYearEndLine(models.TransientModel):
    """A project at the end of an exercise, as it would be closed."""

    _name = "tierslieux.funding.year.end.line"
    _description = "Project at the end of an exercise"
    _rec_name = "agreement_id"

    wizard_id = fields.Many2one("tierslieux.funding.year.end", ondelete="cascade")
    agreement_id = fields.Many2one("tierslieux.funding.agreement", readonly=True)
    currency_id = fields.Many2one(related="agreement_id.currency_id")
    opening = fields.Monetary(readonly=True)
    released = fields.Monetary(string="Put aside before", readonly=True)
    recognised = fields.Monetary(string="Income", readonly=True)
    spent = fields.Monetary(readonly=True)
    use = fields.Monetary(string="Used", readonly=True)
    report = fields.Monetary(string="Put aside", readonly=True)
    repayments = fields.Monetary(string="Given back", readonly=True)
    transfers = fields.Monetary(string="To other projects", readonly=True)
    closing = fields.Monetary(readonly=True)
    idle = fields.Boolean(string="No expense for two years", readonly=True)
    explanation = fields.Text(readonly=True)
