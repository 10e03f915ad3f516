# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.fields import Command


class PaymentFile(models.AbstractModel):
    """Payment orders with their file for the bank, for the modules that depend on
    OCA's payment orders: they say what is paid, here is how an order is made of it."""

    _name = "tierslieux.payment.file"
    _description = "File of a payment order"

    @api.model
    def _method(self, company, payment_type, code):
        """The payment method of a bank journal that makes files of a kind; empty
        without one.

        :param payment_type: inbound or outbound
        :param code: of OCA's method: sepa_credit_transfer, sepa_direct_debit
        """
        return self.env["account.payment.method.line"].search(
            [
                ("payment_method_id.code", "=", code),
                ("payment_method_id.payment_type", "=", payment_type),
                ("company_id", "=", company.id),
            ],
            limit=1,
        )

    @api.model
    def _new_order(self, method, lines, **values):
        """A payment order of lines, not confirmed yet."""
        return self.env["account.payment.order"].create(
            {
                "payment_type": method.payment_type,
                "payment_method_line_id": method.id,
                "company_id": method.company_id.id,
                "payment_line_ids": [Command.create(line) for line in lines],
                **values,
            }
        )

    @api.model
    def _generate(self, order):
        """Confirm an order and make its file, as far as that was not done."""
        if order.state == "draft":
            order.draft2open()
        if order.state == "open":
            order.open2generated()
        return order
