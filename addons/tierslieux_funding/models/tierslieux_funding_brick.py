# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class FundingBrick(models.Model):
    """A brick of a phase: actions that stand by themselves beside the other bricks."""

    _name = "tierslieux.funding.brick"
    _description = "Brick of a funding plan"
    _order = "phase_id, sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    phase_id = fields.Many2one(
        "tierslieux.funding.phase", required=True, ondelete="cascade", index=True
    )
    plan_id = fields.Many2one(related="phase_id.plan_id", store=True, index=True)
    company_id = fields.Many2one(related="phase_id.company_id", store=True)
    currency_id = fields.Many2one(related="phase_id.currency_id")
    action_ids = fields.One2many("tierslieux.funding.action", "brick_id", copy=True)
    planned_cost = fields.Monetary(compute="_compute_planned", store=True)
    planned_in_kind = fields.Monetary(compute="_compute_planned", store=True)

    @api.depends("action_ids.planned_cost", "action_ids.planned_in_kind")
    def _compute_planned(self):
        for brick in self:
            brick.planned_cost = sum(brick.action_ids.mapped("planned_cost"))
            brick.planned_in_kind = sum(brick.action_ids.mapped("planned_in_kind"))
