# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CensusColumn(models.Model):
    _name = "tierslieux.census.column"
    _description = "Column of a census"
    _order = "import_id, sequence, id"
    _rec_name = "header"

    import_id = fields.Many2one(
        "tierslieux.census.import", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer()
    header = fields.Char(string="Column of the file", required=True, readonly=True)
    sample = fields.Char(string="First value", readonly=True)
    # the keys of domain/census_mapping.py
    target = fields.Selection(
        [
            ("identifier", "Identifier"),
            ("name", "Name"),
            ("category", "Category"),
            ("state", "Status"),
            ("street", "Street"),
            ("street2", "Address complement"),
            ("zip", "Postcode"),
            ("city", "Commune"),
            ("insee", "INSEE code"),
            ("latitude", "Latitude"),
            ("longitude", "Longitude"),
            ("phone", "Phone"),
            ("email", "Email"),
            ("website", "Website"),
            ("hours", "Opening hours"),
            ("surface", "Surface (m²)"),
            ("capacity", "Capacity (persons)"),
            ("siret", "SIRET of the structure"),
            ("rna", "RNA number of the structure"),
            ("structure", "Name of the structure"),
            ("cafe", "Café"),
            ("governance", "Participatory governance"),
            ("services", "Services"),
            ("audiences", "Audiences"),
            ("opened_on", "Opening date"),
            ("closed_on", "Closing date"),
            ("summary", "Summary"),
            ("description", "Description"),
        ],
        string="Becomes",
        help="Leave empty the columns that you do not import.",
    )
