# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from .tierslieux_decision_rule import KINDS
from .verdict_sentences import quorum_sentence

AGENDA_FIELDS = {
    "assembly_id",
    "decision_kind",
    "is_board_motion",
    "kind",
    "name",
    "seats",
    "secrecy",
    "sequence",
    "text",
}


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
    debate = fields.Text(
        copy=False, help="What was said before the vote, as the minutes tell it."
    )
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
        help="The rule of the statutes that decides: quorum, majority, colleges.",
        compute="_compute_decision_kind",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    is_board_motion = fields.Boolean(string="Proposed by the board", default=True)
    seats = fields.Integer(default=1)
    candidate_ids = fields.One2many(
        "tierslieux.candidate", "motion_id", string="Candidates", copy=True
    )
    secrecy = fields.Selection(
        [("open", "Open, named"), ("confidential", "Confidential")],
        compute="_compute_secrecy",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    state = fields.Selection(
        [
            ("draft", "On the agenda"),
            ("open", "Vote open"),
            ("closed", "Vote closed"),
            ("withdrawn", "Withdrawn from the agenda"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    opened_at = fields.Datetime(string="Opened on", readonly=True, copy=False)
    closes_at = fields.Datetime(string="Closes on", copy=False)
    closed_at = fields.Datetime(string="Closed on", readonly=True, copy=False)
    seed = fields.Char(
        readonly=True,
        copy=False,
        help="Drawn at opening; decides ties left by the rules.",
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
            # The board may be more discreet than the statutes ask
            if motion.secrecy != "confidential":
                motion.secrecy = motion._rule().secrecy or "open"

    def _rule(self):
        """The rule of the statutes that decides this motion."""
        self.ensure_one()
        return self.assembly_id._rule(self.decision_kind)

    def _quorum(self, at=None):
        """The quorum of this motion at a moment, now by default.

        :return: :class:`domain.quorum.Verdict`
        """
        self.ensure_one()
        return self.assembly_id._quorum(self._rule(), at, self)

    def _quorum_sentence(self, at=None):
        """The same in words, in the language of the environment."""
        return quorum_sentence(self.env, self._quorum(at), self._rule())

    @api.model_create_multi
    def create(self, vals_list):
        motions = super().create(vals_list)
        motions._check_agenda_open()
        return motions

    def write(self, vals):
        if AGENDA_FIELDS & vals.keys():
            self._check_agenda_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_convened(self):
        self._check_agenda_open()

    def _check_agenda_open(self):
        """Members were called on an agenda: it does not change afterwards."""
        if any(motion.assembly_id.state != "draft" for motion in self):
            raise UserError(
                self.env._("The members were called on this agenda: it is fixed.")
            )

    @api.depends("name")
    def _compute_access_url(self):
        super()._compute_access_url()
        for motion in self:
            motion.access_url = f"/my/votes/{motion.id}"
