# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class FundingReceipt(models.TransientModel):
    """Which payment of the bank is a tranche."""

    _name = "tierslieux.funding.receipt"
    _description = "Payment of a tranche"

    tranche_id = fields.Many2one(
        "tierslieux.funding.tranche", required=True, readonly=True
    )
    company_id = fields.Many2one(related="tranche_id.company_id")
    currency_id = fields.Many2one(related="tranche_id.currency_id")
    open_amount = fields.Monetary(
        related="tranche_id.call_line_id.amount_residual", string="Still to receive"
    )
    statement_line_id = fields.Many2one(
        "account.bank.statement.line",
        string="Payment",
        required=True,
        compute="_compute_statement_line_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('company_id', '=', company_id), ('is_reconciled', '=', False), "
        "('amount', '>', 0)]",
    )

    @api.depends("tranche_id")
    def _compute_statement_line_id(self):
        """The only payment of that amount that waits, if there is one."""
        for wizard in self:
            tranche = wizard.tranche_id
            found = self.env["account.bank.statement.line"].search(
                [
                    ("company_id", "=", tranche.company_id.id),
                    ("is_reconciled", "=", False),
                    ("amount", "=", tranche.call_line_id.amount_residual),
                ],
                limit=2,
            )
            wizard.statement_line_id = found if len(found) == 1 else False

    def action_match(self):
        self.ensure_one()
        self.tranche_id._match(self.statement_line_id)
        return {"type": "ir.actions.act_window_close"}
