# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import suppress

from odoo import http
from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.http import request

from odoo.addons.account_payment.controllers.payment import PaymentPortal


class InvoicePayment(PaymentPortal):
    """An invoice is paid online once."""

    @http.route()
    def invoice_transaction(self, invoice_id, access_token, **kwargs):
        """
        :raises ValidationError: it was paid meanwhile, in another window or by somebody
            else who has the link
        """
        # what is refused, the core answers
        with suppress(AccessError, MissingError):
            invoice = self._document_check_access(
                "account.move", invoice_id, access_token
            )
            under_way = invoice.transaction_ids.filtered(
                lambda one: one.state == "done" and not one.is_post_processed
            )
            if under_way or not invoice._has_to_be_paid():
                raise ValidationError(
                    request.env._("This invoice is paid: load its page again.")
                )
        return super().invoice_transaction(invoice_id, access_token, **kwargs)
