# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Audience(models.Model):
    _name = "tierslieux.audience"
    _description = "Audience of a venue"
    _order = "sequence, id"

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    standard_value = fields.Char(
        help="Value of the column publics_specifiquement_adresses in the national "
        "standard, when it has one for this audience."
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "This code is already used.")
