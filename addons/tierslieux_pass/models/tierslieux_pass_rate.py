# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class PassRate(models.Model):
    """What a plan costs from the first of a month on. Fixed once adopted: a new price
    is a new rate, and what was billed names the rate it was billed by."""

    _name = "tierslieux.pass.rate"
    _description = "Rate of a plan"
    _inherit = ["tierslieux.frozen"]
    _order = "plan_id, date_from desc, id desc"

    plan_id = fields.Many2one(
        "tierslieux.pass.plan",
        string="Pass plan",
        required=True,
        ondelete="restrict",
        index=True,
    )
    date_from = fields.Date(
        string="In force from",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1),
        help="The first day of a month.",
    )
    adopted_on = fields.Date(readonly=True, copy=False)
    company_id = fields.Many2one(related="plan_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    monthly_fee = fields.Monetary(
        required=True, help="Excluding tax, for a whole month."
    )
    unlimited = fields.Boolean(
        string="Unlimited hours", help="No hour is billed beyond the monthly fee."
    )
    included_minutes = fields.Integer(
        help="Minutes a month covered by the fee, in all venues together."
    )
    hourly_rate = fields.Monetary(
        string="Price per hour",
        help="Excluding tax, for each hour beyond those included, billed by the "
        "minute; the same in all venues.",
    )
    daily_cap_minutes = fields.Integer(
        string="Daily cap (minutes)",
        default=480,
        help="No more minutes than that are billed for a day in a venue.",
    )
    resolution = fields.Char(help="The decision that set this rate.")

    _adopted_uniq = models.UniqueIndex(
        "(plan_id, date_from) WHERE adopted_on IS NOT NULL",
        "This plan has a rate adopted for this month already.",
    )
    _first_of_month = models.Constraint(
        "CHECK (EXTRACT(day FROM date_from) = 1)",
        "A rate is in force from the first day of a month.",
    )
    _not_negative = models.Constraint(
        "CHECK (monthly_fee >= 0 AND hourly_rate >= 0 AND included_minutes >= 0)",
        "Prices and minutes cannot be negative.",
    )
    _cap_of_a_day = models.Constraint(
        "CHECK (daily_cap_minutes BETWEEN 1 AND 1440)",
        "The daily cap is between 1 and 1440 minutes.",
    )

    @api.depends("plan_id.name", "date_from")
    def _compute_display_name(self):
        for rate in self:
            rate.display_name = self.env._(
                "%(plan)s, from %(date)s",
                plan=rate.plan_id.name,
                date=format_date(self.env, rate.date_from),
            )

    def action_adopt(self):
        """Fix these rates. A month begun keeps the prices it began with."""
        month = fields.Date.context_today(self).replace(day=1)
        for rate in self:
            if rate.adopted_on:
                raise UserError(self.env._("This rate is adopted already."))
            if rate.date_from < month or (
                rate.date_from == month and rate.plan_id._rates_at(month)
            ):
                raise UserError(
                    self.env._(
                        "The prices of a month begun do not change: this rate may "
                        "start with the next month."
                    )
                )
        self.adopted_on = fields.Date.context_today(self)
