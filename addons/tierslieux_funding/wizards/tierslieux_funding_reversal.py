# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class FundingReversal(models.TransientModel):
    """The opposite of an entry of funding, with its day and its reason."""

    _name = "tierslieux.funding.reversal"
    _description = "Reversal of an entry of funding"

    posting_id = fields.Many2one(
        "tierslieux.funding.posting", required=True, readonly=True
    )
    date = fields.Date(
        required=True, default=lambda self: fields.Date.context_today(self)
    )
    reason = fields.Char(required=True)

    def action_reverse(self):
        self.ensure_one()
        # a year-end may be posted, and undone, before its day has come
        if self.date != self.posting_id.date:
            self.posting_id._check_day(self.date)
        self.posting_id._reverse(self.date, self.reason)
        return {"type": "ir.actions.act_window_close"}
