# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import float_round

from ..domain import pricing

AUDIENCES = [
    ("public", "Public"),
    ("member", "Members"),
    ("pass", "Pass holders"),
]
# Who has no prices of their own pays those of the next.
FALLBACK = {"pass": "member", "member": "public", "public": None}


class BookablePrice(models.Model):
    """What one seat costs an audience from a day on, VAT included."""

    _name = "tierslieux.bookable.price"
    _description = "Price of a bookable"
    _order = "bookable_id, audience, date_from desc, id desc"
    _rec_name = "audience"

    bookable_id = fields.Many2one(
        "tierslieux.bookable", required=True, ondelete="cascade", index=True
    )
    audience = fields.Selection(AUDIENCES, required=True, default="public")
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    has_hour = fields.Boolean(string="Sold by the hour", default=True)
    hour = fields.Monetary()
    has_half_day = fields.Boolean(string="Sold by the half-day")
    half_day = fields.Monetary()
    has_day = fields.Boolean(string="Sold by the day")
    day = fields.Monetary(help="The most that one day costs.")
    half_day_minutes = fields.Integer(string="Half-day (minutes)", default=240)

    _date_uniq = models.Constraint(
        "UNIQUE (bookable_id, audience, date_from)",
        "There are prices for this audience from that day on already.",
    )
    _positive = models.Constraint(
        "CHECK (hour >= 0 AND half_day >= 0 AND day >= 0 AND half_day_minutes > 0)",
        "A price cannot be negative, nor a half-day be empty.",
    )
    _sold = models.Constraint(
        "CHECK (has_hour OR has_half_day OR has_day)",
        "Say by what it is sold: hour, half-day or day.",
    )

    def _compute_currency_id(self):
        self.currency_id = self.env.company.currency_id

    def _price(self, start, stop, zone, seats=1):
        """What a booking costs at these prices; nothing where there are none."""
        if not self:
            return 0
        return pricing.price(self._rate(), start, stop, zone, seats) / 100

    def _rate(self):
        """The prices in cents, for domain/pricing."""
        self.ensure_one()
        return pricing.Rate(
            hour=_cents(self.hour) if self.has_hour else None,
            half_day=_cents(self.half_day) if self.has_half_day else None,
            day=_cents(self.day) if self.has_day else None,
            half_day_minutes=self.half_day_minutes,
        )


def _cents(amount):
    return int(float_round(amount * 100, precision_digits=0))
