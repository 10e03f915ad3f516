# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..domain.accounts import line_of


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

    @api.model
    def _for_accounts(self, accounts, *sides):
        """The line of each account by the longest prefix, ``{account: line}``; an empty
        line where none fits."""
        lines = self.search([("side", "in", sides)])
        prefixes = {line: line.account_prefixes for line in lines}
        return {
            account: line_of(account.code or "", prefixes) or self.browse()
            for account in accounts
        }
