# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class FundingAction(models.Model):
    """An action of a brick: what is done, costs money and is funded. Its posted
    expenses bear its analytic account."""

    _name = "tierslieux.funding.action"
    _description = "Action of a funding plan"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    brick_id = fields.Many2one(
        "tierslieux.funding.brick", required=True, ondelete="cascade", index=True
    )
    phase_id = fields.Many2one(related="brick_id.phase_id", store=True, index=True)
    company_id = fields.Many2one(related="brick_id.company_id", store=True)
    currency_id = fields.Many2one(related="brick_id.currency_id")
    analytic_account_id = fields.Many2one(
        "account.analytic.account", ondelete="restrict", index="btree_not_null"
    )
    agreement_ids = fields.Many2many("tierslieux.funding.agreement")
