# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo import api, fields, models
from odoo.tools import ormcache

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

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        self.env.registry.clear_cache()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if {"code", "side", "account_prefixes", "sequence"} & vals.keys():
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

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

    @api.model
    @ormcache("company_id")
    def _accounts_beside_charges(self, company_id):
        """Accounts of income and of voluntary contributions in the chart of a root
        company, as JSON: ``[{"root", "id", "line", "side", "account": its code}]``."""
        # sudo: a report is of its company's chart, whatever the accounts one sees
        accounts = self.env["account.account"].sudo().with_company(company_id)
        found = self._for_accounts(
            accounts.with_context(active_test=False).search_fetch(
                [("code", "!=", False)], ["code"]
            ),
            "product",
            "in_kind_charge",
            "in_kind_product",
        )
        return json.dumps(
            [
                {
                    "root": str(company_id),
                    "id": account.id,
                    "line": line.code,
                    "side": line.side,
                    "account": account.code,
                }
                for account, line in found.items()
                if line
            ]
        )
