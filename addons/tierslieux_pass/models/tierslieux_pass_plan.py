# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class PassPlan(models.Model):
    """A plan of the shared pass. What it costs is in its dated rates."""

    _name = "tierslieux.pass.plan"
    _description = "Plan of the pass"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_published = fields.Boolean(
        string="Published", help="Shown on the page of the pass, open to new holders."
    )
    description = fields.Text(
        translate=True, help="Whom it is for, in a sentence or two."
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    product_id = fields.Many2one(
        "product.product",
        string="Subscription product",
        required=True,
        ondelete="restrict",
        domain=[("type", "=", "service")],
        help="Account and taxes of the monthly fee on invoices.",
    )
    hours_product_id = fields.Many2one(
        "product.product",
        string="Hours product",
        ondelete="restrict",
        domain=[("type", "=", "service")],
        help="Account and taxes of the hours billed beyond those included; "
        "the subscription product where there is none.",
    )
    rate_ids = fields.One2many("tierslieux.pass.rate", "plan_id", string="Rates")
    pass_ids = fields.One2many("tierslieux.pass", "plan_id", string="Passes")
    rate_id = fields.Many2one(
        "tierslieux.pass.rate", string="Rate today", compute="_compute_rate_id"
    )

    def _compute_rate_id(self):
        rates = self._rates_at(fields.Date.context_today(self))
        for plan in self:
            plan.rate_id = rates.get(plan)

    def _rates_at(self, day):
        """``{plan: adopted rate in force on a day}``, plans without one left out."""
        found = {}
        for rate in self.env["tierslieux.pass.rate"].search(
            [
                ("plan_id", "in", self.ids),
                ("adopted_on", "!=", False),
                ("date_from", "<=", day),
            ],
            order="date_from",
        ):
            found[rate.plan_id] = rate
        return found

    def _with_taxes(self, amount, hours=False):
        """An amount excluding tax, as the holder pays it."""
        self.ensure_one()
        # sudo: accounts and taxes are not for visitors, the price they make is
        plan = self.sudo()
        product = (hours and plan.hours_product_id) or plan.product_id
        taxes = product.taxes_id.filtered(lambda tax: tax.company_id == plan.company_id)
        return taxes.compute_all(amount, currency=plan.currency_id)["total_included"]
