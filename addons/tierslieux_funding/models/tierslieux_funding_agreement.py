# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class FundingAgreement(models.Model):
    """What a funder gives, for what, on which conditions."""

    _name = "tierslieux.funding.agreement"
    _description = "Funding agreement"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"

    name = fields.Char(required=True, tracking=True)
    reference = fields.Char(help="The number the funder gave it.")
    funder_id = fields.Many2one(
        "res.partner", required=True, ondelete="restrict", index=True, tracking=True
    )
    source_id = fields.Many2one(
        "tierslieux.funding.source", required=True, ondelete="restrict", index=True
    )
    state = fields.Selection(
        [
            ("probable", "Probable"),
            ("requested", "Requested"),
            ("notified", "Notified"),
            ("signed", "Signed"),
            ("closed", "Closed"),
            ("refused", "Refused"),
        ],
        required=True,
        default="probable",
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(required=True, tracking=True)
    date_from = fields.Date(string="Expenses from", required=True)
    date_to = fields.Date(string="Expenses to", required=True)
    action_ids = fields.Many2many("tierslieux.funding.action")
    rate = fields.Float(
        string="Co-financing rate (%)",
        digits=(6, 3),
        default=100,
        help="The part of the eligible expenses the funder pays.",
    )
    paid_required = fields.Boolean(
        string="Expenses must be paid",
        help="Only expenses paid by the end of the period count.",
    )
    category_ids = fields.Many2many(
        "tierslieux.funding.category",
        string="Lines allowed",
        domain="[('side', '=', 'charge')]",
        help="Empty: all.",
    )
    indirect_rate = fields.Float(
        string="Flat rate of indirect costs (%)",
        digits=(6, 3),
        help="Of the eligible direct expenses; zero: the frozen key decides.",
    )
    dedicated = fields.Boolean(
        string="For a defined project",
        help="What is not spent by the end of a year becomes fonds dédiés.",
    )

    _order_of_dates = models.Constraint(
        "CHECK (date_to >= date_from)", "An agreement cannot end before it begins."
    )
    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "The amount of an agreement is not negative."
    )
    _rate_percent = models.Constraint(
        "CHECK (rate > 0 AND rate <= 100)", "A rate is above 0 and at most 100 %."
    )
