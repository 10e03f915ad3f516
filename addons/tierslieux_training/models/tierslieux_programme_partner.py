# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ProgrammePartner(models.Model):
    """Who gives some of the hours of a programme."""

    _name = "tierslieux.programme.partner"
    _description = "Partner of a programme"
    _order = "programme_id, id"
    _rec_name = "partner_id"

    programme_id = fields.Many2one(
        "tierslieux.programme", required=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one("res.partner", required=True, ondelete="restrict")
    minutes = fields.Integer(required=True, help="Whole quarters of an hour.")

    _quarters = models.Constraint(
        "CHECK (minutes > 0 AND minutes % 15 = 0)",
        "A share is whole quarters of an hour.",
    )
    _once = models.Constraint(
        "UNIQUE (programme_id, partner_id)", "This partner has a share already."
    )
