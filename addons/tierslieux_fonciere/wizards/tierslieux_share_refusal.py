# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ShareRefusal(models.TransientModel):
    """Why the board refuses a subscriber."""

    _name = "tierslieux.share.refusal"
    _description = "Refusal of a subscription"

    subscription_ids = fields.Many2many(
        "tierslieux.share.subscription",
        string="Subscriptions",
        required=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    reason = fields.Text(required=True, help="The subscriber reads it.")

    def action_refuse(self):
        self.ensure_one()
        self.subscription_ids._refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
