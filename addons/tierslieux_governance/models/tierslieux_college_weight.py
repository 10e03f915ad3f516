# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from fractions import Fraction

from odoo import fields, models


class CollegeWeight(models.Model):
    """What a college's voice weighs; its share is its weight over the sum of all."""

    _name = "tierslieux.college.weight"
    _description = "Weight of a college"
    _inherit = ["tierslieux.frozen"]
    _order = "version_id, college_id"

    _frozen_parent = "version_id"

    version_id = fields.Many2one(
        "tierslieux.statutes.version", required=True, ondelete="cascade", index=True
    )
    college_id = fields.Many2one(
        "tierslieux.college", required=True, ondelete="restrict", index=True
    )
    weight = fields.Integer(required=True, default=1)

    _college_uniq = models.Constraint(
        "UNIQUE (version_id, college_id)", "This college has a weight already."
    )
    _weight_positive = models.Constraint(
        "CHECK (weight > 0)", "A weight is a positive whole number."
    )

    def _shares(self):
        """``{college id: share}``: exact fractions that sum to 1."""
        total = sum(self.mapped("weight"))
        return {line.college_id.id: Fraction(line.weight, total) for line in self}
