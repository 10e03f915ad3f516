# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class AccountPaymentLine(models.Model):
    """A transfer of what is given back of shares: its entry is made already."""

    _inherit = "account.payment.line"

    share_posting_id = fields.Many2one(
        "tierslieux.share.posting",
        string="Entry of share capital",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )

    def _prepare_account_payment_vals(self, payment_lot, pay_sequence):
        vals = super()._prepare_account_payment_vals(payment_lot, pay_sequence)
        if self.share_posting_id:
            vals["outstanding_account_id"] = False
        return vals

    def _payment_line_grouping_key(self):
        """Each by itself, so that the bank's statement tells which is which."""
        key = super()._payment_line_grouping_key()
        return (*key, self.id) if self.share_posting_id else key
