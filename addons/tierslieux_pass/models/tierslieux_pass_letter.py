# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import format_amount


class Pass(models.Model):
    """The letter that welcomes a subscriber, with the card to print."""

    _inherit = "tierslieux.pass"

    def _queue_welcome(self, event):
        """The letter leaves once the subscription is recorded: its PDF takes time."""
        self.ensure_one()
        self.with_delay(
            description=self.env._("Letter of welcome: %s", self.number),
            identity_key=f"pass-welcome-{event.id}",
        )._send_welcome(event.id)

    def _send_welcome(self, event_id):
        self.ensure_one()
        event = self.event_ids.browse(event_id)
        template = self.env.ref("tierslieux_pass.mail_template_welcome")
        template.with_context(**self._welcome_words(event)).send_mail(self.id)

    def _welcome_words(self, event):
        """What the letter says of a subscription, in the holder's language."""
        plan = event.plan_id.with_context(lang=self.partner_id.lang)
        quote = self._quote(plan, event.date)

        def amount(value):
            return format_amount(
                self.env, value, plan.currency_id, self.partner_id.lang
            )

        return {
            "plan": plan.name,
            "day": event.date,
            "first": amount(quote["first"]),
            "first_to": quote["first_to"],
            "monthly": amount(quote["monthly"]),
            "hour": None if quote["rate"].unlimited else amount(quote["hour"]),
            "mandate": self.mandate_id.unique_mandate_reference,
            "iban": self._masked_iban(),
        }
