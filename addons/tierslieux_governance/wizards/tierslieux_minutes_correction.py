# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.fields import Command


class MinutesCorrection(models.TransientModel):
    """Another version of signed minutes, for a reason."""

    _name = "tierslieux.minutes.correction"
    _description = "Correction of minutes"

    assembly_id = fields.Many2one(
        "tierslieux.assembly", required=True, ondelete="cascade", readonly=True
    )
    chair_id = fields.Many2one("res.partner", required=True)
    secretary_id = fields.Many2one("res.partner", required=True)
    scrutineer_ids = fields.Many2many("res.partner", string="Scrutineers")
    reason = fields.Text(required=True)

    def action_correct(self):
        self.ensure_one()
        self.assembly_id._take("minuted")
        self.assembly_id.write(
            {
                "chair_id": self.chair_id.id,
                "secretary_id": self.secretary_id.id,
                "scrutineer_ids": [Command.set(self.scrutineer_ids.ids)],
            }
        )
        return self.assembly_id._write_minutes(self.reason)._tell_signed()
