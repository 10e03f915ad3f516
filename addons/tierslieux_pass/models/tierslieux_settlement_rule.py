# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class SettlementRule(models.Model):
    """A version of the rules by which a month is shared between venues. Fixed once
    adopted: an amendment is a new version, from the first of a month on."""

    _name = "tierslieux.settlement.rule"
    _description = "Rules of settlement"
    _inherit = ["tierslieux.frozen"]
    _order = "date_from desc, id desc"

    name = fields.Char(required=True)
    date_from = fields.Date(
        string="In force from",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1),
        help="The first day of a month.",
    )
    adopted_on = fields.Date(readonly=True, copy=False)
    resolution = fields.Char(
        help="The vote that adopted these rules: assembly, date, number."
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    timezone = fields.Char(
        required=True,
        default="Europe/Paris",
        help="Where days and months begin.",
    )
    fee_rate = fields.Float(
        string="Network fee",
        digits=(6, 4),
        default=0.05,
        required=True,
        help="What the network keeps, as a part of subscriptions and of billed hours.",
    )
    reserve_rate = fields.Float(
        string="Reserve, part of subscriptions",
        digits=(6, 4),
        help="What is put aside each month, as a part of subscriptions; it pays "
        "guarantees.",
    )
    reserve_amount = fields.Monetary(
        string="Reserve, fixed part", help="Put aside each month on top of the rate."
    )
    hourly_rate = fields.Monetary(
        string="Price per hour",
        help="Common price of hours beyond those included, excluding tax.",
    )
    unlimited = fields.Boolean(
        string="Unlimited hours", help="No hour is billed beyond subscriptions."
    )
    included_minutes = fields.Integer(
        help="Minutes a month and person covered by the subscription."
    )
    daily_cap_minutes = fields.Integer(
        string="Daily cap (minutes)",
        required=True,
        default=480,
        help="A person counts no more minutes than that in a venue and a day.",
    )
    pool_weight = fields.Selection(
        [
            ("minutes", "By minutes of presence"),
            ("visits", "By number of visits"),
            ("per_member", "Each fee among the venues its payer used"),
        ],
        string="Subscriptions are shared",
        required=True,
        default="minutes",
    )
    breakage = fields.Selection(
        [
            ("common_fund", "To the common fund"),
            ("equal", "To all venues equally"),
            ("home_venue", "To the holders' home venues"),
        ],
        string="Subscriptions nobody used",
        required=True,
        default="common_fund",
    )
    minimum_guarantee = fields.Monetary(
        help="What each venue gets at least in a month, out of the reserve while it "
        "lasts."
    )

    correction_days = fields.Integer(
        string="Corrections are asked for within (days)",
        required=True,
        default=14,
        help="After the end of a visit, its holder may ask for no correction any more.",
    )
    answer_days = fields.Integer(
        string="Venues answer within (days)",
        required=True,
        default=14,
        help="A request still open after that is answered by these rules.",
    )
    unanswered = fields.Selection(
        [("accepted", "Accepted"), ("refused", "Refused")],
        string="Requests left unanswered are",
        required=True,
        default="accepted",
    )

    _adopted_uniq = models.UniqueIndex(
        "(company_id, date_from) WHERE adopted_on IS NOT NULL",
        "Rules are adopted for this month already.",
    )
    _first_of_month = models.Constraint(
        "CHECK (EXTRACT(day FROM date_from) = 1)",
        "Rules are in force from the first day of a month.",
    )
    _rates_within_one = models.Constraint(
        "CHECK (fee_rate >= 0 AND reserve_rate >= 0 AND fee_rate + reserve_rate <= 1)",
        "Fee and reserve are parts of the subscriptions: between 0 and 1 together.",
    )
    _not_negative = models.Constraint(
        "CHECK (reserve_amount >= 0 AND hourly_rate >= 0 AND included_minutes >= 0 "
        "AND minimum_guarantee >= 0)",
        "Amounts and minutes cannot be negative.",
    )
    _delays_of_a_day = models.Constraint(
        "CHECK (correction_days >= 1 AND answer_days >= 1)",
        "A delay is of a day at least.",
    )
    _cap_of_a_day = models.Constraint(
        "CHECK (daily_cap_minutes BETWEEN 1 AND 1440)",
        "The daily cap is between 1 and 1440 minutes.",
    )

    @api.depends("name", "date_from")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = self.env._(
                "%(name)s, from %(date)s",
                name=rule.name,
                date=format_date(self.env, rule.date_from),
            )

    @api.model
    def _in_force(self, day):
        """The adopted version in force on a day; empty before the first one."""
        return self.search(
            [
                ("adopted_on", "!=", False),
                ("date_from", "<=", day),
                ("company_id", "=", self.env.company.id),
            ],
            order="date_from desc",
            limit=1,
        )

    def _answer_due(self):
        """When a correction asked for now is answered at the latest, and what becomes
        of it then; nothing before the first rules."""
        if not self:
            return {}
        today = fields.Date.context_today(self)
        return {
            "answer_by": today + timedelta(days=self.answer_days),
            "unanswered": self.unanswered,
        }

    def action_adopt(self):
        self.ensure_one()
        if self.adopted_on:
            raise UserError(self.env._("These rules are adopted already."))
        month = fields.Date.context_today(self).replace(day=1)
        if self.date_from < month:
            raise UserError(
                self.env._("Rules are not adopted for a month that is over.")
            )
        self.adopted_on = fields.Date.context_today(self)

    def action_new_version(self):
        """A draft that starts from this version."""
        self.ensure_one()
        return self.copy()._get_records_action()
