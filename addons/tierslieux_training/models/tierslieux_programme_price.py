# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

AUDIENCES = [
    ("public", "Everybody"),
    ("member", "Members"),
    ("organisation", "Organisations"),
]
BASES = [("hour", "An hour"), ("flat", "The whole training")]


class ProgrammePrice(models.Model):
    """What a training costs an audience from a day on, without VAT."""

    _name = "tierslieux.programme.price"
    _description = "Price of a programme"
    _order = "programme_id, audience, date_from desc"
    _rec_name = "audience"

    programme_id = fields.Many2one(
        "tierslieux.programme", required=True, ondelete="cascade", index=True
    )
    audience = fields.Selection(AUDIENCES, required=True, default="public")
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    basis = fields.Selection(BASES, string="For", required=True, default="hour")
    amount = fields.Float(string="Price without VAT", required=True, digits=(16, 2))

    _not_negative = models.Constraint("CHECK (amount >= 0)", "A price is not negative.")
    _once = models.Constraint(
        "UNIQUE (programme_id, audience, date_from)",
        "There is a price for this audience and day.",
    )
