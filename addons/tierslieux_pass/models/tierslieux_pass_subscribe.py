# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from odoo.addons.base_iban.models.res_partner_bank import validate_iban

from ..domain import proration, subscription

# A subscription may be made that long before it begins.
AHEAD = timedelta(days=60)


class Pass(models.Model):
    """Subscribing, and what a holder may change: each act is one method."""

    _inherit = "tierslieux.pass"

    @api.model
    def _quote(self, plan, day):
        """What a subscription costs from a day on, taxes included.

        :return: ``{"rate", "first": amount due for the month begun, "first_from",
            "first_to", "monthly", "hour"}``; None if the plan has no price then
        """
        rate = plan._rates_at(day).get(plan)
        if not rate:
            return None
        first, last = proration.period(day)
        fee = round(rate.monthly_fee * 100)
        cents, _parts = proration.due([proration.Active(day, last, fee)], first, last)
        return {
            "rate": rate,
            "first": plan._with_taxes(cents / 100),
            "first_from": day,
            "first_to": last - timedelta(days=1),
            "monthly": plan._with_taxes(rate.monthly_fee),
            "hour": plan._with_taxes(rate.hourly_rate, hours=True),
        }

    @api.model
    def _subscribe(self, partner, plan, values):
        """Subscribe a contact to a plan.

        :param values: ``date``, ``payment_mode``, ``iban`` for a debit,
            ``home_venue_id``, ``shows_name``
        :return: the pass
        :raises UserError: the contact has a pass that goes on; ask
            ``_subscription_errors`` first for the rest
        """
        # sudo: a contact has no right to write passes, this act is the only way in
        passes = self.sudo()
        one = passes.search(
            [("partner_id", "=", partner.id), ("company_id", "=", self.env.company.id)]
        ) or passes.create({"partner_id": partner.id})
        one.write(
            {
                "payment_mode": values["payment_mode"],
                "home_venue_id": values.get("home_venue_id"),
                "shows_name": bool(values.get("shows_name")),
            }
        )
        if values["payment_mode"] == "debit":
            one._sign_mandate(values["iban"])
        one._record("subscribed", values["date"], plan)
        one._card()
        return one

    @api.model
    def _subscription_errors(self, plan, values):
        """What has to be corrected before subscribing, ``{field: sentence}``."""
        _ = self.env._
        errors = {}
        today = fields.Date.context_today(self)
        day = values.get("date")
        if not day or not today <= day <= today + AHEAD:
            errors["date"] = _("Choose a day from today, within two months.")
        elif not plan._rates_at(day).get(plan):
            errors["date"] = _("This plan has no price on this day.")
        modes = dict(self._fields["payment_mode"].selection)
        if values.get("payment_mode") not in modes:
            errors["payment_mode"] = _("Choose how to pay.")
        if values.get("payment_mode") == "debit":
            errors.update(self._mandate_errors(values))
        return errors

    @api.model
    def _mandate_errors(self, values):
        _ = self.env._
        errors = {}
        try:
            validate_iban((values.get("iban") or "").strip())
        except ValidationError:
            errors["iban"] = _(
                "This is not a valid IBAN: in France it is FR and 25 characters, on "
                "your bank statement."
            )
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
        if self.mandate_id.state in ("draft", "valid"):
            self.mandate_id.cancel()
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

    def _change(self, kind, plan=None, date=None):
        """What a holder asks of their pass: the caller has checked whose it is."""
        self.ensure_one()
        if kind == "plan_changed":
            if not plan or plan == self.plan_id:
                raise UserError(self.env._("This is your plan already."))
            day = subscription.next_month(fields.Date.context_today(self))
            if not plan._rates_at(day).get(plan):
                raise UserError(self.env._("This plan has no price on this day."))
        # sudo: a holder has no right to write events, this act is the way in
        return self.sudo()._record(kind, date, plan)

    def _undo_planned(self):
        """Give up the next change planned."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        # sudo: as above
        one = self.sudo()
        planned = subscription.planned(one._events(), today)
        if not planned:
            raise UserError(self.env._("Nothing is planned."))
        return one.event_ids.create(
            {
                "pass_id": one.id,
                "kind": "correction",
                "date": today,
                "corrects_id": planned[-1].id,
                "user_id": self.env.uid,
                "reason": self.env._("Given up by the holder"),
            }
        )

    def _planned_sentences(self):
        """What is to happen to this pass, a sentence each."""
        self.ensure_one()
        _ = self.env._
        # sudo: the plan of one's own pass, though it be published no more
        one = self.sudo()
        sentences = []
        for event in subscription.planned(
            one._events(), fields.Date.context_today(self)
        ):
            day = format_date(self.env, event.day, date_format="d MMMM y")
            plan = one.plan_id.browse(event.plan).name if event.plan else ""
            sentences.append(
                {
                    "subscribed": _("Your pass begins on %s.", day),
                    "plan_changed": _(
                        "You move to the plan “%(plan)s” on %(day)s.",
                        plan=plan,
                        day=day,
                    ),
                    "paused": _("Your pass is paused from %s.", day),
                    "resumed": _("Your pass resumes on %s.", day),
                    "ended": _(
                        "Your pass ends on %s.",
                        format_date(
                            self.env,
                            event.day - timedelta(days=1),
                            date_format="d MMMM y",
                        ),
                    ),
                }[event.kind]
            )
        return sentences

    def _qr(self, size=600):
        """The QR code of this pass, a PNG."""
        self.ensure_one()
        return self.env["ir.actions.report"].barcode(
            "QR", self._card().code, width=size, height=size, barLevel="M"
        )

    def _qr_base64(self):
        return base64.b64encode(self._qr())
