# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class AccountBankingMandate(models.Model):
    _inherit = "account.banking.mandate"

    accepted_at = fields.Datetime(
        string="Accepted online at",
        readonly=True,
        copy=False,
        help="When the debtor accepted the text below in their own account.",
    )
    accepted_text = fields.Text(readonly=True, copy=False)
