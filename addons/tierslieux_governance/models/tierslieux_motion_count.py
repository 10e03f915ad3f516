# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..domain import ballots, majority, tally
from .tierslieux_motion_cast import BLANK, CHOICES
from .verdict_sentences import (
    college_sentences,
    election_sentences,
    majority_sentence,
    quorum_sentence,
    votes_sentence,
)


class Motion(models.Model):
    """Counting a closed vote, and the decision that comes of it."""

    _inherit = "tierslieux.motion"

    resolution_ids = fields.One2many(
        "tierslieux.resolution", "motion_id", string="Decision"
    )

    def _count(self):
        """The ballots of a closed vote.

        :return: ``{(college or no record, choice): votes}``
        :raises UserError: a running vote, whoever asks; or ballots that were tampered
            with
        """
        self.ensure_one()
        if self.state != "closed":
            raise UserError(
                self.env._("Nobody sees the results of a vote before it is closed.")
            )
        if self.secrecy == "open":
            self._check_chain()
            rows = self.env.execute_query(self._query_count_open())
        else:
            rows = self.env.execute_query(self._query_count_urn())
            signed = self.env["tierslieux.signing"].search_count(
                [("motion_id", "=", self.id)]
            )
            cast = sum(count for _college, _choice, count in rows)
            if cast != signed:
                raise UserError(
                    self.env._(
                        "%(cast)s ballots in the urn, %(signed)s signatures: this vote "
                        "cannot be counted.",
                        cast=cast,
                        signed=signed,
                    )
                )
        colleges = self.env["tierslieux.college"]
        return {
            (colleges.browse(college or ()), choice): count
            for college, choice, count in rows
        }

    def _check_chain(self):
        broken = self._first_break()
        if broken:
            raise UserError(
                self.env._(
                    "The chain of votes is broken at position %s: a vote was changed, "
                    "removed or slipped in.",
                    broken,
                )
            )

    def _decide(self):
        """The decision of a closed vote, written once in the register."""
        self.ensure_one()
        counted = self._count()
        verdict, lines = self._quorum_verdict()
        if not verdict["quorum"]["reached"]:
            outcome = "no_quorum"
        elif self.kind == "election":
            outcome = self._decide_election(counted, verdict, lines)
        else:
            outcome = self._decide_motion(counted, verdict, lines)
        resolutions = self.env["tierslieux.resolution"]
        day = self.assembly_id._local_day(self.closed_at)
        number = (
            self.env["ir.sequence"]
            .with_context(ir_sequence_date=fields.Date.to_string(day))
            .next_by_code("tierslieux.resolution")
        )
        return resolutions.create(
            {
                "number": number,
                "motion_id": self.id,
                "assembly_id": self.assembly_id.id,
                "statutes_version_id": self._rule().version_id.id,
                "name": self.name,
                "text": self.text,
                "outcome": outcome,
                "verdict": verdict,
                "verdict_text": "\n".join(lines),
                "decided_at": self.closed_at,
            }
        )

    def _quorum_verdict(self):
        """``(numbers, sentences)`` the verdict begins with. The quorum is that of the
        opening, without which the vote does not open; between two dates, that of all
        who voted."""
        rule = self._rule()
        text, numbers = self.opening_quorum, self.opening_numbers
        if self.assembly_id.is_asynchronous:
            quorum = self._quorum()
            text = quorum_sentence(self.env, quorum, rule)
            numbers = self._quorum_numbers(quorum)
        verdict = {
            "kind": self.kind,
            "secrecy": self.secrecy,
            "statutes": rule.version_id.display_name,
            "rule": rule.kind,
            "quorum": numbers,
        }
        return verdict, [text]

    def _decide_motion(self, counted, verdict, lines):
        rule = self._rule()
        votes = dict.fromkeys(CHOICES, 0)
        by_college = {}
        for (college, choice), count in counted.items():
            votes[choice] += count
            by_college.setdefault(college, dict.fromkeys(CHOICES, 0))[choice] += count
        verdict["votes"] = votes
        lines.append(votes_sentence(self.env, votes))
        if self._is_by_college():
            decided = rule._decide_colleges(
                {
                    college: (one["for"], one["against"], one["abstention"])
                    for college, one in by_college.items()
                }
            )
            verdict["colleges"] = {
                "result": str(decided.result),
                "threshold": str(decided.threshold),
                "article": rule.college_article,
                "shares": [
                    {
                        "college": share.college.name,
                        "for": share.college.votes_for,
                        "against": share.college.against,
                        "weight": str(share.weight),
                        "contribution": str(share.contribution),
                    }
                    for share in decided.shares
                ],
            }
            lines += college_sentences(self.env, decided, rule)
        else:
            decided = majority.decide(rule._domain_majority(), self._numbers(votes))
            verdict["majority"] = {
                "left": decided.left,
                "relation": decided.relation,
                "right": decided.right,
                "base": decided.base_votes,
                "article": rule.majority_article,
            }
            lines.append(majority_sentence(self.env, decided, rule))
        verdict["adopted"] = decided.adopted
        lines.append(
            self.env._("The motion is adopted.")
            if decided.adopted
            else self.env._("The motion is rejected.")
        )
        return "adopted" if decided.adopted else "rejected"

    def _numbers(self, votes):
        """The votes beside those who were there. Whoever voted was there, even gone
        when the vote closes."""
        rule = self._rule()
        whole, _colleges = self.assembly_id._presence(rule, motion=self)
        voters = sum(votes.values())
        there = whole.on_site + whole.remote
        alone = rule.majority_base == majority.PRESENT
        return majority.Motion(
            votes["for"],
            votes["against"],
            votes["abstention"],
            votes["blank"],
            whole.entitled,
            max(there, voters if alone else voters - whole.represented),
            whole.represented,
        )

    def _decide_election(self, counted, verdict, lines):
        """Single transferable vote; a blank ballot names nobody and is no part of the
        quota."""
        positions = {str(one.id): at for at, one in enumerate(self.candidate_ids)}
        rankings = {}
        for (_college, choice), count in counted.items():
            ranking = ()
            if choice != BLANK:
                ranking = tuple(positions[one] for one in choice.split(">"))
            rankings[ranking] = rankings.get(ranking, 0) + count
        profile = ballots.Profile(
            ballots.RANKING, tuple(self.candidate_ids.mapped("name")), rankings
        )
        verdict["votes"] = {"voters": profile.voters(), "blank": rankings.get((), 0)}
        verdict["seed"] = self.seed
        if profile.voters() == rankings.get((), 0):
            lines.append(self.env._("Nobody named a candidate: nobody is elected."))
            return "rejected"
        verdict["count"] = tally.tally(profile, "stv", self.seats, self.seed)
        lines += election_sentences(self.env, verdict["count"], verdict["votes"])
        return "elected"

    def _query_count_urn(self):
        self.env["tierslieux.urn.ballot"].flush_model()
        return SQL(
            """
            SELECT college_id, choice, count(*)
              FROM tierslieux_urn_ballot
             WHERE motion_id = %s
          GROUP BY college_id, choice
          ORDER BY college_id, choice
            """,
            self.id,
        )

    def _query_count_open(self):
        self.env["tierslieux.open.ballot"].flush_model()
        return SQL(
            """
            SELECT elector.college_id, ballot.choice, count(*)
              FROM tierslieux_open_ballot ballot
              JOIN tierslieux_elector elector ON elector.id = ballot.elector_id
             WHERE ballot.motion_id = %s
          GROUP BY elector.college_id, ballot.choice
          ORDER BY elector.college_id, ballot.choice
            """,
            self.id,
        )
