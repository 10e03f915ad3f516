# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Candidate(models.Model):
    _name = "tierslieux.candidate"
    _description = "Candidate"
    _order = "motion_id, sequence, id"

    motion_id = fields.Many2one(
        "tierslieux.motion", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    partner_id = fields.Many2one("res.partner", ondelete="restrict")
    statement = fields.Text()

    _name_uniq = models.Constraint(
        "UNIQUE (motion_id, name)", "This candidate stands already."
    )
