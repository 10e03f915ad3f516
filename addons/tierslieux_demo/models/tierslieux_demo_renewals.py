# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, timedelta

from odoo import fields, models
from odoo.fields import Command

#: From this month on, the calls of the coming year are prepared.
AUTUMN = 10


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _load_renewals(self, data, ids):
        """The campaign that called this year's dues, and in autumn the next one, whose
        list is ready."""
        today = fields.Date.context_today(self)
        first = date(today.year, 1, 1)
        campaign = self._campaign(first, state="running")
        self.env["tierslieux.renewal.call"].create(
            [
                self._call_values(campaign, membership, first, ids)
                for row, membership in zip(
                    data["memberships"], ids["memberships"], strict=True
                )
                if first in row["starts"][1:]
            ]
        )
        self._set_reminded(campaign, today)
        yield 1, 2
        if today.month >= AUTUMN:
            self._campaign(date(today.year + 1, 1, 1)).action_prepare()
        yield 2, 2

    def _campaign(self, first, **values):
        before = first.year - 1
        letters = self.env.ref("tierslieux_network.mail_template_renewal_reminder").id
        return self.env["tierslieux.renewal.campaign"].create(
            {
                "name": self.env._("Dues of %s", first.year),
                "date": first,
                "paid_from": date(before, 1, 1),
                "paid_to": date(before, 12, 31),
                "reminder_ids": [
                    Command.create({"days": days, "template_id": letters})
                    for days in (30, 60)
                ],
                **values,
            }
        )

    def _call_values(self, campaign, membership_id, first, ids):
        membership = self.env["tierslieux.membership"].browse(membership_id)
        begins, ends, cents = membership.product_id.product_tmpl_id._dues(first)
        return {
            "campaign_id": campaign.id,
            "membership_id": membership_id,
            "date_from": begins,
            "date_to": ends,
            "amount": cents / 100,
            # none of what was paid before the books are kept here
            "move_id": ids["invoices"].get((membership_id, first)),
            "is_invoiced": True,
        }

    def _set_reminded(self, campaign, today):
        """Those who have not paid got the letters whose day is over."""
        sent = sum(
            campaign.date + timedelta(days=reminder.days) <= today
            for reminder in campaign.reminder_ids
        )
        unpaid = campaign.call_ids.filtered(lambda call: call.state == "invoiced")
        unpaid.reminder_count = sent
