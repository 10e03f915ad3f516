# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import fields, models


class Venue(models.Model):
    _inherit = "tierslieux.venue"

    licence_ids = fields.One2many(
        "tierslieux.brand.licence", "venue_id", string="Licences"
    )
