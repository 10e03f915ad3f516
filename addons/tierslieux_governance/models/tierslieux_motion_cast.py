# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import contextlib
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.sql_db import Cursor
from odoo.tools import SQL

from ..domain import chain

CHOICES = ("for", "against", "abstention", "blank")
BLANK = "blank"
LARGEST_ID = 2**31 - 1
# Kinds of advisory locks, each on the id of a motion
DOOR, CHAIN = 1_869_901_157, 1_869_901_158
# What a vote depends on, beside the electorate
READ_INSIDE = [
    ("motion", "assembly_id"),
    ("motion", "decision_kind"),
    ("motion", "kind"),
    ("motion", "secrecy"),
    ("motion", "state"),
    ("assembly", "chair_id"),
    ("assembly", "is_asynchronous"),
    ("assembly", "statutes_version_id"),
    ("rule", "blank_proxy"),
    ("rule", "college_mode"),
    ("rule", "proxy_cap"),
    ("rule", "proxy_same_college"),
]


class Motion(models.Model):
    """Casting a ballot: one act, or a refusal that leaves nothing."""

    _inherit = "tierslieux.motion"

    def _cast(self, voter, choices, entered=None):
        """Vote for oneself, and for those one votes for. The only way in.

        :param voter: the contact who votes; the caller has checked who it is
        :param choices: ``{elector id: choice}``: ``for``, ``against``, ``abstention``
            or ``blank``; for an election ids of candidates, best first, joined by
            ``>``, or ``blank``
        :param entered: what :meth:`_enter` answered, for who entered to see who votes
        :return: the electors who have voted
        :raises UserError: why not; nothing is written
        """
        self.ensure_one()
        # sudo: members have no right to write votes; this act checks theirs
        motion = self.sudo()
        now = entered or motion._enter()
        if not now:
            motion._refuse_entry()
        power = motion.assembly_id._voting_power(motion._rule(), voter)[voter]
        electors = motion.env["tierslieux.elector"].browse(choices)
        if not electors or electors - power:
            raise UserError(self.env._("You have no right to this vote."))
        ballots = [
            (elector, motion._check_choice(choices[elector.id])) for elector in electors
        ]
        # One alone is refused before anything is written
        several = len(ballots) > 1
        with self.env.cr.savepoint() if several else contextlib.nullcontext():
            motion._record(voter, ballots, now)
        return electors

    def _read_committed(self):
        """See what others commit from here on, so that voters queue instead of failing
        on one another. Nothing was written before: the transaction ends here, and
        another begins."""
        self.env.cr.commit()  # pylint: disable=invalid-commit
        # The cursor of a test is a part of one transaction
        if isinstance(self.env.cr, Cursor):
            self.env.cr.execute(self._query_read_committed())
        self.env.invalidate_all()

    def _enter(self):
        """Enter the polling booth, beside others who vote; a closing waits until all
        have left, and nobody enters meanwhile. What a vote depends on is read there,
        in one query.

        :return: the moment, by the clock of the database; None where no vote is open
        """
        self.env.flush_all()
        self.env.execute_query(self._query_enter())
        # A query of its own: it sees what was committed while the door was closed; it
        # locks, so that it fails where it cannot see that
        rows = self.env.execute_query(self._query_inside())
        if not rows:
            return None
        now, is_open, assembly_id, rule_id, *values = rows[0]
        found = {
            "motion": self,
            "assembly": self.env["tierslieux.assembly"].browse(assembly_id),
            "rule": self.env["tierslieux.decision.rule"].browse(rule_id),
        }
        for (table, name), value in zip(READ_INSIDE, values, strict=True):
            found[table]._fields[name]._update_cache(found[table], value)
        return now if is_open else None

    def _refuse_entry(self):
        """:raises UserError: this vote is not open, or not any more"""
        if self.state == "draft":
            raise UserError(self.env._("This vote is not open yet."))
        raise UserError(self.env._("This vote is closed: nothing was recorded."))

    def _is_over(self):
        """Whether the time announced for the closing has come."""
        self.ensure_one()
        self.flush_recordset(["closes_at"])
        return self.env.execute_query(self._query_is_over())[0][0]

    def _check_choice(self, choice):
        """The choice as it is written.

        :raises UserError: it says nothing that can be counted
        """
        if self.kind == "motion" and choice in CHOICES or choice == BLANK:
            return choice
        ranked = choice.split(">") if isinstance(choice, str) else []
        known = {str(candidate.id) for candidate in self.candidate_ids}
        if (
            self.kind != "election"
            or not ranked
            or len(set(ranked)) < len(ranked)
            or not known.issuperset(ranked)
        ):
            raise UserError(
                self.env._("This choice cannot be read: nothing was recorded.")
            )
        return choice

    def _record(self, voter, ballots, now):
        if self.secrecy == "open":
            self._record_open(voter, ballots, now)
        else:
            self._record_confidential(ballots)

    def _record_open(self, voter, ballots, now):
        # The links of a chain are written one after the other
        self.env.execute_query(self._query_hold_chain())
        last = self.env.execute_query(self._query_last_link())
        position, previous = last[0] if last else (0, chain.GENESIS)
        for elector, choice in ballots:
            position += 1
            row = self._chain_row(position, elector.id, voter.id, choice, now)
            digest = chain.digest(previous, row)
            if not self.env.execute_query(
                self._query_insert_open(row, now, previous, digest)
            ):
                raise UserError(self._voted_already(elector))
            previous = digest

    def _chain_row(self, position, elector_id, voter_id, choice, cast_at):
        return {
            "motion": self.id,
            "position": position,
            "elector": elector_id,
            "voter": voter_id,
            "choice": choice,
            "cast_at": fields.Datetime.to_string(cast_at),
        }

    def _first_break(self):
        """The position where the chain of this open vote is broken, or None."""
        self.ensure_one()
        columns = [
            "position",
            "elector_id",
            "voter_id",
            "choice",
            "cast_at",
            "previous_digest",
            "digest",
        ]
        ballots = self.env["tierslieux.open.ballot"].search_fetch(
            [("motion_id", "=", self.id)], columns, order="position"
        )
        return chain.first_break(
            (
                self._chain_row(
                    one.position,
                    one.elector_id.id,
                    one.voter_id.id,
                    one.choice,
                    one.cast_at,
                ),
                one.previous_digest,
                one.digest,
            )
            for one in ballots
        )

    def _record_confidential(self, ballots):
        for elector, _choice in ballots:
            while not self.env.execute_query(self._query_insert_signing(elector)):
                # Either the elector, or the id that was drawn, is there already
                if self._voted_among(elector):
                    raise UserError(self._voted_already(elector))
        by_college = self._is_by_college()
        urn = [(by_college and one.college_id.id or None, how) for one, how in ballots]
        # Those of one act do not fall in the order of the signatures
        secrets.SystemRandom().shuffle(urn)
        for college_id, choice in urn:
            while not self.env.execute_query(
                self._query_insert_ballot(college_id, choice)
            ):
                pass

    def _voted_already(self, elector):
        return self.env._(
            "You have voted already for %s: a vote is cast once. "
            "Nothing more was recorded.",
            elector.member_name,
        )

    @api.model
    def _to_vote(self, voter):
        """The votes open now that wait for a contact, with the rights of the server."""
        # sudo: found by who votes, for this very contact
        electors = (
            self.env["tierslieux.elector"]
            .sudo()
            .search_fetch(
                [
                    ("voter_id", "=", voter.id),
                    ("is_entitled", "=", True),
                    ("assembly_id.state", "=", "open"),
                ],
                ["assembly_id"],
            )
        )
        motions = self.sudo().search(
            [("assembly_id", "in", electors.assembly_id.ids), ("state", "=", "open")],
            order="closes_at, id",
        )
        mine = electors.grouped("assembly_id")
        return motions.filtered(
            lambda motion: (
                not motion._is_over()
                and mine[motion.assembly_id]
                - motion._voted_among(mine[motion.assembly_id])
            )
        )

    def _voted_among(self, electors):
        """Those of the electors who have voted."""
        self.ensure_one()
        ids = self.env.execute_query(self._query_voted_among(electors))
        return electors.browse(one for [one] in ids)

    def _receipts(self, electors):
        """``{elector: digest}`` of the open votes of electors; a confidential vote
        leaves a signature, and no trace of what was chosen."""
        self.ensure_one()
        cast = self.env["tierslieux.open.ballot"].search_fetch(
            [("motion_id", "=", self.id), ("elector_id", "in", electors.ids)],
            ["elector_id", "digest"],
        )
        return {one.elector_id: one.digest for one in cast}

    def _cast_for_board(self):
        """Proxies without a name vote for what the board proposes, where the statutes
        say so, unless the principal has voted."""
        if self.kind != "motion" or not self.is_board_motion:
            return
        powers = self.assembly_id._voting_power(self._rule())
        held = powers.get(self.env["res.partner"], self.env["tierslieux.elector"])
        now = self.env.execute_query(self._query_now())[0][0]
        for elector in held - self._voted_among(held):
            self._record(
                elector.voter_id or elector.partner_id, [(elector, "for")], now
            )

    def _query_read_committed(self):
        return SQL("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")

    def _query_now(self):
        return SQL("SELECT date_trunc('second', clock_timestamp() AT TIME ZONE 'UTC')")

    def _query_is_over(self):
        return SQL(
            """
            SELECT closes_at <= clock_timestamp() AT TIME ZONE 'UTC'
              FROM tierslieux_motion
             WHERE id = %s
            """,
            self.id,
        )

    def _query_enter(self):
        """Until the end of the transaction. No row is written: many versions of one,
        kept for a long transaction elsewhere, would slow down every voter."""
        return SQL("SELECT pg_advisory_xact_lock_shared(%s, %s)", DOOR, self.id)

    def _query_shut(self):
        return SQL("SELECT pg_advisory_xact_lock(%s, %s)", DOOR, self.id)

    def _query_hold_chain(self):
        return SQL("SELECT pg_advisory_xact_lock(%s, %s)", CHAIN, self.id)

    def _query_inside(self):
        columns = SQL(", ").join(SQL.identifier(*column) for column in READ_INSIDE)
        return SQL(
            """
            SELECT date_trunc('second', clock_timestamp() AT TIME ZONE 'UTC'),
                   motion.state = 'open'
                   AND (motion.closes_at IS NULL
                        OR motion.closes_at > clock_timestamp() AT TIME ZONE 'UTC'),
                   assembly.id, rule.id, %s
              FROM tierslieux_motion motion
              JOIN tierslieux_assembly assembly ON assembly.id = motion.assembly_id
         LEFT JOIN tierslieux_decision_rule rule
                ON rule.version_id = assembly.statutes_version_id
               AND rule.kind = motion.decision_kind
             WHERE motion.id = %s
               FOR SHARE OF motion
            """,
            columns,
            self.id,
        )

    def _query_last_link(self):
        return SQL(
            """
            SELECT position, digest
              FROM tierslieux_open_ballot
             WHERE motion_id = %s
          ORDER BY position DESC
             LIMIT 1
            """,
            self.id,
        )

    def _query_insert_open(self, row, now, previous, digest):
        return SQL(
            """
            INSERT INTO tierslieux_open_ballot (
                motion_id, position, elector_id, voter_id, choice, cast_at,
                previous_digest, digest,
                create_uid, create_date, write_uid, write_date
            )
            VALUES (
                %(motion)s, %(position)s, %(elector)s, %(voter)s, %(choice)s, %(now)s,
                %(previous)s, %(digest)s, %(uid)s, %(now)s, %(uid)s, %(now)s
            )
            ON CONFLICT (motion_id, elector_id) DO NOTHING
            RETURNING id
            """,
            motion=self.id,
            position=row["position"],
            elector=row["elector"],
            voter=row["voter"],
            choice=row["choice"],
            now=now,
            previous=previous,
            digest=digest,
            uid=self.env.uid,
        )

    def _query_insert_signing(self, elector):
        return SQL(
            """
            INSERT INTO tierslieux_signing (id, motion_id, elector_id)
            VALUES (%s, %s, %s)
            ON CONFLICT DO NOTHING
            RETURNING id
            """,
            self._random_id(),
            self.id,
            elector.id,
        )

    def _query_insert_ballot(self, college_id, choice):
        # A conflict is no error: an error would write the choice in the log
        return SQL(
            """
            INSERT INTO tierslieux_urn_ballot (id, motion_id, college_id, choice)
            VALUES (%s, %s, %s, %s)
            ON CONFLICT DO NOTHING
            RETURNING id
            """,
            self._random_id(),
            self.id,
            college_id,
            choice,
        )

    def _random_id(self):
        return 1 + secrets.randbelow(LARGEST_ID)

    def _query_voted_among(self, electors):
        return SQL(
            """
            SELECT elector_id
              FROM tierslieux_signing
             WHERE motion_id = %(motion)s AND elector_id = ANY(%(electors)s)
         UNION
            SELECT elector_id
              FROM tierslieux_open_ballot
             WHERE motion_id = %(motion)s AND elector_id = ANY(%(electors)s)
            """,
            motion=self.id,
            electors=electors.ids,
        )
