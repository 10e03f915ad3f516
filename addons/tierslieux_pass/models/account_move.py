# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class AccountMove(models.Model):
    """An entry of the pass knows the month it was made by."""

    _inherit = "account.move"

    pass_close_id = fields.Many2one(
        "tierslieux.pass.close",
        string="Month of the pass",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    pass_venue_id = fields.Many2one(
        "tierslieux.venue",
        string="Venue of the pass",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The venue that this is owed to, or owed by.",
    )

    def _get_name_invoice_report(self):
        # Drawn up in the venue's name: the network is the customer, not the seller
        if self.pass_close_id and self.journal_id.is_self_billing:
            return "tierslieux_pass.report_self_bill"
        return super()._get_name_invoice_report()
