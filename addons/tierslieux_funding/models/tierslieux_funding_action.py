# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class FundingAction(models.Model):
    """An action of a brick: what is done, costs money and is funded. Its posted
    expenses bear its analytic account."""

    _name = "tierslieux.funding.action"
    _description = "Action of a funding plan"
    _inherit = ["tierslieux.funding.shared"]
    _order = "phase_id, brick_id, sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    brick_id = fields.Many2one(
        "tierslieux.funding.brick", required=True, ondelete="cascade", index=True
    )
    phase_id = fields.Many2one(related="brick_id.phase_id", store=True, index=True)
    company_id = fields.Many2one(related="brick_id.company_id", store=True)
    currency_id = fields.Many2one(related="brick_id.currency_id")
    plan_id = fields.Many2one(related="brick_id.plan_id", store=True, index=True)
    analytic_account_id = fields.Many2one(
        "account.analytic.account",
        ondelete="restrict",
        copy=False,
        help="Its posted expenses bear this account. Made with the action.",
    )
    cost_ids = fields.One2many(
        "tierslieux.funding.cost", "action_id", string="Planned costs", copy=True
    )
    share_ids = fields.One2many(
        "tierslieux.funding.share",
        "action_id",
        string="Own sources",
        copy=True,
        help="In place of the sources of the phase. Empty: those of the phase.",
    )
    planned_cost = fields.Monetary(compute="_compute_planned", store=True)
    planned_in_kind = fields.Monetary(
        compute="_compute_planned",
        store=True,
        help="Volunteering and gifts in kind: valued, never summed with the money.",
    )
    agreement_ids = fields.Many2many("tierslieux.funding.agreement")

    _analytic_account_uniq = models.UniqueIndex(
        "(analytic_account_id)", "Another action has this analytic account."
    )

    _shared_field = "planned_cost"

    @api.depends("cost_ids.amount", "cost_ids.in_kind")
    def _compute_planned(self):
        for action in self:
            in_kind = action.cost_ids.filtered("in_kind")
            money = action.cost_ids - in_kind
            action.planned_cost = sum(money.mapped("amount"))
            action.planned_in_kind = sum(in_kind.mapped("amount"))

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        actions._create_analytic_accounts()
        return actions

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            self.analytic_account_id.name = vals["name"]
        return result

    def _create_analytic_accounts(self):
        without = self.filtered(lambda action: not action.analytic_account_id)
        accounts = self.env["account.analytic.account"].create(
            [
                {
                    "name": action.name,
                    "plan_id": action.plan_id.analytic_plan_id.id,
                    "company_id": action.company_id.id,
                }
                for action in without
            ]
        )
        for action, account in zip(without, accounts, strict=True):
            action.analytic_account_id = account
