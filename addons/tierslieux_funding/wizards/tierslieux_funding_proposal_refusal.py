# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class FundingProposalRefusal(models.TransientModel):
    """Expenses an agreement does not take, for one reason."""

    _name = "tierslieux.funding.proposal.refusal"
    _description = "Expenses refused in a proposal"

    proposal_id = fields.Many2one(
        "tierslieux.funding.proposal", required=True, ondelete="cascade", index=True
    )
    agreement_id = fields.Many2one(
        "tierslieux.funding.agreement", required=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="agreement_id.currency_id")
    reason = fields.Char(required=True)
    expense_ids = fields.Many2many(
        "tierslieux.funding.expense",
        "tierslieux_funding_proposal_refused",
        "refusal_id",
        "expense_id",
    )
    count = fields.Integer(string="Expenses", compute="_compute_count")
    amount = fields.Monetary()

    @api.depends("expense_ids")
    def _compute_count(self):
        for refusal in self:
            refusal.count = len(refusal.expense_ids)

    def action_open(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tierslieux_funding.tierslieux_funding_expense_action"
        )
        action["domain"] = [("id", "in", self.expense_ids.ids)]
        action["context"] = {}
        action["name"] = self.env._("Refused: %s", self.reason)
        return action
