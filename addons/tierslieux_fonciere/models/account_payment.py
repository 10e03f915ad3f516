# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class AccountPayment(models.Model):
    """A transfer of what is given back of shares has no entry of its own."""

    _inherit = "account.payment"

    def _get_outstanding_account(self, payment_type):
        if self.payment_line_ids.share_posting_id:
            return self.env["account.account"]
        return super()._get_outstanding_account(payment_type)
