# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass, field
from typing import Any

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command
from odoo.tools import SQL, format_date

from ..domain.entries import ENTRIES, OFF_BALANCE, key
from ..domain.shares import split

KINDS = [
    ("award", "Award"),
    ("deferral", "Part of later exercises"),
    ("release", "Part of the exercise, put aside before"),
    ("tranche_call", "Call of a tranche"),
    ("dedicated_report", "Put into fonds dédiés"),
    ("dedicated_use", "Use of fonds dédiés"),
    ("dedicated_transfer", "Fonds dédiés to another project"),
    ("repayment_income", "Given back: income"),
    ("repayment_deferred", "Given back: part of later exercises"),
    ("repayment_dedicated", "Given back: fonds dédiés"),
    ("volunteering", "Volunteering"),
    ("in_kind_aid", "Goods given"),
    ("in_kind_made_available", "Goods made available"),
    ("in_kind_service", "Services given"),
]
#: Lines that bear the analytic account of what is done.
ANALYTIC = {"income", "report", "use"}


@dataclass
class Draft:
    """An entry to post: what of, for what (``scope``), when, how much in cents; an
    amount below zero is the entry the other way round."""

    kind: str
    scope: str
    company: Any
    date: Any
    cents: int
    name: str
    reason: str = ""
    agreement: Any = None
    receiver: Any = None
    action: Any = None
    maturity: Any = None
    reverses: Any = None
    values: dict = field(default_factory=dict)


class FundingPosting(models.Model):
    """The register of the entries of funding: each is one entry of the general ledger,
    of one debit and one credit, made once. What was wrong is compensated by the
    opposite, never deleted."""

    _name = "tierslieux.funding.posting"
    _description = "Entry of funding"
    _inherit = ["tierslieux.append.only"]
    _order = "date desc, id desc"

    name = fields.Char(required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    agreement_id = fields.Many2one(
        "tierslieux.funding.agreement",
        ondelete="restrict",
        index="btree_not_null",
        readonly=True,
    )
    receiver_id = fields.Many2one(
        "tierslieux.funding.agreement",
        string="To the project of",
        ondelete="restrict",
        index="btree_not_null",
        readonly=True,
    )
    action_id = fields.Many2one(
        "tierslieux.funding.action",
        ondelete="restrict",
        index="btree_not_null",
        readonly=True,
    )
    tranche_id = fields.Many2one(
        "tierslieux.funding.tranche",
        ondelete="restrict",
        index="btree_not_null",
        readonly=True,
    )
    date = fields.Date(required=True, readonly=True, index=True)
    amount = fields.Monetary(required=True, readonly=True)
    income = fields.Monetary(
        required=True,
        readonly=True,
        help="What it changes in the income of the exercise from this funder.",
    )
    reason = fields.Text(readonly=True, help="How the amount was found.")
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
    reverses_id = fields.Many2one(
        "tierslieux.funding.posting",
        ondelete="restrict",
        readonly=True,
    )
    reversed_by_ids = fields.One2many(
        "tierslieux.funding.posting", "reverses_id", string="Reversed by"
    )

    _source_key_uniq = models.Constraint(
        "UNIQUE (source_key)",
        "Somebody else has just posted this: look again before you go on.",
    )
    _reversed_once = models.UniqueIndex(
        "(reverses_id) WHERE reverses_id IS NOT NULL",
        "This entry is reversed already.",
    )

    @api.model
    def _lock(self, records):
        """Of two people who post for the same thing at once, the second is told.

        :raises UserError: somebody is at it
        """
        try:
            records.lock_for_update(allow_referencing=True)
        except LockError:
            raise UserError(
                self.env._(
                    "Somebody else is posting entries for this at this moment: look "
                    "again in a few seconds."
                )
            ) from None

    @api.model
    def _posted(self, kinds, domain=()):
        """Cents posted so far: ``{(kind, scope): cents}``, reversals counted."""
        rows = self._read_group(
            [("kind", "in", kinds), *domain], ["kind", "scope"], ["amount:sum"]
        )
        return {(kind, scope): cents(amount) for kind, scope, amount in rows}

    @api.model
    def _post_drafts(self, drafts):
        """Post entries and write them in the register; those of nothing are left out.

        :raises UserError: not the treasurer, a closed period, an account or a journal
            that is missing
        """
        if not self.env.su and not self.env.user.has_group(
            "tierslieux_network.group_treasurer"
        ):
            raise UserError(self.env._("The treasurer posts the entries of funding."))
        drafts = [draft for draft in drafts if draft.cents]
        if not drafts:
            return self.browse()
        numbers = self._numbers(drafts)
        moves = self._create_moves(drafts)
        vals_list = []
        for draft, move in zip(drafts, moves, strict=True):
            scope = draft.kind, draft.scope
            numbers[scope] = number = numbers.get(scope, 0) + 1
            income = ENTRIES[draft.kind].income * draft.cents
            vals_list.append(
                {
                    "name": draft.name,
                    "kind": draft.kind,
                    "company_id": draft.company.id,
                    "agreement_id": draft.agreement.id if draft.agreement else False,
                    "receiver_id": draft.receiver.id if draft.receiver else False,
                    "action_id": draft.action.id if draft.action else False,
                    "date": draft.date,
                    "amount": draft.cents / 100,
                    "income": income / 100,
                    "reason": draft.reason,
                    "scope": draft.scope,
                    "source_key": key(*scope, number),
                    "move_id": move.id,
                    "reverses_id": draft.reverses.id if draft.reverses else False,
                    **draft.values,
                }
            )
        # sudo: nobody has the right to write in the register, this act is the way in
        postings = self.sudo().create(vals_list).sudo(False)
        # the unique keys answer now, before anything else is done
        self.env.flush_all()
        return postings

    @api.model
    def _numbers(self, drafts):
        rows = self._read_group(
            [("scope", "in", [draft.scope for draft in drafts])],
            ["kind", "scope"],
            ["__count"],
        )
        return {(kind, scope): count for kind, scope, count in rows}

    @api.model
    def _create_moves(self, drafts):
        mappings = {}
        vals_list = []
        for draft in drafts:
            if draft.company not in mappings:
                mappings[draft.company] = self.env[
                    "tierslieux.funding.account"
                ]._mapping(draft.company)
            self._check_open(draft)
            vals_list.append(self._move_values(draft, mappings[draft.company]))
        moves = self.env["account.move"].create(vals_list)
        moves._post(soft=False)
        return moves

    @api.model
    def _check_open(self, draft):
        journal = self._journal(draft)
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

    @api.model
    def _journal(self, draft):
        """Entries of class 8 have a journal of theirs."""
        chart = self.env["account.chart.template"].with_company(draft.company)
        if draft.kind in OFF_BALANCE:
            journal = chart.ref("voluntary_contributions", raise_if_not_found=False)
        else:
            journal = chart.ref("general", raise_if_not_found=False) or self.env[
                "account.journal"
            ].search(
                [("company_id", "=", draft.company.id), ("type", "=", "general")],
                limit=1,
            )
        if not journal:
            raise UserError(
                self.env._(
                    "%s has no journal for this entry: load the chart of accounts of "
                    "associations.",
                    draft.company.name,
                )
            )
        return journal

    @api.model
    def _move_values(self, draft, mapping):
        entry = ENTRIES[draft.kind]
        accounts = self.env["tierslieux.funding.account"]
        lines = []
        for role, balance, agreement in (
            (entry.debit, draft.cents, draft.agreement),
            (entry.credit, -draft.cents, draft.receiver or draft.agreement),
        ):
            nature = agreement.posting_nature if agreement else False
            partner = agreement.funder_id if agreement else None
            account = accounts._account(
                mapping, draft.company, role, nature, draft.date
            )
            analytic = role in ANALYTIC or draft.kind in OFF_BALANCE
            lines.append(
                Command.create(
                    {
                        "account_id": account.id,
                        "partner_id": partner.id if partner else False,
                        "name": draft.name,
                        "balance": balance / 100,
                        "tax_ids": [Command.clear()],
                        "date_maturity": draft.maturity if role == "called" else False,
                        "analytic_distribution": analytic
                        and self._analytic_distribution(draft),
                    }
                )
            )
        return {
            "move_type": "entry",
            "company_id": draft.company.id,
            "journal_id": self._journal(draft).id,
            "date": draft.date,
            "ref": draft.name,
            "line_ids": lines,
        }

    @api.model
    def _analytic_distribution(self, draft):
        """The actions it is for, in equal parts of a hundred percent."""
        actions = draft.action or (draft.agreement and draft.agreement.action_ids)
        accounts = actions.analytic_account_id if actions else None
        if not accounts:
            return False
        parts = split(10000, [1] * len(accounts))
        return {
            str(account.id): part / 100
            for account, part in zip(accounts, parts, strict=True)
        }

    def _reverse(self, day, reason):
        """The opposite entries, on a day; what was matched with them stays so.

        :raises UserError: reversed already, or part of a year-end
        """
        if self.reversed_by_ids or self.reverses_id:
            raise UserError(self.env._("This is reversed already, or is a reversal."))
        if self.tranche_id.filtered("received_amount"):
            raise UserError(
                self.env._("The tranche was paid: what is received is not undone.")
            )
        reversals = self._post_drafts(
            [
                Draft(
                    kind=one.kind,
                    scope=one.scope,
                    company=one.company_id,
                    date=fields.Date.to_date(day),
                    cents=-cents(one.amount),
                    name=self.env._("Reversal: %s", one.name),
                    reason=reason,
                    agreement=one.agreement_id,
                    receiver=one.receiver_id,
                    action=one.action_id,
                    reverses=one,
                    values={"tranche_id": one.tranche_id.id},
                )
                for one in self
            ]
        )
        for one in self:
            one._reconcile_with(one.reversed_by_ids)
        # a tranche whose call is undone may be called again
        calls = self.filtered(lambda one: one.kind == "tranche_call")
        calls.tranche_id.write({"called_on": False, "call_line_id": False})
        return reversals

    def _reconcile_with(self, others):
        """Match the lines of both that are still open on the same account."""
        lines = (self | others).move_id.line_ids.filtered(
            lambda line: line.account_id.reconcile and not line.reconciled
        )
        for _account, group in lines.grouped("account_id").items():
            if len(set(group.mapped(lambda line: line.balance > 0))) > 1:
                group.reconcile()

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
                  FROM tierslieux_funding_posting p
                  JOIN account_move m ON m.id = p.move_id
                  LEFT JOIN account_move_line l
                    ON l.move_id = m.id AND m.state = 'posted'
                 WHERE p.company_id IN %s
                 GROUP BY p.id, p.amount
                HAVING abs(p.amount) != coalesce(sum(l.debit), 0)
                 ORDER BY p.id
                """,
                tuple(companies.ids),
            )
        )


def cents(amount):
    """Money of the company's currency in whole cents."""
    return round(amount * 100)
