# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import csv

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import file_open, format_date

#: From the first exercises of regulation ANC 2018-06 on.
SINCE = "2018-01-01"
FILE = "tierslieux_funding/data/funding_accounts.csv"
ROLES = [
    ("receivable", "Awards to receive"),
    ("called", "Tranches called"),
    ("income", "Income"),
    ("deferred", "Income of later exercises"),
    ("dedicated", "Fonds dédiés"),
    ("report", "Put into fonds dédiés"),
    ("use", "Use of fonds dédiés"),
    ("volunteering_charge", "Volunteers: what they did"),
    ("volunteering_product", "Volunteers: what they gave"),
    ("aid_charge", "Goods given: their use"),
    ("aid_product", "Goods given: the gift"),
    ("made_available_charge", "Goods made available: their use"),
    ("made_available_product", "Goods made available: the gift"),
    ("service_charge", "Services given: their use"),
    ("service_product", "Services given: the gift"),
]
NATURES = [
    ("grant", "Grant"),
    ("contribution", "Financial contribution of another body"),
    ("patronage", "Patronage"),
    ("gift", "Gifts"),
]


class FundingAccount(models.Model):
    """Which account of the chart plays which part in the entries of funding, from a
    day on, and which text says so."""

    _name = "tierslieux.funding.account"
    _description = "Account of funding entries"
    _order = "company_id, nature, role, date_from desc, id"
    _rec_name = "account_id"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    role = fields.Selection(ROLES, required=True)
    nature = fields.Selection(
        NATURES, string="Kind of money", help="Empty: voluntary contributions."
    )
    date_from = fields.Date(string="From", required=True, default=SINCE)
    account_id = fields.Many2one(
        "account.account", required=True, ondelete="restrict", check_company=True
    )
    source = fields.Char(help="The text that says so.")

    _one_a_day = models.Constraint(
        "UNIQUE NULLS NOT DISTINCT (company_id, role, nature, date_from)",
        "This part has an account from that day already.",
    )

    @api.model
    def _mapping(self, company):
        """``{(role, nature): [(first day, account), …]}``, the latest first; found in
        the chart of accounts the first time."""
        accounts = self.search([("company_id", "=", company.id)])
        accounts = accounts or self._find(company)
        mapping = {}
        for one in accounts.sorted("date_from", reverse=True):
            mapping.setdefault((one.role, one.nature), []).append(
                (one.date_from, one.account_id)
            )
        return mapping

    @api.model
    def _account(self, mapping, company, role, nature, day):
        """The account of a part on a day.

        :raises UserError: no account plays it
        """
        for key in ((role, nature), (role, False)):
            for date_from, account in mapping.get(key, ()):
                if date_from <= day:
                    return account
        raise UserError(
            self.env._(
                "No account is known for “%(role)s” (%(nature)s) on %(day)s at "
                "%(company)s: choose one in Funding > Configuration > Accounts.",
                role=self._label("role", role),
                nature=self._label("nature", nature)
                or self.env._("voluntary contributions"),
                day=format_date(self.env, day),
                company=company.name,
            )
        )

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
            (one.role, one.nature or "")
            for one in self.search([("company_id", "=", company.id)])
        }
        chart = self.env["account.chart.template"].with_company(company)
        vals_list = []
        with file_open(FILE, "r") as lines:
            for line in csv.DictReader(lines):
                account = chart.ref(line["xmlid"], raise_if_not_found=False)
                if account and (line["role"], line["nature"]) not in known:
                    vals_list.append(
                        {
                            "company_id": company.id,
                            "role": line["role"],
                            "nature": line["nature"] or False,
                            "account_id": account.id,
                            "source": line["source"],
                        }
                    )
        return self.create(vals_list)
