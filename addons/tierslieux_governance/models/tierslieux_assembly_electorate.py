# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from typing import NamedTuple

from odoo import fields, models
from odoo.tools import SQL, format_date

from odoo.addons.tierslieux_network.domain.search_terms import normalise


class ElectorRow(NamedTuple):
    """A line of the electorate before it is written."""

    membership_id: int | None
    mandate_id: int | None
    partner_id: int
    voter_id: int | None
    member_name: str
    voter_name: str | None
    search_text: str
    college_id: int | None
    is_entitled: bool
    reason: str


class Assembly(models.Model):
    _inherit = "tierslieux.assembly"

    def _freeze(self):
        """Write the electorate as the roll of the cut-off day has it, in one batch."""
        self.ensure_one()
        rows = self._in_french()._electorate(self.cutoff_date)
        self.env.flush_all()
        self.env.cr.execute(self._query_insert_electors(rows))
        self.env["tierslieux.elector"].invalidate_model()
        self.invalidate_recordset(["elector_ids"])
        self.frozen_at = fields.Datetime.now()

    def _electorate(self, at):
        """Who is in, who is out, and why, on a day.

        :return: list of :class:`ElectorRow`
        """
        return self._board_rows(at) if self.kind == "board" else self._member_rows(at)

    def _member_rows(self, at):
        roll = self.env["tierslieux.membership"].roll(at, self.college_ids)
        # sudo: names and kinds of contacts, which the roll has shown to the caller
        contacts = self.env["res.partner"].sudo().with_context(active_test=False)
        legal_ids = set(
            contacts._search(
                [
                    ("id", "in", [row.partner_id for row in roll]),
                    ("is_company", "=", True),
                ]
            )
        )
        delegates = contacts.search_fetch(
            [("id", "in", [row.delegate_id for row in roll if row.delegate_id])],
            ["name"],
        )
        names = {delegate.id: delegate.name for delegate in delegates}
        words = self._reason_words()
        rows = []
        voting = {}
        for line in roll:
            voter_id, voter_name = line.partner_id, line.partner_name
            if line.partner_id in legal_ids:
                voter_id = line.delegate_id
                voter_name = names.get(line.delegate_id)
            reason = words(line)
            is_entitled = line.on_roll
            if is_entitled and line.partner_id in voting:
                is_entitled = False
                reason = self.env._(
                    "Votes in another college: %s", voting[line.partner_id]
                )
            elif is_entitled:
                college = self.env["tierslieux.college"].browse(line.college_id)
                voting[line.partner_id] = college.name
                if not voter_id:
                    reason = self.env._("%s; no delegate: nobody votes for it", reason)
            rows.append(
                ElectorRow(
                    line.membership_id,
                    None,
                    line.partner_id,
                    voter_id if is_entitled else None,
                    line.partner_name,
                    voter_name if is_entitled else None,
                    normalise(f"{line.partner_name} {voter_name or ''}"),
                    line.college_id,
                    is_entitled,
                    reason,
                )
            )
        return rows

    def _reason_words(self):
        """A function from a line of the roll to its reason in words."""
        labels = dict(
            self.env["tierslieux.membership"]
            ._fields["reason"]
            ._description_selection(self.env)
        )
        cache = {}

        def words(line):
            key = (line.reason, line.paid_until)
            if key not in cache:
                cache[key] = labels[line.reason]
                if line.paid_until and line.reason != "free":
                    cache[key] = self.env._(
                        "%(reason)s (until %(date)s)",
                        reason=labels[line.reason],
                        date=format_date(self.env, line.paid_until),
                    )
            return cache[key]

        return words

    def _board_rows(self, at):
        """One line for each person with a seat on the board that day."""
        mandates = self.env["tierslieux.mandate"].search(
            [
                ("date_from", "<=", at),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", at),
            ]
        )
        roles = dict(mandates._fields["role"]._description_selection(self.env))
        rows = {}
        for mandate in mandates.sorted(lambda one: (one.partner_id.name or "", one.id)):
            person = mandate.partner_id
            rows.setdefault(
                person.id,
                ElectorRow(
                    None,
                    mandate.id,
                    person.id,
                    person.id,
                    person.name,
                    person.name,
                    normalise(person.name),
                    mandate.college_id.id or None,
                    True,
                    self.env._(
                        "%(role)s since %(date)s",
                        role=roles[mandate.role],
                        date=format_date(self.env, mandate.date_from),
                    ),
                ),
            )
        return list(rows.values())

    def _query_insert_electors(self, rows):
        columns = list(zip(*rows, strict=True)) or [[]] * len(ElectorRow._fields)
        types = (
            "int",
            "int",
            "int",
            "int",
            "varchar",
            "varchar",
            "varchar",
            "int",
            "boolean",
            "varchar",
        )
        return SQL(
            """
            INSERT INTO tierslieux_elector (
                assembly_id, create_uid, create_date, write_uid, write_date, %(names)s
            )
            SELECT %(assembly)s, %(uid)s, %(now)s, %(uid)s, %(now)s, line.*
              FROM unnest(%(columns)s) AS line
            """,
            names=SQL(", ").join(map(SQL.identifier, ElectorRow._fields)),
            assembly=self.id,
            uid=self.env.uid,
            now=fields.Datetime.now(),
            columns=SQL(", ").join(
                SQL("%s::%s[]", list(column), SQL(kind))
                for column, kind in zip(columns, types, strict=True)
            ),
        )
