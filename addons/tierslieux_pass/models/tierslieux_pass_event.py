# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

EVENT_KINDS = [
    ("subscribed", "Subscribed"),
    ("plan_changed", "Plan changed"),
    ("paused", "Paused"),
    ("resumed", "Resumed"),
    ("ended", "Ended"),
    ("correction", "Correction"),
]


class PassEvent(models.Model):
    """A dated fact of a pass, written once. A correction names the event it erases."""

    _name = "tierslieux.pass.event"
    _description = "Event of a pass"
    _inherit = ["tierslieux.append.only"]
    _order = "date desc, id desc"
    _rec_name = "kind"

    pass_id = fields.Many2one("tierslieux.pass", required=True, ondelete="restrict")
    kind = fields.Selection(EVENT_KINDS, string="Event", required=True)
    date = fields.Date(
        string="Takes effect on",
        required=True,
        help="The first day on which it holds.",
    )
    plan_id = fields.Many2one(
        "tierslieux.pass.plan", string="Pass plan", ondelete="restrict"
    )
    reason = fields.Char()
    corrects_id = fields.Many2one(
        "tierslieux.pass.event", string="Erases", ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Recorded by",
        required=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )

    _plan_given = models.Constraint(
        "CHECK ((kind IN ('subscribed', 'plan_changed')) = (plan_id IS NOT NULL))",
        "A subscription and a change of plan, and they alone, name a plan.",
    )
    _correction_names_event = models.Constraint(
        "CHECK ((kind = 'correction') = (corrects_id IS NOT NULL))",
        "A correction names the event it erases.",
    )
    _corrects_uniq = models.UniqueIndex(
        "(corrects_id) WHERE corrects_id IS NOT NULL",
        "This event has been corrected already.",
    )
    _timeline_idx = models.Index("(pass_id, date, id)")

    @api.constrains("corrects_id", "pass_id")
    def _check_corrects(self):
        for event in self.filtered("corrects_id"):
            if event.corrects_id.pass_id != event.pass_id:
                raise ValidationError(self.env._("A correction stays within its pass."))
            if event.corrects_id.kind == "correction":
                raise ValidationError(
                    self.env._("A correction is not corrected: record the event again.")
                )
