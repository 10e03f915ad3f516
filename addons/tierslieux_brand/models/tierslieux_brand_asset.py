# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import fields, models


class BrandAsset(models.Model):
    _name = "tierslieux.brand.asset"
    _description = "File of the visual kit"
    _order = "brand_id, sequence, id"

    brand_id = fields.Many2one(
        "tierslieux.brand", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    file_name = fields.Char(required=True)
    file = fields.Binary(required=True, attachment=True)
