# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class MandateCreationLine(models.TransientModel):
    _name = "tierslieux.mandate.creation.line"
    _description = "One person elected"

    creation_id = fields.Many2one(
        "tierslieux.mandate.creation", required=True, ondelete="cascade"
    )
    name = fields.Char(string="Person elected", required=True)
    partner_id = fields.Many2one("res.partner", string="Contact")
    role = fields.Selection(
        lambda self: (
            self.env["tierslieux.mandate"]
            ._fields["role"]
            ._description_selection(self.env)
        ),
        required=True,
        default="member",
    )
    college_id = fields.Many2one("tierslieux.college")
