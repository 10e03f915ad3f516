# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _invoice_paid_hook(self):
        result = super()._invoice_paid_hook()
        # Whoever registers a payment need not be allowed to write memberships.
        self.sudo().invoice_line_ids.tierslieux_membership_id._after_payment()
        return result
