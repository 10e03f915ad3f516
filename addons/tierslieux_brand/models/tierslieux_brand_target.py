# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import fields, models

from ..domain.levels import HIGHEST


class BrandTarget(models.Model):
    """A line of the venue's plan: the level it wants of a criterion, and by when."""

    _name = "tierslieux.brand.target"
    _description = "Target of the plan"
    _order = "application_id, sequence, id"

    application_id = fields.Many2one(
        "tierslieux.brand.application", required=True, ondelete="cascade", index=True
    )
    criterion_id = fields.Many2one(
        "tierslieux.brand.criterion", required=True, ondelete="restrict"
    )
    sequence = fields.Integer(related="criterion_id.sequence", store=True)
    rank = fields.Integer(string="Level wanted", required=True)
    date = fields.Date(string="By", required=True)
    action = fields.Text(string="What will be done", required=True)

    _criterion_uniq = models.Constraint(
        "UNIQUE (application_id, criterion_id)", "A criterion has one target."
    )
    _rank_known = models.Constraint(
        f"CHECK (rank BETWEEN 0 AND {HIGHEST})", "There is no such level."
    )
