# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class PropertyWork(models.Model):
    _name = "tierslieux.property.work"
    _description = "Works on a property"
    _order = "property_id, date_from, id"

    property_id = fields.Many2one(
        "tierslieux.property", required=True, ondelete="cascade", index=True
    )
    currency_id = fields.Many2one(related="property_id.currency_id")
    name = fields.Char(required=True)
    state = fields.Selection(
        [("planned", "Planned"), ("under_way", "Under way"), ("done", "Done")],
        required=True,
        default="planned",
    )
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="To")
    amount = fields.Monetary()

    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "Works end after they begin."
    )
