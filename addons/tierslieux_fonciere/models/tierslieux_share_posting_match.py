# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict

from odoo import api, models

from odoo.addons.tierslieux_network.models.tierslieux_invoice_batch import (
    COMPLETE,
    SILENT,
)

#: Roles whose lines are matched: what stays open on them is owed, by us or to us.
MATCHED = ("awaiting", "called_claim", "to_repay")


class SharePosting(models.Model):
    """What was received, allotted and given back for one subscription is matched, as
    are the debt and the payment of one redemption."""

    _inherit = "tierslieux.share.posting"

    @api.model
    def _post_drafts(self, drafts):
        postings = super()._post_drafts(drafts)
        postings._match()
        return postings

    def _match(self):
        """Match the lines of these entries with what is open for the same subscription
        or redemption, all at once."""
        # sudo: follows from entries that were just made
        lines = self.sudo()._open_lines()
        plan = [
            group for group in lines if len({line.balance > 0 for line in group}) > 1
        ]
        if plan:
            # entries are balanced, and have nothing that hangs on being paid
            self.env["account.move.line"].sudo().with_context(
                **SILENT, **COMPLETE, check_move_validity=False
            )._reconcile_plan(plan)

    def _open_lines(self):
        """The open lines of the same subscriptions and redemptions, those of one and
        the same account together."""
        postings = self.search(
            [
                "|",
                ("subscription_id", "in", self.subscription_id.ids),
                ("redemption_id", "in", self.redemption_id.ids),
            ]
        )
        owners = {
            one.move_id: one.subscription_id or one.redemption_id for one in postings
        }
        accounts = self.env["tierslieux.share.account"].search(
            [("company_id", "in", self.company_id.ids), ("role", "in", MATCHED)]
        )
        lines = self.env["account.move.line"].search(
            [
                ("move_id", "in", postings.move_id.ids),
                (
                    "account_id",
                    "in",
                    accounts.account_id.filtered("reconcile").ids,
                ),
                ("reconciled", "=", False),
                ("balance", "!=", 0),
            ],
            order="date, id",
        )
        groups = defaultdict(lines.browse)
        for line in lines:
            groups[owners[line.move_id], line.account_id] |= line
        return list(groups.values())
