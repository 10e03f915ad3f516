# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class Pass(models.Model):
    """How a holder pays, and the mandate signed for it."""

    _inherit = "tierslieux.pass"

    @api.model
    def _payment_errors(self, values):
        """What has to be corrected before paying in this way, ``{field: sentence}``.

        :param values: ``payment_mode``; for a debit ``iban`` and ``accepted``
        """
        modes = dict(self._fields["payment_mode"].selection)
        if values.get("payment_mode") not in modes:
            return {"payment_mode": self.env._("Choose how to pay.")}
        if values["payment_mode"] == "debit":
            return self._mandate_errors(values)
        return {}

    def _set_payment(self, values):
        """Pay in this way from the next invoice on: ask ``_payment_errors`` first, and
        whose pass it is. A mandate that serves no more ends."""
        self.ensure_one()
        # sudo: a holder has no right to write passes and mandates, this act is the way
        one = self.sudo()
        one.payment_mode = values["payment_mode"]
        if one.mandate_id.state in ("draft", "valid"):
            one.mandate_id.cancel()
        one.mandate_id = False
        if values["payment_mode"] == "debit":
            one._sign_mandate(values["iban"])

    def _masked_iban(self):
        """The account debited, as far as its holder needs it to know it again."""
        self.ensure_one()
        # sudo: mandates are for the treasurer; this is the end of one's own account
        return self.sudo().mandate_id.partner_bank_id._masked()

    @api.model
    def _mandate_errors(self, values):
        _ = self.env._
        errors = {}
        if error := self.env["res.partner.bank"]._iban_error(values.get("iban")):
            errors["iban"] = error
        if not values.get("accepted"):
            errors["accepted"] = _("Accept the mandate, or choose another payment.")
        return errors

    @api.model
    def _mandate_text(self):
        """What a debtor accepts: the wording of the European Payments Council."""
        # sudo: name and identifier of the creditor are printed on every mandate
        company = self.env.company.sudo()
        return self.env._(
            "By accepting this mandate, you authorise (A) %(creditor)s to send "
            "instructions to your bank to debit your account and (B) your bank to "
            "debit your account in accordance with the instructions from "
            "%(creditor)s. As part of your rights, you are entitled to a refund from "
            "your bank under the terms and conditions of your agreement with your "
            "bank. A refund must be claimed within 8 weeks starting from the date on "
            "which your account was debited. Creditor identifier: %(identifier)s. "
            "Recurrent payments. You are told of each debit by its invoice, at least "
            "5 days before.",
            creditor=company.name,
            identifier=company.sepa_creditor_identifier or "—",
        )

    def _sign_mandate(self, iban):
        """A SEPA mandate accepted online: the account, the day and the text. Nothing
        else is kept of the visitor."""
        self.ensure_one()
        banks = self.env["res.partner.bank"]
        number = "".join(iban.split()).upper()
        bank = banks.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("sanitized_acc_number", "=", number),
            ],
            limit=1,
        ) or banks.create({"partner_id": self.partner_id.id, "acc_number": number})
        self.mandate_id = self.env["account.banking.mandate"].create(
            {
                "partner_id": self.partner_id.id,
                "partner_bank_id": bank.id,
                "company_id": self.company_id.id,
                "format": "sepa_core",
                "type": "recurrent",
                "signature_date": fields.Date.context_today(self),
                "state": "valid",
                "accepted_at": fields.Datetime.now(),
                "accepted_text": self.with_context(
                    lang=self.env.lang or "fr_FR"
                )._mandate_text(),
            }
        )
