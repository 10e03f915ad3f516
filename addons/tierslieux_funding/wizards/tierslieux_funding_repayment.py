# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.tierslieux_network.domain.money import cents


class FundingRepayment(models.TransientModel):
    """What is given back to a funder, or will never be claimed: it is taken from the
    part of later exercises, then from fonds dédiés, then from the income."""

    _name = "tierslieux.funding.repayment"
    _description = "What is given back to a funder"

    agreement_id = fields.Many2one(
        "tierslieux.funding.agreement", required=True, readonly=True
    )
    currency_id = fields.Many2one(related="agreement_id.currency_id")
    awarded_amount = fields.Monetary(related="agreement_id.awarded_amount")
    total = fields.Monetary(
        string="Given back in all",
        required=True,
        help="What was given back before included.",
    )
    date = fields.Date(
        required=True, default=lambda self: fields.Date.context_today(self)
    )
    reason = fields.Char(required=True)
    explanation = fields.Text(compute="_compute_explanation")

    @api.depends("agreement_id", "date", "total")
    def _compute_explanation(self):
        kinds = dict(
            self.env["tierslieux.funding.posting"]
            ._fields["kind"]
            ._description_selection(self.env)
        )
        for wizard in self:
            agreement = wizard.agreement_id
            drafts = (
                agreement._repayment_drafts(wizard.date, cents(wizard.total), "")
                if agreement and wizard.total
                else []
            )
            wizard.explanation = "\n".join(
                f"{kinds[one.kind]} — {agreement._money(one.cents)}"
                for one in drafts
                if one.cents
            )

    def action_post(self):
        self.ensure_one()
        self.env["tierslieux.funding.posting"]._check_day(self.date)
        posted = self.agreement_id._repay(self.date, cents(self.total), self.reason)
        if not posted:
            raise UserError(
                self.env._("Type what is given back in all: more than it is already.")
            )
        return {"type": "ir.actions.act_window_close"}
