# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

EVENT_KINDS = [
    ("application", "Application"),
    ("admission", "Admission"),
    ("refusal", "Refusal"),
    ("withdrawal", "Withdrawal"),
    ("exclusion", "Exclusion"),
    ("lapse", "Lapse"),
    ("reinstatement", "Reinstatement"),
    ("correction", "Correction"),
]


class MembershipEvent(models.Model):
    """A dated fact of a membership, written once.

    A correction names the event that it erases; what should have been written, if
    anything, is written as another event.
    """

    _name = "tierslieux.membership.event"
    _description = "Event of a membership"
    _inherit = ["tierslieux.append.only"]
    _order = "date desc, id desc"
    _rec_name = "kind"

    membership_id = fields.Many2one(
        "tierslieux.membership", required=True, ondelete="restrict"
    )
    kind = fields.Selection(EVENT_KINDS, string="Event", required=True)
    date = fields.Date(
        string="Takes effect on",
        required=True,
        default=lambda self: fields.Date.context_today(self),
    )
    reason = fields.Text()
    corrects_id = fields.Many2one(
        "tierslieux.membership.event", string="Erases", ondelete="restrict"
    )
    correction_ids = fields.One2many(
        "tierslieux.membership.event", "corrects_id", string="Erased by"
    )
    is_erased = fields.Boolean(compute="_compute_is_erased")
    user_id = fields.Many2one(
        "res.users",
        string="Recorded by",
        required=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )

    _reason_given = models.Constraint(
        "CHECK (kind NOT IN ('refusal', 'exclusion', 'withdrawal', 'lapse', "
        "'correction') OR length(trim(reason)) > 0)",
        "A refusal, an exclusion, a withdrawal, a lapse or a correction says why.",
    )
    _correction_names_event = models.Constraint(
        "CHECK ((kind = 'correction') = (corrects_id IS NOT NULL))",
        "A correction names the event it erases.",
    )
    _corrects_uniq = models.UniqueIndex(
        "(corrects_id) WHERE corrects_id IS NOT NULL",
        "This event has been corrected already.",
    )
    _timeline_idx = models.Index("(membership_id, date DESC, id DESC)")

    @api.depends("correction_ids")
    def _compute_is_erased(self):
        for event in self:
            event.is_erased = bool(event.correction_ids)

    def _kind_label(self):
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def action_correct(self):
        """Open the correction of this event."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Erase an event"),
            "res_model": "tierslieux.membership.correction",
            "view_mode": "form",
            "target": "new",
            "context": {"default_event_id": self.id},
        }

    @api.constrains("corrects_id", "membership_id")
    def _check_corrects(self):
        for event in self.filtered("corrects_id"):
            corrected = event.corrects_id
            if corrected.membership_id != event.membership_id:
                raise ValidationError(
                    self.env._("A correction stays within its membership.")
                )
            if corrected.kind == "correction":
                raise ValidationError(
                    self.env._("A correction is not corrected: record the event again.")
                )
