# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class FundingBrick(models.Model):
    """A brick of a phase: actions that stand by themselves beside the other bricks."""

    _name = "tierslieux.funding.brick"
    _description = "Brick of a funding plan"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    phase_id = fields.Many2one(
        "tierslieux.funding.phase", required=True, ondelete="cascade", index=True
    )
    plan_id = fields.Many2one(related="phase_id.plan_id", store=True, index=True)
    company_id = fields.Many2one(related="phase_id.company_id", store=True)
    currency_id = fields.Many2one(related="phase_id.currency_id")
    action_ids = fields.One2many("tierslieux.funding.action", "brick_id")
