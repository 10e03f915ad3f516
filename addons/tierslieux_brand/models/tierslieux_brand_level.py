# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import fields, models

from ..domain.levels import HIGHEST


class BrandLevel(models.Model):
    _name = "tierslieux.brand.level"
    _description = "Level of a criterion"
    _inherit = ["tierslieux.frozen"]
    _order = "criterion_id, rank"

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
    rank = fields.Integer(required=True)
    name = fields.Char(string="In words", required=True)

    _rank_uniq = models.Constraint(
        "UNIQUE (criterion_id, rank)", "Two levels have the same rank."
    )
    _rank_known = models.Constraint(
        f"CHECK (rank BETWEEN 0 AND {HIGHEST})", "There is no such level."
    )
