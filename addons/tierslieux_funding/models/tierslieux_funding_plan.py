# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class FundingPlan(models.Model):
    """A funding plan over several years: phases, bricks, actions."""

    _name = "tierslieux.funding.plan"
    _description = "Funding plan"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    analytic_plan_id = fields.Many2one(
        "account.analytic.plan",
        ondelete="restrict",
        help="The analytic plan that holds an account for each action.",
    )
    phase_ids = fields.One2many("tierslieux.funding.phase", "plan_id")
