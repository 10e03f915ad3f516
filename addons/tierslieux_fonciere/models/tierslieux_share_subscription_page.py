# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from odoo import models
from odoo.tools import format_datetime

from odoo.addons.base_iban.models.res_partner_bank import pretty_iban


class ShareSubscriptionPage(models.Model):
    """What a subscriber reads of a subscription: where it is, how to pay."""

    _inherit = "tierslieux.share.subscription"

    def _can_be_paid(self):
        """Whether money is still expected."""
        return (
            self.state in ("reserved", "expired")
            and self.received_amount < self.amount
            and self.issue_id.state == "open"
            and (self.state == "reserved" or self.issue_id.available_shares > 0)
        )

    def _needs_account(self):
        """Whether money is given back, and no account of the subscriber is known."""
        given_back = self.posting_ids.filtered(lambda one: one.kind == "refund")
        return not self._payee_account() and any(not one.is_sent for one in given_back)

    def _payments(self):
        """``[(day, what, amount)]``: the money that came and went, the first first."""
        received = self.env._("Payment received")
        undone = self.env._("Payment undone by the bank")
        back = self.env._("Given back by transfer")
        due = self.env._("To be given back by transfer")
        rows = []
        for one in self.posting_ids.sorted(lambda one: (one.date, one.id)):
            if one.kind == "refund":
                rows.append((one.date, back if one.is_sent else due, one.amount))
            elif one.kind == "receipt":
                what = received if one.amount > 0 else undone
                rows.append((one.date, what, abs(one.amount)))
        return rows

    def _public_papers(self):
        """The papers of its issue that anybody may read."""
        if not self.property_id.is_published:
            return self.issue_id.document_ids.browse()
        return self.issue_id.document_ids.filtered("is_public")

    def _missing_amount(self):
        return self.amount - self.received_amount

    def _pay_account(self):
        """The bank account subscriptions are paid to: that of the first bank journal
        of the foncière that has one."""
        return (
            self.env["account.journal"]
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("type", "=", "bank"),
                    ("bank_account_id", "!=", False),
                ],
                limit=1,
            )
            .bank_account_id
        )

    def _transfer(self):
        """All that a transfer needs, and its QR code for bank apps; ``{}`` while the
        foncière has told no account."""
        account = self._pay_account()
        if not account:
            return {}
        return {
            "holder": account.acc_holder_name or account.partner_id.name,
            "iban": pretty_iban(account.sanitized_acc_number),
            "bic": account.bank_bic or "",
            "reference": self._shown_reference(),
            "amount": self._missing_amount(),
            "qr": self._qr_base64(account),
        }

    def _shown_reference(self):
        """In groups of four, as it is typed."""
        plain = self.reference.replace(" ", "")
        return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))

    def _qr_text(self, account):
        """The text of a SEPA transfer (EPC069-12); empty where the account cannot have
        one."""
        problem = account._get_error_messages_for_qr(
            "sct_qr", self.partner_id, self.currency_id
        ) or account._check_for_qr_code_errors(
            "sct_qr",
            self._missing_amount(),
            self.currency_id,
            self.partner_id,
            "",
            self.reference,
        )
        if problem:
            return ""
        return "\n".join(
            account._get_qr_vals(
                "sct_qr",
                f"{self._missing_amount():.2f}",
                self.currency_id,
                self.partner_id,
                "",
                self.reference,
            )
        )

    def _qr_base64(self, account):
        text = self._qr_text(account)
        if not text:
            return ""
        png = self.env["ir.actions.report"].barcode(
            "QR", text, width=480, height=480, barLevel="M", quiet=1
        )
        return base64.b64encode(png).decode()

    def _until_words(self):
        return format_datetime(
            self.env,
            self.reserved_until,
            tz=self.env.user.tz or "Europe/Paris",
            dt_format="EEEE d MMMM y, HH:mm",
        )

    def _steps(self):
        """``[(name, day or False, reached)]``: what a subscription goes through."""
        steps = [
            (self.env._("Reserved"), self.accepted_at.date(), True),
            (self.env._("Paid"), self.paid_on, bool(self.paid_on)),
        ]
        if self.issue_id.admission_required:
            steps.append(
                (self.env._("Admitted"), self.admitted_on, bool(self.admitted_on))
            )
        steps.append((self.env._("Allotted"), self.allotted_on, bool(self.allotted_on)))
        return steps

    def _portal_lists(self):
        """Subscriptions in progress, and those that ended, the last first."""
        going = self.filtered(
            lambda one: (
                one.state in ("reserved", "paid", "waiting")
                or (one.state == "expired" and one.received_amount)
            )
        )
        return going, self - going
