# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..models.tierslieux_funding_agreement import STATES


class FundingTransition(models.TransientModel):
    """The day and the reason of a change of state of an agreement."""

    _name = "tierslieux.funding.transition"
    _description = "Change of state of an agreement"

    agreement_id = fields.Many2one(
        "tierslieux.funding.agreement", required=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="agreement_id.currency_id")
    state = fields.Selection(STATES, required=True, readonly=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        readonly=False,
        help="What the funder gives; it may differ from what was asked.",
    )
    reason = fields.Char()

    @api.depends("agreement_id")
    def _compute_amount(self):
        for transition in self:
            transition.amount = transition.agreement_id.amount

    def action_confirm(self):
        self.ensure_one()
        if self.state in ("requested", "notified", "signed"):
            self.agreement_id.amount = self.amount
        self.agreement_id._become(self.state, self.date, self.reason)
        return {"type": "ir.actions.act_window_close"}
