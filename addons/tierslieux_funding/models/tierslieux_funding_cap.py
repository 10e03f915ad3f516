# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class FundingCap(models.Model):
    """The most an agreement takes of one line of expenses. Part of its terms."""

    _name = "tierslieux.funding.cap"
    _description = "Cap of a line"
    _inherit = ["tierslieux.frozen"]
    _order = "id"

    _frozen_parent = "terms_id"

    terms_id = fields.Many2one(
        "tierslieux.funding.terms", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="terms_id.company_id")
    currency_id = fields.Many2one(related="terms_id.currency_id")
    category_id = fields.Many2one(
        "tierslieux.funding.category",
        string="Line of the report",
        required=True,
        ondelete="restrict",
        domain="[('side', '=', 'charge')]",
        help="With the lines below it.",
    )
    amount = fields.Monetary(string="At most")
    percent = fields.Float(
        string="At most (%)",
        digits=(6, 3),
        help="Of all the eligible expenses of the agreement.",
    )

    _category_uniq = models.UniqueIndex(
        "(terms_id, category_id)", "This line has a cap already."
    )
    _one_cap = models.Constraint(
        "CHECK (amount >= 0 AND percent >= 0 AND percent <= 100"
        " AND (amount > 0) <> (percent > 0))",
        "A cap is an amount or a percentage, above zero.",
    )
