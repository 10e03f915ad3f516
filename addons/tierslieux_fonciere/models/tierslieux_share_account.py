# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

#: The roles of ``domain/entries.py``, from the plan comptable of 2014 on.
SINCE = "2014-01-01"
ROLES = [
    ("incoming", "Bank: payments received"),
    ("outgoing", "Bank: payments made"),
    ("awaiting", "Received before the allotment"),
    ("called_claim", "Capital called, to be paid"),
    ("uncalled_claim", "Capital not called, to be paid"),
    ("uncalled_capital", "Capital subscribed, not called"),
    ("called_capital", "Capital called, not paid"),
    ("paid_capital", "Capital called and paid"),
    ("to_repay", "Capital to pay back"),
]


class ShareAccount(models.Model):
    """Which account of the chart plays which part in the entries of share capital."""

    _name = "tierslieux.share.account"
    _description = "Account of share capital"
    _inherit = ["tierslieux.account.role"]

    _accounts_file = "tierslieux_fonciere/data/share_accounts.csv"

    role = fields.Selection(ROLES, required=True)
    date_from = fields.Date(default=SINCE)

    _one_a_day = models.Constraint(
        "UNIQUE (company_id, role, date_from)",
        "This part has an account from that day already.",
    )

    @api.model
    def _account(self, mapping, company, role, day):
        """The account of a part on a day.

        :raises UserError: no account plays it
        """
        account = self._playing(mapping, [(role,)], day)
        if account:
            return account
        raise UserError(
            self.env._(
                "No account is known for “%(role)s” on %(day)s at %(company)s: choose "
                "one in Foncière > Configuration > Accounts.",
                role=self._label("role", role),
                day=format_date(self.env, day),
                company=company.name,
            )
        )

    @api.model
    def _found(self, company, line):
        """That of the chart; made where the chart of another kind has none."""
        account = super()._found(company, line)
        if account or not line["code"]:
            return account
        accounts = self.env["account.account"].with_company(company)
        found = accounts.search([("code", "=like", f"{line['code']}%")], limit=1)
        return found or accounts.create(
            {
                "name": self._label("role", line["role"]),
                "code": line["code"].ljust(6, "0"),
                "account_type": line["type"],
                "reconcile": line["type"] == "asset_current",
            }
        )
