# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class PaymentTransaction(models.Model):
    """A payment online of a subscription: capital, not the payment of an invoice."""

    _inherit = "payment.transaction"

    share_subscription_id = fields.Many2one(
        "tierslieux.share.subscription",
        string="Subscription",
        ondelete="restrict",
        index="btree_not_null",
    )

    def _post_process(self):
        result = super()._post_process()
        for one in self.filtered(
            lambda one: one.state == "done" and one.share_subscription_id
        ):
            one.share_subscription_id._receive(
                one.amount,
                fields.Date.context_today(one),
                f"transaction-{one.id}",
            )
        return result

    def _create_payment(self, **extra_create_values):
        """Its entry is that of the subscription."""
        if self.share_subscription_id:
            return self.env["account.payment"]
        return super()._create_payment(**extra_create_values)
