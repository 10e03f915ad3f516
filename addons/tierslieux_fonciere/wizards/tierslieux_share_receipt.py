# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.tierslieux_network.domain.money import cents


class ShareReceipt(models.TransientModel):
    """A payment of a subscription: one of the bank's that is not matched yet, or one
    that is not on a statement so far."""

    _name = "tierslieux.share.receipt"
    _description = "Payment of a subscription"

    subscription_id = fields.Many2one(
        "tierslieux.share.subscription", required=True, readonly=True
    )
    company_id = fields.Many2one(related="subscription_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    statement_line_id = fields.Many2one(
        "account.bank.statement.line",
        string="Payment on a statement",
        domain="[('company_id', '=', company_id), ('is_reconciled', '=', False), "
        "('amount', '>', 0)]",
        help="Empty: the payment is written down by hand.",
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    amount = fields.Monetary(
        required=True,
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("subscription_id")
    def _compute_amount(self):
        for one in self:
            subscription = one.subscription_id
            one.amount = subscription.amount - subscription.received_amount

    def action_receive(self):
        self.ensure_one()
        subscription = self.subscription_id
        subscription.issue_id._check_treasurer()
        line = self.statement_line_id
        if not line:
            self._check_by_hand()
            self.env["account.bank.statement.line"].create(
                {
                    "journal_id": self._bank_journal().id,
                    "date": self.date,
                    "amount": self.amount,
                    # the reference gives it to the subscription
                    "payment_ref": subscription.reference,
                }
            )
        else:
            subscription._receive(line.amount, line.date, line._share_key(), line)
        return {"type": "ir.actions.act_window_close"}

    def _check_by_hand(self):
        if cents(self.amount) <= 0:
            raise UserError(self.env._("Type what was received: more than zero."))
        if self.date > fields.Date.context_today(self):
            raise UserError(self.env._("This day is still to come."))

    def _bank_journal(self):
        journal = self.env["account.journal"].search(
            [("company_id", "=", self.company_id.id), ("type", "=", "bank")], limit=1
        )
        if not journal:
            raise UserError(self.env._("%s has no bank journal.", self.company_id.name))
        return journal
