# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class AccountPaymentOrder(models.Model):
    """The orders of a month of the pass: one of debits, one of transfers."""

    _inherit = "account.payment.order"

    pass_close_id = fields.Many2one(
        "tierslieux.pass.close",
        string="Month of the pass",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )

    _pass_close_uniq = models.UniqueIndex(
        "(pass_close_id, payment_type) WHERE pass_close_id IS NOT NULL",
        "This month has its payment order already.",
    )
