# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class VenueCategory(models.Model):
    _name = "tierslieux.venue.category"
    _description = "Venue category"
    _order = "sequence, id"

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Char(
        default="#6c757d", help="Colour of the markers on the map, as #rrggbb."
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "This code is already used.")
