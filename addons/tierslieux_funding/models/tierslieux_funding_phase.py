# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class FundingPhase(models.Model):
    """A phase of a funding plan, most often a year."""

    _name = "tierslieux.funding.phase"
    _description = "Phase of a funding plan"
    _order = "date_from, id"

    name = fields.Char(required=True)
    plan_id = fields.Many2one(
        "tierslieux.funding.plan", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    currency_id = fields.Many2one(related="plan_id.currency_id")
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True)
    brick_ids = fields.One2many("tierslieux.funding.brick", "phase_id")

    _order_of_dates = models.Constraint(
        "CHECK (date_to >= date_from)", "A phase cannot end before it begins."
    )
