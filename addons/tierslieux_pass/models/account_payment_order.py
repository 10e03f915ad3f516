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

    def generated2uploaded(self):
        """Debits and transfers are matched with what they pay all at once: one after
        the other, hundreds of them take minutes."""
        matches = []
        order = self.with_context(tierslieux_pass_matches=matches)
        result = super(AccountPaymentOrder, order).generated2uploaded()
        self.env["account.move.line"]._match_all(matches)
        return result
