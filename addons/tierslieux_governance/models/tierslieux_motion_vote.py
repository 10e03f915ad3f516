# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import secrets

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, LockError, UserError

from .verdict_sentences import quorum_sentence

_logger = logging.getLogger(__name__)

# What only the acts below write, whoever has the right to edit the agenda
VOTE_FIELDS = {
    "closed_at",
    "opened_at",
    "opening_numbers",
    "opening_quorum",
    "seed",
    "state",
}
# Below so many electors, the result of a college tells the votes of its members
SMALL_COLLEGE = 5


class Motion(models.Model):
    """The vote on a motion, from its opening to its closing."""

    _inherit = "tierslieux.motion"

    opening_quorum = fields.Text(
        string="Quorum at the opening", readonly=True, copy=False
    )
    opening_numbers = fields.Json(readonly=True, copy=False)
    voted_count = fields.Integer(
        string="Have voted", compute="_compute_voted_count", compute_sudo=True
    )
    assembly_state = fields.Selection(
        related="assembly_id.state", string="Status of the assembly"
    )

    def _compute_voted_count(self):
        counts = dict.fromkeys(self.ids, 0)
        for model in ("tierslieux.signing", "tierslieux.open.ballot"):
            for motion, count in self.env[model]._read_group(
                [("motion_id", "in", self.ids)], ["motion_id"], ["__count"]
            ):
                counts[motion.id] += count
        for motion in self:
            motion.voted_count = counts.get(motion.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_vote_fields(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_vote_fields(vals)
        return super().write(vals)

    def _check_vote_fields(self, vals):
        if VOTE_FIELDS & vals.keys() and not self.env.su:
            raise UserError(
                self.env._("A vote is opened and closed, its state is not written.")
            )

    # What the board does

    def action_open(self):
        """Open the vote. The quorum is looked at again and written down, the lot is
        drawn before anybody votes."""
        motion = self._hold("draft")
        motion._check_may_open()
        if not motion.assembly_id.is_asynchronous and not motion._quorum().reached:
            raise UserError(
                self.env._(
                    "%s\nWithout a quorum this vote does not open.",
                    motion._quorum_sentence(),
                )
            )
        closes_at = motion.closes_at
        quorum = {}
        if motion.assembly_id.is_asynchronous:
            # who takes part is who votes: the quorum is known at the closing
            closes_at = closes_at or motion.assembly_id.date_end
        else:
            quorum = motion._in_french()._opening_quorum()
        motion.write(
            {
                "state": "open",
                "opened_at": fields.Datetime.now(),
                "closes_at": closes_at,
                "seed": secrets.token_hex(16),
                **quorum,
            }
        )
        _logger.info("vote %s opened, seed of its lots: %s", motion.id, motion.seed)

    def action_withdraw(self):
        """Take a point off the agenda that the members were called on."""
        motion = self._hold("draft")
        if motion.assembly_id.state not in ("convened", "open"):
            raise UserError(
                self.env._(
                    "A point is withdrawn between the convocation and the end of the "
                    "meeting."
                )
            )
        motion.state = "withdrawn"

    def action_record_no_quorum(self):
        """Write in the register that this point could not be voted on."""
        motion = self._hold("draft")
        motion._check_may_open()
        if motion.assembly_id.is_asynchronous or motion._quorum().reached:
            raise UserError(self.env._("The quorum is reached: open the vote."))
        motion.write(
            {
                "state": "closed",
                "closed_at": fields.Datetime.now(),
                **motion._in_french()._opening_quorum(),
            }
        )
        motion._in_french()._decide()

    def action_close(self):
        """Close the vote, count it, and write the decision in the register. Whoever is
        voting at this moment has voted before, or is refused."""
        motion = self._hold("open")
        motion._check_sees_all()
        if (
            motion.assembly_id.is_asynchronous
            and motion.closes_at
            and not motion._is_over()
        ):
            raise UserError(
                self.env._(
                    "The members may vote until the announced time: "
                    "this vote closes after it."
                )
            )
        motion._cast_for_board()
        motion.write({"state": "closed", "closed_at": fields.Datetime.now()})
        motion._in_french()._decide()

    def _check_sees_all(self):
        """Begin again, as the server does by itself, when somebody voted since this
        transaction began: it would not count them.

        :raises ConcurrencyError:
        """
        # votes are written beside the cache
        self.invalidate_recordset(["voted_count"])
        seen = self.voted_count
        with self.env.registry.cursor() as cr:
            there = self.with_env(self.env(cr=cr)).voted_count
        if there > seen:
            raise ConcurrencyError("votes recorded since the closing began")

    def _opening_quorum(self):
        """The quorum of this moment, as written at the opening."""
        quorum = self._quorum()
        return {
            "opening_quorum": quorum_sentence(self.env, quorum, self._rule()),
            "opening_numbers": self._quorum_numbers(quorum),
        }

    def _quorum_numbers(self, quorum):
        return {
            "reached": quorum.reached,
            "counted": quorum.whole.counted,
            "entitled": quorum.whole.entitled,
            "parts": quorum.whole.parts,
            "fraction": str(quorum.whole.fraction),
            "required": quorum.whole.required,
            "article": self._rule().quorum_article,
        }

    def _check_may_open(self):
        if self.kind == "information":
            raise UserError(self.env._("This point is not put to the vote."))
        if self.assembly_id.state != "open":
            raise UserError(self.env._("Votes open once the meeting is open."))
        if self.kind == "election" and not self.candidate_ids:
            raise UserError(self.env._("An election needs a candidate."))

    def _hold(self, *states):
        """Wait for those who are voting, lock the motion and check where it stands, so
        that two closings make one decision.

        :return: the motion with the rights of the server
        """
        self.ensure_one()
        self.check_access("write")
        self.env.execute_query(self._query_shut())
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("Somebody is voting or closing at this moment: try again.")
            ) from error
        self.invalidate_recordset(["state"])
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "“%(name)s”: %(state)s. This cannot be done now.",
                    name=self.name,
                    state=labels[self.state],
                )
            )
        # sudo: the right to write was checked, and only the acts write a vote
        return self.sudo()

    def _in_french(self):
        return self.with_env(self.assembly_id._in_french().env)

    # What the page says

    def _small_colleges(self):
        """Colleges of a confidential vote by college of too few electors to hide in."""
        self.ensure_one()
        if self.secrecy != "confidential" or not self._is_by_college():
            return []
        entitled = dict(self.env.execute_query(self.assembly_id._query_entitled()))
        return [
            college.name
            # sudo: the names of colleges are no secret
            for college in self.env["tierslieux.college"]
            .sudo()
            .browse(filter(None, entitled))
            if entitled[college.id] < SMALL_COLLEGE
        ]

    def _is_by_college(self):
        """Whether the rule counts this vote by college."""
        return self.kind == "motion" and self._rule().college_mode != "heads"
