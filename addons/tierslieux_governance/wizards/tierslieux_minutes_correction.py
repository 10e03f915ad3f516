# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class MinutesCorrection(models.TransientModel):
    """Another version of signed minutes, for a reason."""

    _name = "tierslieux.minutes.correction"
    _description = "Correction of minutes"

    assembly_id = fields.Many2one(
        "tierslieux.assembly", required=True, ondelete="cascade", readonly=True
    )
    reason = fields.Text(required=True)

    def action_correct(self):
        self.ensure_one()
        self.assembly_id._take("minuted")
        return self.assembly_id._write_minutes(self.reason).action_download()
