# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, time, timezone
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.fields import Domain

from ..domain import subscription
from ..domain.usage import usage

ZONE = "Europe/Paris"


class Pass(models.Model):
    """What a holder reads of their visits, month by month."""

    _inherit = "tierslieux.pass"

    def _month(self, first):
        """The visits of a month, and what they come to so far.

        :param first: first day of the month
        :return: ``{"visits", "minutes", "included" (None for unlimited), "billed",
            "hours_amount", "plan"}``, amounts taxes included
        """
        self.ensure_one()
        last = subscription.next_month(first)
        # sudo: the prices of one's own plan, though it be published no more
        one = self.sudo()
        visits = self.env["tierslieux.visit"]._effective(
            Domain("pass_id", "=", self.id)
            & Domain("check_in", ">=", _utc(first))
            & Domain("check_in", "<", _utc(last)),
            order="check_in, id",
        )
        periods = subscription.periods(one._events(), first, last)
        plan = one.plan_id.browse(periods[-1].plan) if periods else one.plan_id
        rate = plan._rates_at(first).get(plan) or plan.rate_ids.browse()
        included = None if rate.unlimited else rate.included_minutes
        used = usage(
            first.strftime("%Y-%m"),
            ZONE,
            [
                (visit.venue_id.id, _minute(visit.check_in), _minute(visit.check_out))
                for visit in visits
                if not visit.paid_by_booking
            ],
            included,
            round(rate.hourly_rate * 100),
        )
        return {
            "plan": plan,
            "visits": visits,
            "minutes": used.minutes,
            "included": included,
            "billed": used.billed_minutes,
            "hours_amount": plan._with_taxes(used.cents / 100, hours=True)
            if plan
            else 0,
        }

    def _months(self):
        """First days of the months with visits or a subscription, the latest first."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        start = min(
            [event.date for event in self.event_ids if event.date <= today] or [today]
        )
        months = []
        first = start.replace(day=1)
        while first <= today:
            months.append(first)
            first = subscription.next_month(first)
        return months[::-1]


def _utc(day):
    """The instant at which a day begins, UTC."""
    local = datetime.combine(day, time(), ZoneInfo(ZONE))
    return local.astimezone(timezone.utc).replace(tzinfo=None)


def _minute(instant):
    return int(instant.replace(tzinfo=timezone.utc).timestamp()) // 60
