# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class Commune(models.Model):
    _name = "tierslieux.commune"
    _description = "Commune"
    _order = "name, insee_code"
    _rec_names_search = ["name", "insee_code", "zip"]

    name = fields.Char(required=True)
    insee_code = fields.Char(
        string="INSEE code",
        required=True,
        size=5,
        help="Code of the commune in the official geographic code.",
    )
    zip = fields.Char(string="Postcode", size=5)
    latitude = fields.Float(digits=(10, 7))
    longitude = fields.Float(digits=(10, 7))
    venue_ids = fields.One2many("tierslieux.venue", "commune_id", string="Venues")

    _insee_code_uniq = models.Constraint(
        "UNIQUE (insee_code)", "A commune with this INSEE code exists already."
    )
    _insee_code_form = models.Constraint(
        "CHECK (insee_code ~ '^([013-9][0-9]|2[AB1-9])[0-9]{3}$')",
        "An INSEE code has five characters, such as 69123 or 2A004.",
    )

    @api.depends("name", "zip")
    def _compute_display_name(self):
        for commune in self:
            commune.display_name = (
                f"{commune.name} ({commune.zip})" if commune.zip else commune.name
            )
