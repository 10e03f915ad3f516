# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass
from typing import Any

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL, format_date

from ..domain.money import cents


@dataclass(kw_only=True)
class Draft:
    """An entry to post: what of, for what (``scope``), when, how much in cents; an
    amount below zero is the entry the other way round. With ``move``, it is in the
    books already."""

    kind: str
    scope: str
    company: Any
    date: Any
    cents: int
    name: str
    move: Any = None
    reverses: Any = None


class Posting(models.AbstractModel):
    """A register of entries of the general ledger, each made once. What was wrong is
    compensated by the opposite, never deleted.

    A register has its kinds in the selection ``kind``, names the model of its accounts
    in ``_accounts_model`` (see ``tierslieux.account.role``), defines ``reverses_id``
    and says what the lines of an entry are in ``_line_values``.
    """

    _name = "tierslieux.posting"
    _description = "Register of entries"
    _inherit = ["tierslieux.append.only"]
    _order = "date desc, id desc"

    _accounts_model = None
    #: Kinds whose entry has more lines than the amount of the register tells.
    _compound_kinds = ()

    name = fields.Char(required=True, readonly=True)
    kind = fields.Char(required=True, readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, readonly=True, index=True)
    amount = fields.Monetary(required=True, readonly=True)
    scope = fields.Char(required=True, readonly=True, index=True)
    source_key = fields.Char(required=True, readonly=True)
    move_id = fields.Many2one(
        "account.move",
        string="Journal entry",
        required=True,
        ondelete="restrict",
        index=True,
        readonly=True,
    )
    line_ids = fields.One2many(related="move_id.line_ids", string="Lines")

    _source_key_uniq = models.Constraint(
        "UNIQUE (source_key)",
        "Somebody else has just posted this: look again before you go on.",
    )
    _reversed_once = models.UniqueIndex(
        "(reverses_id) WHERE reverses_id IS NOT NULL",
        "This entry is reversed already.",
    )

    @api.model
    def _posted(self, kinds, domain=()):
        """Cents posted so far: ``{(kind, scope): cents}``, reversals counted."""
        rows = self._read_group(
            [("kind", "in", kinds), *domain], ["kind", "scope"], ["amount:sum"]
        )
        return {(kind, scope): cents(amount) for kind, scope, amount in rows}

    @api.model
    def _post_drafts(self, drafts):
        """Post entries and write them in the register.

        :raises UserError: a closed period, an account or a journal that is missing
        """
        if not drafts:
            return self.browse()
        numbers = {
            (kind, scope): count
            for kind, scope, count in self._read_group(
                [("scope", "in", [draft.scope for draft in drafts])],
                ["kind", "scope"],
                ["__count"],
            )
        }
        moves = iter(self._create_moves([one for one in drafts if not one.move]))
        vals_list = []
        for draft in drafts:
            scope = draft.kind, draft.scope
            numbers[scope] = number = numbers.get(scope, 0) + 1
            vals_list.append(
                {
                    **self._posting_values(draft),
                    # the n-th entry of a kind for the same thing: made once, ever
                    "source_key": f"{draft.kind}/{draft.scope}/{number}",
                    "move_id": (draft.move or next(moves)).id,
                }
            )
        # sudo: nobody has the right to write in the register, this act is the way in
        postings = self.sudo().create(vals_list).sudo(False)
        # the unique keys answer now, before anything else is done
        self.env.flush_all()
        return postings

    @api.model
    def _posting_values(self, draft):
        return {
            "name": draft.name,
            "kind": draft.kind,
            "company_id": draft.company.id,
            "date": draft.date,
            "amount": draft.cents / 100,
            "scope": draft.scope,
            "reverses_id": draft.reverses and draft.reverses.id,
        }

    @api.model
    def _create_moves(self, drafts):
        accounts = self.env[self._accounts_model]
        mappings = {}
        journals = {}
        checked = set()
        vals_list = []
        for draft in drafts:
            company = draft.company
            if company not in mappings:
                mappings[company] = accounts.with_company(company)._mapping(company)
            place = company, self._journal_name(draft)
            if place not in journals:
                journals[place] = self._journal(*place)
            if (place, draft.date) not in checked:
                self._check_open(draft, journals[place])
                checked.add((place, draft.date))
            vals_list.append(
                {
                    "move_type": "entry",
                    "company_id": company.id,
                    "currency_id": company.currency_id.id,
                    "journal_id": journals[place].id,
                    "date": draft.date,
                    "ref": draft.name,
                    "line_ids": [
                        Command.create({"name": draft.name, **line})
                        for line in self._line_values(draft, mappings[company])
                    ],
                }
            )
        moves = self.env["account.move"].create(vals_list)
        moves._post(soft=False)
        return moves

    @api.model
    def _line_values(self, draft, mapping):
        """The values of each line of an entry, complete but for the name.

        :param mapping: of the company, see ``tierslieux.account.role``
        """
        raise NotImplementedError

    @api.model
    def _journal_name(self, draft):
        """What the chart of accounts calls the journal of an entry."""
        return "general"

    @api.model
    def _journal(self, company, name):
        chart = self.env["account.chart.template"].with_company(company)
        journal = chart.ref(name, raise_if_not_found=False)
        if not journal and name == "general":
            journal = self.env["account.journal"].search(
                [("company_id", "=", company.id), ("type", "=", "general")], limit=1
            )
        if not journal:
            raise UserError(
                self.env._(
                    "%s has no journal for this entry: load its chart of accounts.",
                    company.name,
                )
            )
        return journal

    @api.model
    def _check_open(self, draft, journal):
        locks = draft.company._get_violated_lock_dates(draft.date, False, journal)
        if locks:
            raise UserError(
                self.env._(
                    "“%(entry)s” would be dated %(day)s, but the books are closed: "
                    "%(locks)s. Choose a later date, or ask who keeps the books to "
                    "open that period.",
                    entry=draft.name,
                    day=format_date(self.env, draft.date),
                    locks=draft.company._format_lock_dates(locks),
                )
            )

    def _query_disagreements(self, companies):
        """Entries whose amounts in the register and in the ledger differ.

        :return: ``[(posting id, register, ledger)]``
        """
        self.flush_model()
        self.env["account.move.line"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT p.id, abs(p.amount), coalesce(sum(l.debit), 0)
                  FROM %(register)s p
                  JOIN account_move m ON m.id = p.move_id
                  LEFT JOIN account_move_line l
                    ON l.move_id = m.id AND m.state = 'posted'
                 WHERE p.company_id = ANY(%(companies)s)
                   AND p.kind != ALL(%(compound)s)
                 GROUP BY p.id, p.amount
                HAVING abs(p.amount) != coalesce(sum(l.debit), 0)
                 ORDER BY p.id
                """,
                register=SQL.identifier(self._table),
                companies=companies.ids,
                compound=list(self._compound_kinds),
            )
        )
