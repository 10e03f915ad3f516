# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class MembershipCorrection(models.TransientModel):
    """An event recorded by mistake, erased from the history by a correction."""

    _name = "tierslieux.membership.correction"
    _description = "Correction of an event"

    event_id = fields.Many2one(
        "tierslieux.membership.event", required=True, readonly=True
    )
    membership_id = fields.Many2one(related="event_id.membership_id", string="Member")
    kind = fields.Selection(related="event_id.kind", string="What was recorded")
    date = fields.Date(related="event_id.date")
    reason = fields.Text(required=True)

    def action_correct(self):
        self.ensure_one()
        self.membership_id._correct(self.event_id, self.reason)
        return {"type": "ir.actions.act_window_close"}
