# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class FundingNotDuplicate(models.TransientModel):
    """Why an expense is not the duplicate it looks like."""

    _name = "tierslieux.funding.not.duplicate"
    _description = "Say why it is no duplicate"

    expense_id = fields.Many2one(
        "tierslieux.funding.expense", required=True, ondelete="cascade"
    )
    duplicate_of_id = fields.Many2one(related="expense_id.duplicate_of_id")
    reason = fields.Char(
        required=True, help="It is kept with your name, and funders may read it."
    )

    def action_confirm(self):
        self.expense_id._not_duplicate(self.reason)
        return {"type": "ir.actions.act_window_close"}
