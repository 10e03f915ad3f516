# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class PropertyValuation(models.Model):
    """What somebody found a property to be worth on a day."""

    _name = "tierslieux.property.valuation"
    _description = "Valuation of a property"
    _inherit = ["tierslieux.append.only"]
    _order = "property_id, date desc, id desc"

    property_id = fields.Many2one(
        "tierslieux.property", required=True, ondelete="restrict", index=True
    )
    currency_id = fields.Many2one(related="property_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    amount = fields.Monetary(required=True)
    valuer = fields.Char(required=True, help="Who says so, and in which capacity.")
    method = fields.Text(help="How the value was found.")

    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "A value is not negative."
    )
