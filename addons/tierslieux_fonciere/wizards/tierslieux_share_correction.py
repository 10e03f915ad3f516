# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ShareCorrection(models.TransientModel):
    """Why a movement is compensated by its opposite."""

    _name = "tierslieux.share.correction"
    _description = "Correction of a share movement"

    movement_id = fields.Many2one(
        "tierslieux.share.movement", required=True, readonly=True
    )
    reason = fields.Char(required=True)
    date = fields.Date(
        string="Takes effect on",
        help="Empty: the day of the movement, where its period is open still.",
    )

    def action_correct(self):
        self.ensure_one()
        self.movement_id._correct(self.reason, self.date)
        return {"type": "ir.actions.act_window_close"}
