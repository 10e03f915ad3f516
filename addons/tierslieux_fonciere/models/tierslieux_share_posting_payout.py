# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

CODE = "sepa_credit_transfer"
PAID = ("refund", "payout")


class SharePosting(models.Model):
    """Money that goes out: given back to subscribers, paid to former holders. The entry
    is made when it is decided; the bank executes it by a file (pain.001)."""

    _inherit = "tierslieux.share.posting"

    payment_line_ids = fields.One2many(
        "account.payment.line",
        "share_posting_id",
        string="In payment orders",
        groups="tierslieux_network.group_treasurer",
    )
    bank_account_id = fields.Many2one(
        "res.partner.bank",
        string="To the account",
        compute="_compute_bank_account",
        groups="tierslieux_network.group_treasurer",
    )
    is_trusted = fields.Boolean(
        string="Checked",
        compute="_compute_bank_account",
        groups="tierslieux_network.group_treasurer",
        help="It is known that the account is theirs: it may be paid to.",
    )
    is_sent = fields.Boolean(
        string="In a file for the bank",
        compute="_compute_is_sent",
        search="_search_is_sent",
        groups="tierslieux_network.group_treasurer",
    )

    def _compute_bank_account(self):
        for one in self:
            account = one._payout_account()
            one.bank_account_id = account
            one.is_trusted = account.allow_out_payment

    def _payout_account(self):
        # sudo: accounts of persons are for the treasurer, whose act this is
        one = self.sudo()
        return (one.redemption_id or one.subscription_id)._payee_account()

    def _compute_is_sent(self):
        sent = self.filtered_domain(self._sent())
        for one in self:
            one.is_sent = one in sent

    @api.model
    def _search_is_sent(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._sent() if True in value else ~self._sent()

    @api.model
    def _sent(self):
        """Those in a payment order, or that the bank has executed already."""
        executed = [
            ("account_id", "in", self._outgoing_accounts().ids),
            ("reconciled", "=", True),
        ]
        return Domain("payment_line_ids", "any", [("state", "!=", "cancel")]) | Domain(
            "move_id.line_ids", "any", executed
        )

    @api.model
    def _outgoing_accounts(self):
        """Where what was paid is until the bank has executed it."""
        return (
            self.env["tierslieux.share.account"]
            .search([("role", "=", "outgoing")])
            .account_id
        )

    def _outgoing_lines(self):
        """What the bank has not executed of these."""
        accounts = self._outgoing_accounts()
        return self.move_id.line_ids.filtered(
            lambda line: line.account_id in accounts and not line.reconciled
        )

    def action_trust(self):
        """The treasurer has checked that the account is theirs."""
        self.env["tierslieux.share.issue"]._check_treasurer()
        for one in self:
            one._payout_account().allow_out_payment = True

    def action_payout(self):
        """Make the file for the bank of what is to be paid; what has no account that
        was checked waits, and is named.

        :raises UserError: nothing can be paid
        """
        self.env["tierslieux.share.issue"]._check_treasurer()
        due = self.search(
            Domain("id", "in", self.ids)
            & Domain("kind", "in", PAID)
            & Domain("amount", ">", 0)
            & ~self._sent(),
            order="id",
        )
        if len(due.company_id) > 1:
            raise UserError(self.env._("A file is that of one foncière."))
        ready = due.filtered(lambda one: one._payout_account().allow_out_payment)
        waiting = self._waiting_words(due - ready)
        if not ready:
            raise UserError(
                waiting or self.env._("There is nothing to pay: choose what is due.")
            )
        order = ready._payout_order()
        if waiting:
            order.message_post(body=waiting)
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.payment.order",
            "res_id": order.id,
            "views": [(False, "form")],
        }

    def _waiting_words(self, waiting):
        if not waiting:
            return ""
        return self.env._(
            "These wait for a bank account that was checked: %s.",
            ", ".join(dict.fromkeys(waiting.partner_id.mapped("display_name"))),
        )

    def _payout_order(self):
        files = self.env["tierslieux.payment.file"]
        company = self.company_id
        return files._generate(
            files._new_order(
                files._method(company, "outbound", CODE) or self._add_method(company),
                [one._payout_line() for one in self],
                description=self.env._("Shares: money given back, redemptions"),
            )
        )

    @api.model
    def _add_method(self, company):
        """Transfers by file, for the bank journal whose account is told.

        :raises UserError: none has one
        """
        journal = self.env["account.journal"].search(
            [
                ("company_id", "=", company.id),
                ("type", "=", "bank"),
                ("bank_account_id", "!=", False),
            ],
            limit=1,
        )
        if not journal:
            raise UserError(
                self.env._(
                    "No bank journal of %s has an account: write its IBAN first.",
                    company.name,
                )
            )
        method = self.env["account.payment.method"].search([("code", "=", CODE)])
        # sudo: a setting that follows from the first transfer
        return (
            self.env["account.payment.method.line"]
            .sudo()
            .create({"payment_method_id": method.id, "journal_id": journal.id})
        )

    def _payout_line(self):
        return {
            "share_posting_id": self.id,
            "partner_id": self.partner_id.id,
            "partner_bank_id": self._payout_account().id,
            "amount_currency": self.amount,
            "currency_id": self.currency_id.id,
            "communication": self.subscription_id.reference
            or self.env._("Shares paid back, request %s", self.redemption_id.id),
            "communication_type": "free",
        }
