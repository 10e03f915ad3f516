# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass
from typing import Any

from odoo import api, fields, models

from odoo.addons.tierslieux_network.domain.money import cents
from odoo.addons.tierslieux_network.models import tierslieux_posting
from odoo.addons.tierslieux_network.models.tierslieux_invoice_batch import (
    COMPLETE,
    SILENT,
)

from ..domain.entries import PAIRS

KINDS = [
    ("receipt", "Money received"),
    ("allotment", "Shares allotted"),
    ("refund", "Money given back"),
    ("redemption", "Redemption decided"),
    ("payout", "Redemption: transfer"),
]
#: What a line of an entry does without, and would be looked for, line by line.
BARE = {
    "analytic_distribution": False,
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


@dataclass(kw_only=True)
class Draft(tierslieux_posting.Draft):
    """With the pairs of ``domain/entries.py`` and their cents; the amount is what the
    register tells."""

    pairs: list
    partner: Any
    subscription: Any = None
    redemption: Any = None


class SharePosting(models.Model):
    """The register of the entries of share capital: never an invoice."""

    _name = "tierslieux.share.posting"
    _description = "Entry of share capital"
    _inherit = ["tierslieux.posting"]

    _accounts_model = "tierslieux.share.account"
    _compound_kinds = ("allotment",)

    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
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
    reverses_id = fields.Many2one(
        "tierslieux.share.posting", ondelete="restrict", readonly=True
    )

    @api.model
    def _posting_values(self, draft):
        return {
            **super()._posting_values(draft),
            "partner_id": draft.partner.id,
            "subscription_id": draft.subscription and draft.subscription.id,
            "redemption_id": draft.redemption and draft.redemption.id,
        }

    @api.model
    def _create_moves(self, drafts):
        # an issue is allotted at once: thousands of entries, which come complete
        register = self.with_context(**SILENT, **COMPLETE, sequence_formats={})
        return super(SharePosting, register)._create_moves(drafts)

    @api.model
    def _line_values(self, draft, mapping):
        account = self.env["tierslieux.share.account"]._account
        return [
            {
                "account_id": account(mapping, draft.company, role, draft.date).id,
                "partner_id": draft.partner.id if role in PERSONAL else False,
                "balance": balance / 100,
                "amount_currency": balance / 100,
                "currency_id": draft.company.currency_id.id,
                **BARE,
            }
            for pair, amount in draft.pairs
            for role, balance in zip(PAIRS[pair], (amount, -amount), strict=True)
        ]

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
