# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Service(models.Model):
    _name = "tierslieux.service"
    _description = "Service of a venue"
    _order = "sequence, id"

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    icon = fields.Char(
        default="fa-check", help="Name of a Font Awesome 4 icon, such as fa-wifi."
    )
    standard_value = fields.Char(
        help="Value of the column services in the national standard, when it has one "
        "for this service."
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "This code is already used.")
