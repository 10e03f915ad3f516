# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..domain import hours


class ProgrammeModule(models.Model):
    """A part of a programme, its hours and what one can do after it."""

    _name = "tierslieux.programme.module"
    _description = "Module of a programme"
    _order = "programme_id, sequence, id"

    programme_id = fields.Many2one(
        "tierslieux.programme", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    objective = fields.Text(required=True)
    minutes = fields.Integer(required=True, help="Whole quarters of an hour.")
    duration = fields.Char(compute="_compute_duration")

    _quarters = models.Constraint(
        "CHECK (minutes > 0 AND minutes % 15 = 0)",
        "A module lasts whole quarters of an hour.",
    )

    @api.depends("minutes")
    def _compute_duration(self):
        for module in self:
            module.duration = hours.label(module.minutes)
