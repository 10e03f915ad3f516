# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import csv

from odoo import api, fields, models
from odoo.tools import file_open


class AccountRole(models.AbstractModel):
    """Which account of the chart plays which part in entries made for somebody, from a
    day on, and which text says so.

    A kind of mapping has its parts in the selection ``role`` and names the chart's
    accounts in a file ``_accounts_file``, CSV with the columns ``_role_keys``,
    ``xmlid`` and ``source``.
    """

    _name = "tierslieux.account.role"
    _description = "Account that plays a part"
    _order = "company_id, role, date_from desc, id"
    _rec_name = "account_id"

    _accounts_file = None
    _role_keys = ("role",)

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    role = fields.Char(required=True)
    date_from = fields.Date(string="From", required=True)
    account_id = fields.Many2one(
        "account.account", required=True, ondelete="restrict", check_company=True
    )
    source = fields.Char(help="The text that says so.")

    @api.model
    def _mapping(self, company):
        """``{keys: [(first day, account), …]}``, the latest first; found in the chart
        of accounts the first time."""
        accounts = self.search([("company_id", "=", company.id)])
        accounts = accounts or self._find(company)
        mapping = {}
        for one in accounts.sorted("date_from", reverse=True):
            mapping.setdefault(one._role_key(), []).append(
                (one.date_from, one.account_id)
            )
        return mapping

    @api.model
    def _playing(self, mapping, keys, day):
        """The account of the first of several parts that has one on a day; else
        None."""
        for key in keys:
            for date_from, account in mapping.get(key, ()):
                if date_from <= day:
                    return account
        return None

    def _role_key(self):
        return tuple(self[name] for name in self._role_keys)

    def _label(self, field, value):
        return dict(self._fields[field]._description_selection(self.env)).get(value)

    @api.model
    def action_find(self):
        """Look in the chart of accounts for the parts that have no account yet."""
        self._find(self.env.company)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _find(self, company):
        known = {
            one._role_key() for one in self.search([("company_id", "=", company.id)])
        }
        vals_list = []
        with file_open(self._accounts_file, "r") as lines:
            for line in csv.DictReader(lines):
                key = tuple(line[name] or False for name in self._role_keys)
                account = key not in known and self._found(company, line)
                if account:
                    vals_list.append(
                        {
                            **dict(zip(self._role_keys, key, strict=True)),
                            "company_id": company.id,
                            "account_id": account.id,
                            "source": line["source"],
                        }
                    )
        return self.create(vals_list)

    @api.model
    def _found(self, company, line):
        """The account that a line of the file names, or None."""
        chart = self.env["account.chart.template"].with_company(company)
        return chart.ref(line["xmlid"], raise_if_not_found=False)
