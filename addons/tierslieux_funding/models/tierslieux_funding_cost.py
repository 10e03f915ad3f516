# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class FundingCost(models.Model):
    """A planned cost of an action."""

    _name = "tierslieux.funding.cost"
    _description = "Planned cost"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    action_id = fields.Many2one(
        "tierslieux.funding.action", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="action_id.company_id", store=True)
    currency_id = fields.Many2one(related="action_id.currency_id")
    category_id = fields.Many2one(
        "tierslieux.funding.category",
        string="Line of the report",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('side', 'in', ['charge', 'in_kind_charge'])]",
        help="A line of voluntary contributions is counted apart from the money.",
    )
    in_kind = fields.Boolean(compute="_compute_in_kind", store=True)
    quantity = fields.Float(default=1, digits=(16, 2))
    unit = fields.Char(help="Days, hours, copies…")
    unit_price = fields.Monetary(required=True, aggregator=None)
    amount = fields.Monetary(compute="_compute_amount", store=True)

    _not_negative = models.Constraint(
        "CHECK (quantity >= 0 AND unit_price >= 0)",
        "Quantities and prices of a plan are not negative.",
    )

    @api.depends("category_id.side")
    def _compute_in_kind(self):
        for cost in self:
            cost.in_kind = cost.category_id.side == "in_kind_charge"

    @api.depends("quantity", "unit_price", "currency_id")
    def _compute_amount(self):
        for cost in self:
            currency = cost.currency_id or self.env.company.currency_id
            cost.amount = currency.round(cost.quantity * cost.unit_price)
