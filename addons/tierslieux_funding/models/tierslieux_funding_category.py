# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class FundingCategory(models.Model):
    """A line of the financial report (form Cerfa 15059*02), and the accounts that go
    there."""

    _name = "tierslieux.funding.category"
    _description = "Line of the financial report"
    _order = "sequence, id"

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    side = fields.Selection(
        [
            ("charge", "Expense"),
            ("product", "Income"),
            ("in_kind_charge", "Use of voluntary contributions"),
            ("in_kind_product", "Voluntary contributions"),
        ],
        required=True,
    )
    parent_id = fields.Many2one(
        "tierslieux.funding.category", ondelete="restrict", index=True
    )
    account_prefixes = fields.Char(
        help="First digits of the accounts of this line, separated by commas; the "
        "longest prefix that fits an account decides."
    )
    sequence = fields.Integer(default=10)

    _code_uniq = models.UniqueIndex("(code)", "A line has this code already.")
