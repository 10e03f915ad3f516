# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from fractions import Fraction

from odoo import fields, models
from odoo.exceptions import UserError

from ..domain import colleges
from .verdict_sentences import percent


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

    def _percent(self):
        """This college's share in words, such as 33,33 %."""
        self.ensure_one()
        return percent(
            self.env, self.version_id.weight_ids._shares()[self.college_id.id]
        )

    def _check_scic(self):
        """Refuse weights that a SCIC may not have.

        :raises UserError: with every fault, and the law that sees it
        """
        faults = []
        weights = {line.college_id: line.weight for line in self}
        if not weights:
            raise UserError(self.env._("A SCIC needs at least three colleges."))
        for fault, college, number in colleges.scic_faults(weights):
            if fault == "few":
                faults.append(
                    self.env._("A SCIC needs at least three colleges: here %s.", number)
                )
                continue
            values = {"college": college.name, "share": percent(self.env, number)}
            if fault == "below":
                faults.append(
                    self.env._(
                        "%(college)s has %(share)s of the votes: at least 10 %%.",
                        **values,
                    )
                )
            else:
                faults.append(
                    self.env._(
                        "%(college)s has %(share)s of the votes: at most 50 %%.",
                        **values,
                    )
                )
        if faults:
            faults.append(
                self.env._("Law of 10 September 1947, articles 19 septies and octies.")
            )
            raise UserError("\n".join(faults))
