# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class FundingPhase(models.Model):
    """A phase of a funding plan, most often a year."""

    _name = "tierslieux.funding.phase"
    _description = "Phase of a funding plan"
    _inherit = ["tierslieux.funding.shared"]
    _order = "date_from, id"

    name = fields.Char(required=True)
    plan_id = fields.Many2one(
        "tierslieux.funding.plan", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    currency_id = fields.Many2one(related="plan_id.currency_id")
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True)
    brick_ids = fields.One2many("tierslieux.funding.brick", "phase_id", copy=True)
    share_ids = fields.One2many(
        "tierslieux.funding.share",
        "phase_id",
        string="Planned sources",
        copy=True,
        help="Of the costs of all actions but those that have sources of their own.",
    )
    planned_cost = fields.Monetary(compute="_compute_planned", store=True)
    planned_in_kind = fields.Monetary(compute="_compute_planned", store=True)
    shared_cost = fields.Monetary(
        compute="_compute_shared_cost",
        store=True,
        help="Planned costs of the actions that have no sources of their own.",
    )

    _shared_field = "shared_cost"

    _order_of_dates = models.Constraint(
        "CHECK (date_to >= date_from)", "A phase cannot end before it begins."
    )

    @api.depends("brick_ids.planned_cost", "brick_ids.planned_in_kind")
    def _compute_planned(self):
        for phase in self:
            phase.planned_cost = sum(phase.brick_ids.mapped("planned_cost"))
            phase.planned_in_kind = sum(phase.brick_ids.mapped("planned_in_kind"))

    @api.depends("brick_ids.action_ids.planned_cost", "brick_ids.action_ids.share_ids")
    def _compute_shared_cost(self):
        for phase in self:
            actions = phase.brick_ids.action_ids
            phase.shared_cost = sum(
                action.planned_cost for action in actions if not action.share_ids
            )
