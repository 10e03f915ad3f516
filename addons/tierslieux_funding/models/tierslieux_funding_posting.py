# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass, field
from typing import Any

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command

from odoo.addons.tierslieux_network.domain.money import cents
from odoo.addons.tierslieux_network.models import tierslieux_posting

from ..domain.entries import ENTRIES, OFF_BALANCE
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


@dataclass(kw_only=True)
class Draft(tierslieux_posting.Draft):
    reason: str = ""
    agreement: Any = None
    receiver: Any = None
    action: Any = None
    maturity: Any = None
    values: dict = field(default_factory=dict)


class FundingPosting(models.Model):
    """The register of the entries of funding: each of one debit and one credit."""

    _name = "tierslieux.funding.posting"
    _description = "Entry of funding"
    _inherit = ["tierslieux.posting"]

    _accounts_model = "tierslieux.funding.account"

    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
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
    income = fields.Monetary(
        required=True,
        readonly=True,
        help="What it changes in the income of the exercise from this funder.",
    )
    reason = fields.Text(readonly=True, help="How the amount was found.")
    reverses_id = fields.Many2one(
        "tierslieux.funding.posting",
        ondelete="restrict",
        readonly=True,
    )
    reversed_by_ids = fields.One2many(
        "tierslieux.funding.posting", "reverses_id", string="Reversed by"
    )

    @api.model
    def _lock(self, records, allow_referencing=True):
        """Of two people who post for the same thing at once, the second is told.

        :param allow_referencing: whether others may still name these meanwhile
        :raises UserError: somebody is at it
        """
        try:
            records.lock_for_update(allow_referencing=allow_referencing)
        except LockError:
            raise UserError(
                self.env._(
                    "Somebody else is changing this or posting its entries at this "
                    "moment: look again in a few seconds."
                )
            ) from None

    @api.model
    def _check_day(self, day):
        """What somebody posts by hand is of a day that has come.

        :raises UserError: it is still to come
        """
        if day > fields.Date.context_today(self):
            raise UserError(self.env._("This day is still to come."))

    @api.model
    def _post_drafts(self, drafts):
        """Only the treasurer's; those of nothing are left out."""
        if not self.env.su and not self.env.user.has_group(
            "tierslieux_network.group_treasurer"
        ):
            raise UserError(self.env._("The treasurer posts the entries of funding."))
        return super()._post_drafts([draft for draft in drafts if draft.cents])

    @api.model
    def _posting_values(self, draft):
        return {
            **super()._posting_values(draft),
            "agreement_id": draft.agreement and draft.agreement.id,
            "receiver_id": draft.receiver and draft.receiver.id,
            "action_id": draft.action and draft.action.id,
            "income": ENTRIES[draft.kind].income * draft.cents / 100,
            "reason": draft.reason,
            **draft.values,
        }

    @api.model
    def _journal_name(self, draft):
        """Entries of class 8 have a journal of theirs."""
        if draft.kind in OFF_BALANCE:
            return "voluntary_contributions"
        return super()._journal_name(draft)

    @api.model
    def _line_values(self, draft, mapping):
        entry = ENTRIES[draft.kind]
        account = self.env["tierslieux.funding.account"]._account
        lines = []
        for role, balance, agreement in (
            (entry.debit, draft.cents, draft.agreement),
            (entry.credit, -draft.cents, draft.receiver or draft.agreement),
        ):
            nature = agreement.posting_nature if agreement else False
            analytic = role in ANALYTIC or draft.kind in OFF_BALANCE
            lines.append(
                {
                    "account_id": account(
                        mapping, draft.company, role, nature, draft.date
                    ).id,
                    "partner_id": agreement.funder_id.id if agreement else False,
                    "balance": balance / 100,
                    "tax_ids": [Command.clear()],
                    "date_maturity": draft.maturity if role == "called" else False,
                    "analytic_distribution": analytic
                    and self._analytic_distribution(draft),
                }
            )
        return lines

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
