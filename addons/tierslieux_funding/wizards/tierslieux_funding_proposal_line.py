# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class FundingProposalLine(models.TransientModel):
    """An allocation that is proposed."""

    _name = "tierslieux.funding.proposal.line"
    _description = "Allocation proposed"

    proposal_id = fields.Many2one(
        "tierslieux.funding.proposal", required=True, ondelete="cascade", index=True
    )
    expense_id = fields.Many2one(
        "tierslieux.funding.expense",
        string="Expense line",
        required=True,
        ondelete="cascade",
    )
    date = fields.Date(related="expense_id.date")
    partner_id = fields.Many2one(related="expense_id.partner_id")
    agreement_id = fields.Many2one(
        "tierslieux.funding.agreement", required=True, ondelete="cascade"
    )
    action_id = fields.Many2one("tierslieux.funding.action", ondelete="cascade")
    indirect = fields.Boolean(string="Shared cost")
    category_id = fields.Many2one("tierslieux.funding.category", ondelete="cascade")
    currency_id = fields.Many2one(related="agreement_id.currency_id")
    base = fields.Monetary(string="Shown")
    amount = fields.Monetary(string="Charged")
