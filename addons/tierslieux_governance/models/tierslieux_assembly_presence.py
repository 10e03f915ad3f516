# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import Counter

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..domain import proxies, quorum
from .verdict_sentences import quorum_sentence


class Assembly(models.Model):
    """Who is there, who votes for whom, and whether they are enough."""

    _inherit = "tierslieux.assembly"

    quorum_text = fields.Text(string="Quorum now", compute="_compute_quorum_text")

    def _compute_quorum_text(self):
        for assembly in self:
            assembly.quorum_text = (
                assembly.frozen_at
                # between two dates, who takes part in a vote is who has voted
                and not assembly.is_asynchronous
                and assembly._rule()
                and assembly._quorum_sentence()
            )

    # Arrivals and departures

    def _arrive(self, voter, mode="site"):
        """The electors that a contact votes for are present from now on. Their proxies
        end: who is there votes in person.

        :raises UserError: outside the meeting, or for who votes for nobody
        """
        self.ensure_one()
        if not self.frozen_at or self.state not in ("convened", "open"):
            raise UserError(self.env._("This assembly is not under way."))
        electors = self._electors_of(voter)
        if not electors:
            raise UserError(self.env._("This person votes for nobody here."))
        # sudo: the register of attendance is written by this act alone
        register = self.env["tierslieux.attendance"].sudo()
        there = register.search(
            [("elector_id", "in", electors.ids), ("left_at", "=", False)]
        )
        moved = there.filtered(lambda line: line.mode != mode)
        moved.left_at = fields.Datetime.now()
        moved.flush_recordset()  # out before in: one live line an elector
        register.create(
            [
                {"assembly_id": self.id, "elector_id": elector.id, "mode": mode}
                for elector in electors - (there - moved).elector_id
            ]
        )
        self.env["tierslieux.proxy"].sudo().search(
            [("principal_id", "in", electors.ids), ("revoked_at", "=", False)]
        )._revoke(self._in_french().env._("The member came."))

    def _leave(self, voter):
        """The electors that a contact votes for are not present any more."""
        self.ensure_one()
        if self.state not in ("convened", "open"):
            raise UserError(self.env._("This assembly is not under way."))
        # sudo: the register of attendance is written by this act alone
        self.env["tierslieux.attendance"].sudo().search(
            [
                ("elector_id", "in", self._electors_of(voter).ids),
                ("left_at", "=", False),
            ]
        ).left_at = fields.Datetime.now()

    def _electors_of(self, voter):
        """The entitled electors that a contact votes for in its own right: itself, and
        the legal persons it is the delegate of."""
        self.ensure_one()
        # sudo: a contact's own lines, whoever asks
        return (
            self.env["tierslieux.elector"]
            .sudo()
            .search(
                [
                    ("assembly_id", "=", self.id),
                    ("voter_id", "=", voter.id),
                    ("is_entitled", "=", True),
                ]
            )
        )

    def _may_join(self):
        """Whether remote members may say they are there: on the day, while it lasts."""
        self.ensure_one()
        if self.attendance_mode == "site" or self.is_asynchronous or not self.frozen_at:
            return False
        if self.state == "convened":
            return self._today() == self._local_day(self.date_start)
        return self.state == "open"

    # Voting power

    def _voting_power(self, rule=None, voter=None, at=None):
        """Who votes for whom at a moment, now by default: for each contact who is
        there, the electors it votes for: itself, legal persons, and those who gave it
        a proxy and are absent. Where votes are open between two dates, whoever has
        not given a proxy counts as there.

        :param rule: the rule of the decision; that of the meeting by default
        :param voter: reckon for one contact alone
        :return: ``{contact: electors}``; blank proxies that vote for what the board
            proposes are under the empty contact
        """
        powers, present, _given = self._powers(rule, voter, at)
        voters = {row["elector_id"]: row["voter_id"] for row in present}
        ids = {}
        for holder, held in powers.votes.items():
            ids.setdefault(voters[holder], []).extend(held)
        contacts = self.env["res.partner"]
        electors = self.env["tierslieux.elector"]
        if voter:
            return {voter: electors.browse(ids.get(voter.id, []))}
        result = {
            contacts.browse(one): electors.browse(held) for one, held in ids.items()
        }
        if powers.board:
            result[contacts] = electors.browse(powers.board)
        return result

    def _powers(self, rule=None, voter=None, at=None):
        """``(domain powers by elector id, electors there, proxies given)``, the last
        two as rows of the queries below."""
        self.ensure_one()
        rule = rule or self._rule()
        given = self.env.execute_query_dict(self._query_given(voter, at))
        principals = {row["principal_id"] for row in given}
        present = self.env.execute_query_dict(
            self._query_present(voter, principals, at)
        )
        colleges = {row["elector_id"]: row["college_id"] for row in present}
        for row in given:
            colleges[row["principal_id"]] = row["principal_college_id"]
            if row["holder_id"]:
                colleges[row["holder_id"]] = row["holder_college_id"]
        electors = self.env["tierslieux.elector"].browse(colleges.keys())
        electors._fields["college_id"]._insert_cache(electors, colleges.values())
        powers = proxies.powers(
            rule._domain_proxies(),
            [proxies.Proxy(row["principal_id"], row["holder_id"]) for row in given],
            {row["elector_id"] for row in present},
            colleges,
            chair=self.chair_id and self._electors_of(self.chair_id)[:1].id,
        )
        return powers, present, given

    def _query_given(self, voter=None, at=None):
        """Proxies live at a moment, in the order given; with ``voter``, those to it
        and, if it is in the chair, the blank ones."""
        self.env["tierslieux.proxy"].flush_model()
        whose = SQL("TRUE")
        if voter:
            whose = SQL("holder.voter_id = %s", voter.id)
            if voter == self.chair_id:
                whose = SQL("(%s OR proxy.holder_id IS NULL)", whose)
        return SQL(
            """
            SELECT proxy.principal_id,
                   proxy.holder_id,
                   principal.college_id AS principal_college_id,
                   holder.college_id AS holder_college_id
              FROM tierslieux_proxy proxy
              JOIN tierslieux_elector principal ON principal.id = proxy.principal_id
         LEFT JOIN tierslieux_elector holder ON holder.id = proxy.holder_id
             WHERE proxy.assembly_id = %(assembly)s AND %(moment)s AND %(whose)s
          ORDER BY proxy.given_at, proxy.id
            """,
            assembly=self.id,
            moment=self._query_moment("proxy", "given_at", "revoked_at", at),
            whose=whose,
        )

    def _query_present(self, voter=None, also=(), at=None):
        """Electors there at a moment; with ``voter``, its own, and those of the ids in
        ``also``."""
        self.env["tierslieux.attendance"].flush_model()
        whose = SQL("TRUE")
        if voter:
            whose = SQL(
                "(elector.voter_id = %s OR elector.id = ANY(%s))", voter.id, list(also)
            )
        if self.is_asynchronous:
            there = SQL("'remote'")
            source = SQL(
                """
                FROM tierslieux_elector elector
               WHERE NOT EXISTS (
                         SELECT FROM tierslieux_proxy proxy
                          WHERE proxy.principal_id = elector.id AND %s
                     )
                """,
                self._query_moment("proxy", "given_at", "revoked_at", at),
            )
        else:
            there = SQL("attendance.mode")
            source = SQL(
                """
                FROM tierslieux_elector elector
                JOIN tierslieux_attendance attendance
                  ON attendance.elector_id = elector.id
               WHERE %s
                """,
                self._query_moment("attendance", "arrived_at", "left_at", at),
            )
        return SQL(
            """
            SELECT elector.id AS elector_id,
                   elector.voter_id,
                   elector.college_id,
                   %(there)s AS mode
              %(source)s
               AND elector.assembly_id = %(assembly)s
               AND elector.is_entitled
               AND elector.voter_id IS NOT NULL
               AND %(whose)s
          ORDER BY elector.id
            """,
            there=there,
            source=source,
            assembly=self.id,
            whose=whose,
        )

    def _query_moment(self, table, begins, ends, at):
        """Rows of ``table`` that hold at a moment; now, when it is None."""
        begins, ends = SQL.identifier(table, begins), SQL.identifier(table, ends)
        if at is None:
            return SQL("%s IS NULL", ends)
        return SQL("(%s <= %s AND (%s IS NULL OR %s > %s))", begins, at, ends, ends, at)

    # Quorum

    def _presence(self, rule, at=None, motion=None):
        """The numbers of a quorum at a moment, now by default. Where votes are open
        between two dates, who takes part is who has voted on ``motion``.

        :return: ``(domain Attendance, {college name: domain Attendance})``
        """
        self.ensure_one()
        self.env["tierslieux.elector"].flush_model()
        entitled = dict(self.env.execute_query(self._query_entitled()))
        counts = {college: Counter() for college in entitled}
        if self.is_asynchronous:
            voted = self.env.execute_query(self._query_voted(motion)) if motion else []
            for college, number in voted:
                counts[college]["correspondence"] = number
        else:
            for college, part in self._present_parts(rule, at):
                counts[college][part] += 1
        names = {
            college.id: college.name
            # sudo: the names of colleges are no secret
            for college in self.env["tierslieux.college"]
            .sudo()
            .browse(filter(None, entitled))
        }
        colleges = {
            names.get(college, self.env._("Without a college")): quorum.Attendance(
                number, **counts[college]
            )
            for college, number in entitled.items()
        }
        whole = quorum.Attendance(
            sum(entitled.values()), **sum(counts.values(), Counter())
        )
        return whole, colleges

    def _present_parts(self, rule, at):
        """``(college id, part of the attendance)`` of each elector who takes part."""
        powers, present, given = self._powers(rule, at=at)
        parts = {"site": "on_site", "remote": "remote"}
        for row in present:
            yield row["college_id"], parts[row["mode"]]
        colleges = {row["principal_id"]: row["principal_college_id"] for row in given}
        for held in powers.votes.values():
            for principal in held[1:]:
                yield colleges[principal], "represented"
        for principal in powers.board:
            yield colleges[principal], "represented"

    def _query_entitled(self):
        return SQL(
            """
            SELECT college_id, count(*)
              FROM tierslieux_elector
             WHERE assembly_id = %s AND is_entitled
          GROUP BY college_id
          ORDER BY college_id
            """,
            self.id,
        )

    def _query_voted(self, motion):
        """Electors who have voted on a motion, by college."""
        self.env["tierslieux.signing"].flush_model()
        self.env["tierslieux.open.ballot"].flush_model()
        return SQL(
            """
            SELECT elector.college_id, count(*)
              FROM tierslieux_elector elector
             WHERE elector.id IN (
                       SELECT elector_id
                         FROM tierslieux_signing
                        WHERE motion_id = %(id)s
                    UNION
                       SELECT elector_id
                         FROM tierslieux_open_ballot
                        WHERE motion_id = %(id)s
                   )
          GROUP BY elector.college_id
            """,
            id=motion.id,
        )

    def _quorum(self, rule=None, at=None, motion=None):
        """Whether enough take part, by the rule of the meeting or the one given.

        :return: :class:`domain.quorum.Verdict`
        """
        rule = rule or self._rule()
        whole, colleges = self._presence(rule, at, motion)
        return quorum.check(
            rule._domain_quorum(), whole, colleges or None, self._convocation_rank()
        )

    def _quorum_sentence(self, rule=None, at=None):
        rule = rule or self._rule()
        return quorum_sentence(self.env, self._quorum(rule, at), rule)
