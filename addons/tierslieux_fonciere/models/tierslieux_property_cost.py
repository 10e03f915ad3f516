# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class PropertyCost(models.Model):
    _name = "tierslieux.property.cost"
    _description = "Cost of a property"
    _order = "property_id, sequence, id"

    property_id = fields.Many2one(
        "tierslieux.property", required=True, ondelete="cascade", index=True
    )
    currency_id = fields.Many2one(related="property_id.currency_id")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("purchase", "Purchase"),
            ("fees", "Fees and taxes"),
            ("works", "Works"),
            ("equipment", "Equipment"),
            ("other", "Other"),
        ],
        required=True,
        default="works",
    )
    name = fields.Char(required=True)
    amount = fields.Monetary(required=True)

    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "A cost is not negative."
    )
