# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

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
                "home_venue_id": values.get("home_venue_id"),
                "shows_name": bool(values.get("shows_name")),
            }
        )
        one._set_payment(values)
        event = one._record("subscribed", values["date"], plan)
        one._card()
        one._queue_welcome(event)
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
        return errors | self._payment_errors(values)

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
