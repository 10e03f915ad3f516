# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass
from typing import Any

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL, format_date

from odoo.addons.tierslieux_network.models.tierslieux_invoice_batch import (
    COMPLETE,
    SILENT,
)

from ..domain.entries import PAIRS, key

KINDS = [
    ("receipt", "Money received"),
    ("allotment", "Shares allotted"),
    ("refund", "Money given back"),
    ("redemption", "Redemption decided"),
    ("payout", "Redemption paid"),
]
#: What a line of an entry does without, and would be looked for.
BARE = {
    "display_type": "product",
    "is_storno": False,
    "price_unit": False,
    "product_uom_id": False,
    "quantity": False,
    "sequence": 100,
    "tax_ids": [],
}
#: Roles whose lines are those of somebody.
PERSONAL = {"incoming", "outgoing", "awaiting", "called_claim", "to_repay"}


@dataclass
class Draft:
    """An entry to post: what of, for what (``scope``), when; the pairs of
    ``domain/entries.py`` with their cents, and the amount in cents that the register
    tells. Below zero it is the entry the other way round. With ``move``, it is in the
    books already."""

    kind: str
    scope: str
    company: Any
    date: Any
    pairs: list
    cents: int
    name: str
    partner: Any
    subscription: Any = None
    redemption: Any = None
    move: Any = None
    reverses: Any = None


class SharePosting(models.Model):
    """The register of the entries of share capital, each made once. What was wrong is
    compensated by the opposite, never deleted. Never an invoice."""

    _name = "tierslieux.share.posting"
    _description = "Entry of share capital"
    _inherit = ["tierslieux.append.only"]
    _order = "date desc, id desc"

    name = fields.Char(required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict")
    subscription_id = fields.Many2one(
        "tierslieux.share.subscription",
        ondelete="restrict",
        index="btree_not_null",
        readonly=True,
    )
    redemption_id = fields.Many2one(
        "tierslieux.share.redemption",
        ondelete="restrict",
        index="btree_not_null",
        readonly=True,
    )
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
    reverses_id = fields.Many2one(
        "tierslieux.share.posting", ondelete="restrict", readonly=True
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
    def _posted(self, kind, scope):
        """Cents posted so far, reversals counted."""
        rows = self._read_group(
            [("kind", "=", kind), ("scope", "=", scope)], [], ["amount:sum"]
        )
        return cents(rows[0][0] or 0)

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
        new = [draft for draft in drafts if not draft.move]
        moves = iter(self._create_moves(new))
        vals_list = []
        for draft in drafts:
            scope = draft.kind, draft.scope
            numbers[scope] = number = numbers.get(scope, 0) + 1
            vals_list.append(
                {
                    "name": draft.name,
                    "kind": draft.kind,
                    "company_id": draft.company.id,
                    "partner_id": draft.partner.id,
                    "subscription_id": draft.subscription and draft.subscription.id,
                    "redemption_id": draft.redemption and draft.redemption.id,
                    "date": draft.date,
                    "amount": draft.cents / 100,
                    "scope": draft.scope,
                    "source_key": key(*scope, number),
                    "move_id": (draft.move or next(moves)).id,
                    "reverses_id": draft.reverses and draft.reverses.id,
                }
            )
        # sudo: nobody has the right to write in the register, this act is the way in
        postings = self.sudo().create(vals_list).sudo(False)
        # the unique keys answer now, before anything else is done
        self.env.flush_all()
        return postings

    @api.model
    def _create_moves(self, drafts):
        accounts = self.env["tierslieux.share.account"]
        mappings = {}
        journals = {}
        checked = set()
        vals_list = []
        for draft in drafts:
            company = draft.company
            if company not in mappings:
                mappings[company] = accounts.with_company(company)._mapping(company)
                journals[company] = self._journal(company)
            if (company, draft.date) not in checked:
                self._check_open(draft, journals[company])
                checked.add((company, draft.date))
            vals_list.append(
                self._move_values(draft, mappings[company], journals[company])
            )
        moves = (
            self.env["account.move"]
            .with_context(**SILENT, **COMPLETE, sequence_formats={})
            .create(vals_list)
        )
        moves._post(soft=False)
        return moves

    @api.model
    def _check_open(self, draft, journal):
        locks = draft.company._get_violated_lock_dates(draft.date, False, journal)
        if locks:
            raise UserError(
                self.env._(
                    "“%(entry)s” would be dated %(day)s, but the books are closed: "
                    "%(locks)s.",
                    entry=draft.name,
                    day=format_date(self.env, draft.date),
                    locks=draft.company._format_lock_dates(locks),
                )
            )

    @api.model
    def _journal(self, company):
        chart = self.env["account.chart.template"].with_company(company)
        journal = chart.ref("general", raise_if_not_found=False) or self.env[
            "account.journal"
        ].search([("company_id", "=", company.id), ("type", "=", "general")], limit=1)
        if not journal:
            raise UserError(
                self.env._(
                    "%s has no journal of miscellaneous entries: load its chart of "
                    "accounts.",
                    company.name,
                )
            )
        return journal

    @api.model
    def _move_values(self, draft, mapping, journal):
        account = self.env["tierslieux.share.account"]._account
        lines = []
        for pair, amount in draft.pairs:
            for role, balance in zip(PAIRS[pair], (amount, -amount), strict=True):
                lines.append(
                    {
                        "account_id": account(
                            mapping, draft.company, role, draft.date
                        ).id,
                        "partner_id": draft.partner.id if role in PERSONAL else False,
                        "name": draft.name,
                        "balance": balance / 100,
                        "amount_currency": balance / 100,
                        "currency_id": draft.company.currency_id.id,
                        **BARE,
                    }
                )
        return {
            "move_type": "entry",
            "company_id": draft.company.id,
            "currency_id": draft.company.currency_id.id,
            "journal_id": journal.id,
            "date": draft.date,
            "ref": draft.name,
            "line_ids": [Command.create(line) for line in lines],
        }

    def _opposite(self, day, move=None):
        """The drafts of the entries the other way round.

        :param move: the entry that is the opposite already; else one is made
        """
        return [
            Draft(
                kind=one.kind,
                scope=one.scope,
                company=one.company_id,
                date=day,
                pairs=one._reversed_pairs(),
                cents=-cents(one.amount),
                name=self.env._("Reversal: %s", one.name),
                partner=one.partner_id,
                subscription=one.subscription_id,
                redemption=one.redemption_id,
                move=move,
                reverses=one,
            )
            for one in self
        ]

    def _reversed_pairs(self):
        if self.kind == "allotment":
            pairs = ("called", "settlement", "paid_up")
        else:
            pairs = (self.kind,)
        return [(pair, -cents(self.amount)) for pair in pairs]

    def _query_disagreements(self, company):
        """Entries whose amount in the register and in the books differ.

        An entry may be that of a bank's statement: what counts then is its line on the
        account of the bank.

        :return: ``[(posting id, register, ledger)]``
        """
        self.flush_model()
        self.env["account.move.line"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT p.id, p.amount, coalesce(l.amount, 0)
                  FROM tierslieux_share_posting p
                  JOIN account_move m ON m.id = p.move_id
             LEFT JOIN LATERAL (
                       SELECT sum(abs(line.balance)) / 2 AS amount
                         FROM account_move_line line
                        WHERE line.move_id = m.id AND m.state = 'posted'
                       ) l ON true
                 WHERE p.company_id = %s
                   AND p.kind != 'allotment'
                   AND abs(p.amount) != coalesce(l.amount, 0)
                 ORDER BY p.id
                """,
                company.id,
            )
        )


def cents(amount):
    """Money of the company's currency in whole cents."""
    return round(amount * 100)
