# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..models.tierslieux_membership_event import EVENT_KINDS

REASONED = ("refusal", "withdrawal", "exclusion", "lapse")


class MembershipDecision(models.TransientModel):
    """A decision on one membership or many, with its date and its reason."""

    _name = "tierslieux.membership.decision"
    _description = "Decision on memberships"

    membership_ids = fields.Many2many(
        "tierslieux.membership", string="Members", required=True
    )
    kind = fields.Selection(
        [kind for kind in EVENT_KINDS if kind[0] != "correction"],
        string="Decision",
        required=True,
    )
    date = fields.Date(
        string="Takes effect on",
        required=True,
        default=lambda self: fields.Date.context_today(self),
    )
    reason = fields.Text()
    reason_required = fields.Boolean(compute="_compute_reason_required")

    @api.depends("kind")
    def _compute_reason_required(self):
        for decision in self:
            decision.reason_required = decision.kind in REASONED

    def action_confirm(self):
        self.ensure_one()
        self.membership_ids._decide(self.kind, self.date, self.reason)
        return {"type": "ir.actions.act_window_close"}
