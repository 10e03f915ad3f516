# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from .tierslieux_decision_rule import KINDS


class Motion(models.Model):
    """A point of the agenda: a motion to vote, an election, or information."""

    _name = "tierslieux.motion"
    _description = "Motion"
    _inherit = ["portal.mixin", "mail.thread"]
    _order = "assembly_id, sequence, id"

    assembly_id = fields.Many2one(
        "tierslieux.assembly", required=True, ondelete="restrict", index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    text = fields.Html()
    kind = fields.Selection(
        [
            ("motion", "Motion"),
            ("election", "Election"),
            ("information", "Information, no vote"),
        ],
        required=True,
        default="motion",
    )
    decision_kind = fields.Selection(
        KINDS,
        string="Decided as",
        compute="_compute_decision_kind",
        store=True,
        readonly=False,
        required=True,
    )
    is_board_motion = fields.Boolean(string="Proposed by the board", default=True)
    seats = fields.Integer(default=1)
    candidate_ids = fields.One2many(
        "tierslieux.candidate", "motion_id", string="Candidates", copy=True
    )
    secrecy = fields.Selection(
        [("open", "Open"), ("confidential", "Confidential")],
        compute="_compute_secrecy",
        store=True,
        readonly=False,
        required=True,
    )
    state = fields.Selection(
        [
            ("draft", "On the agenda"),
            ("open", "Vote open"),
            ("closed", "Vote closed"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    opened_at = fields.Datetime(readonly=True, copy=False)
    closes_at = fields.Datetime(copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False)
    seed = fields.Char(
        readonly=True, copy=False, help="Drawn at opening; decides ties left by the rules."
    )

    _seats_positive = models.Constraint(
        "CHECK (seats > 0)", "An election has at least one seat."
    )

    @api.depends("kind", "assembly_id.kind")
    def _compute_decision_kind(self):
        for motion in self:
            motion.decision_kind = (
                "election" if motion.kind == "election" else motion.assembly_id.kind
            )

    @api.depends("decision_kind", "assembly_id.statutes_version_id")
    def _compute_secrecy(self):
        for motion in self:
            motion.secrecy = motion._rule().secrecy or "open"

    def _rule(self):
        """The rule of the statutes that decides this motion."""
        self.ensure_one()
        versions = self.env["tierslieux.statutes.version"]
        version = self.assembly_id.statutes_version_id or versions.in_force()
        return version.rule_ids.filtered(lambda rule: rule.kind == self.decision_kind)

    @api.depends("name")
    def _compute_access_url(self):
        super()._compute_access_url()
        for motion in self:
            motion.access_url = f"/my/votes/{motion.id}"
