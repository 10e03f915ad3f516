# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    @api.model_create_multi
    def create(self, vals_list):
        """A payment is an entry from the start, as in an Odoo without payment orders.

        The OCA payment orders leave it to the reconciliation of bank statements, which
        a treasurer may not have: invoices would stay due and the ledger without them.
        """
        payments = super().create(vals_list)
        for payment in payments:
            own = payment.partner_id == payment.company_id.partner_id
            if not payment.outstanding_account_id and not own:
                payment.outstanding_account_id = payment._get_outstanding_account(
                    payment.payment_type
                )
        return payments
