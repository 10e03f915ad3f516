# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.tierslieux_network.domain.money import cents

from ..domain import creditor_reference


class BankStatementLine(models.Model):
    """A payment of the bank that bears the reference of a subscription is for it; one
    that goes out with the number of a transfer of ours is that transfer."""

    _inherit = "account.bank.statement.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._receive_shares()
        lines._settle_payouts()
        return lines

    def _receive_shares(self):
        """Give payments to the subscriptions whose reference they bear."""
        for line in self:
            subscription = line.amount > 0 and line._find_subscription()
            if subscription and not line.is_reconciled:
                subscription._receive(line.amount, line.date, line._share_key(), line)

    def _settle_payouts(self):
        """Match what went out with the entries of the transfers whose number it
        bears: one of them, or all of a file that the bank debits at once."""
        for line in self:
            if line.amount < 0 and not line.is_reconciled:
                payments = line._find_payouts()
                if payments and cents(sum(payments.mapped("amount"))) == cents(
                    -line.amount
                ):
                    line._match_payouts(payments)

    def _find_payouts(self):
        """The transfers of shares that are on their way and that the line names."""
        # sudo: a bank's statement is imported by people who need not see transfers
        payments = self.env["account.payment"].sudo()
        sent = payments.search(
            [
                ("company_id", "=", self.company_id.id),
                ("payment_line_ids.share_posting_id", "!=", False),
                ("state", "=", "in_process"),
            ]
        )
        text = self._label()
        return sent.filtered(lambda one: _names(text, one.memo)) or sent.filtered(
            lambda one: (
                _names(text, one.payment_lot_id.name)
                or _names(text, one.payment_order_id.name)
            )
        )

    def _match_payouts(self, payments):
        # sudo: follows from the line, whoever imported it
        outgoing = payments.payment_line_ids.share_posting_id._outgoing_lines()
        _bank, suspense, _others = self._seek_for_lines()
        if len(outgoing.account_id) != 1 or not suspense:
            return
        suspense.account_id = outgoing.account_id
        (suspense.sudo() | outgoing).reconcile()
        payments.action_validate()

    def _label(self):
        return f"{self.payment_ref or ''} {self.narration or ''} {self.ref or ''}"

    def _find_subscription(self):
        references = creditor_reference.find(self._label())
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
        self._remember_account(subscription)
        return self.move_id

    def _remember_account(self, subscription):
        """What is given back goes where it came from: that account is known to be
        theirs, where whoever writes the line may say so."""
        if not self.account_number or self.amount <= 0:
            return
        account = subscription.partner_id._share_account(self.account_number)
        subscription.bank_account_id = account
        if self.env.user.has_group("account.group_validate_bank_account"):
            account.allow_out_payment = True

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


def _names(text, number):
    """Whether a text bears a number as a whole, not as the beginning of another."""
    return bool(number and re.search(rf"{re.escape(number)}(?!\w)", text))
