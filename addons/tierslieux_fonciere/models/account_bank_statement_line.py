# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import UserError

from ..domain import creditor_reference


class BankStatementLine(models.Model):
    """A payment of the bank that bears the reference of a subscription is for it."""

    _inherit = "account.bank.statement.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._receive_shares()
        return lines

    def _receive_shares(self):
        """Give payments to the subscriptions whose reference they bear."""
        for line in self:
            subscription = line.amount > 0 and line._find_subscription()
            if subscription and not line.is_reconciled:
                subscription._receive(line.amount, line.date, line._share_key(), line)

    def _find_subscription(self):
        text = f"{self.payment_ref or ''} {self.narration or ''} {self.ref or ''}"
        references = creditor_reference.find(text)
        if not references:
            return self.env["tierslieux.share.subscription"]
        # sudo: a bank's statement is imported by people who need not see subscriptions
        return (
            self.env["tierslieux.share.subscription"]
            .sudo()
            .search(
                [
                    ("reference", "in", references),
                    ("company_id", "=", self.company_id.id),
                ],
                limit=1,
            )
        )

    def _share_key(self):
        return f"bank-line-{self.id}"

    def _match_shares(self, subscription):
        """Put the line on the account of what is received before shares are allotted.

        :return: its entry
        :raises UserError: it is matched with something else
        """
        _bank, suspense, _others = self._seek_for_lines()
        if self.is_reconciled or not suspense:
            raise UserError(
                self.env._("This payment is matched with something else already.")
            )
        accounts = self.env["tierslieux.share.account"].with_company(self.company_id)
        account = accounts._account(
            accounts._mapping(self.company_id), self.company_id, "awaiting", self.date
        )
        suspense.write(
            {
                "account_id": account.id,
                "partner_id": subscription.partner_id.id,
                "name": subscription.reference,
            }
        )
        return self.move_id

    def action_undo_reconciliation(self):
        """What was taken for a subscription is given back first."""
        for line in self:
            # sudo: as above
            posting = (
                self.env["tierslieux.share.posting"]
                .sudo()
                .search(
                    [("kind", "=", "receipt"), ("scope", "=", line._share_key())],
                    order="id desc",
                    limit=1,
                )
            )
            if posting and not posting.reverses_id:
                posting.subscription_id._give_back(line._share_key(), line.move_id)
        return super().action_undo_reconciliation()
