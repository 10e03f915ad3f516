# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import fields, models

from ..domain.levels import HIGHEST


class BrandCriterion(models.Model):
    _name = "tierslieux.brand.criterion"
    _description = "Criterion"
    _inherit = ["tierslieux.frozen"]
    _order = "grid_id, sequence, id"

    _frozen_parent = "grid_id"

    grid_id = fields.Many2one(
        "tierslieux.brand.grid", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True)
    name = fields.Char(required=True)
    text = fields.Text(string="What it asks")
    least = fields.Integer(
        string="Least level",
        required=True,
        default=1,
        help="Under this level of this criterion no licence is granted.",
    )
    level_ids = fields.One2many("tierslieux.brand.level", "criterion_id", copy=True)
    question_ids = fields.One2many(
        "tierslieux.brand.question", "criterion_id", copy=True
    )

    _code_uniq = models.Constraint(
        "UNIQUE (grid_id, code)", "Two criteria have the same code."
    )
    _least_known = models.Constraint(
        f"CHECK (least BETWEEN 0 AND {HIGHEST})", "There is no such level."
    )

    def _is_complete(self):
        return sorted(self.level_ids.mapped("rank")) == list(range(HIGHEST + 1))

    def _level_names(self):
        """``{rank: words}``"""
        return {level.rank: level.name for level in self.level_ids}
