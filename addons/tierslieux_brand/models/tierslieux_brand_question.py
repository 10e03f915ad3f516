# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import fields, models


class BrandQuestion(models.Model):
    _name = "tierslieux.brand.question"
    _description = "Question of a criterion"
    _inherit = ["tierslieux.frozen"]
    _order = "criterion_id, sequence, id"

    _frozen_parent = "grid_id"

    criterion_id = fields.Many2one(
        "tierslieux.brand.criterion", required=True, ondelete="cascade", index=True
    )
    grid_id = fields.Many2one(
        related="criterion_id.grid_id",
        store=True,
        precompute=True,
        required=True,
        index=True,
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Question", required=True)
