# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

#: From the first exercises of regulation ANC 2018-06 on.
SINCE = "2018-01-01"
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
    """Which account of the chart plays which part in the entries of funding."""

    _name = "tierslieux.funding.account"
    _description = "Account of funding entries"
    _inherit = ["tierslieux.account.role"]
    _order = "company_id, nature, role, date_from desc, id"

    _accounts_file = "tierslieux_funding/data/funding_accounts.csv"
    _role_keys = ("role", "nature")

    role = fields.Selection(ROLES, required=True)
    nature = fields.Selection(
        NATURES, string="Kind of money", help="Empty: voluntary contributions."
    )
    date_from = fields.Date(default=SINCE)

    _one_a_day = models.Constraint(
        "UNIQUE NULLS NOT DISTINCT (company_id, role, nature, date_from)",
        "This part has an account from that day already.",
    )

    @api.model
    def _account(self, mapping, company, role, nature, day):
        """The account of a part on a day.

        :raises UserError: no account plays it
        """
        account = self._playing(mapping, [(role, nature), (role, False)], day)
        if account:
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
