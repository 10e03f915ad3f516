# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class PropertyFinancing(models.Model):
    """A part of what pays for a property: planned, and secured so far. What shares
    bring is read from their issues."""

    _name = "tierslieux.property.financing"
    _description = "Financing of a property"
    _order = "property_id, sequence, id"

    property_id = fields.Many2one(
        "tierslieux.property", required=True, ondelete="cascade", index=True
    )
    currency_id = fields.Many2one(related="property_id.currency_id")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("shares", "Shares"),
            ("loan", "Loan"),
            ("grant", "Grant"),
            ("own", "Own resources"),
        ],
        required=True,
        default="loan",
    )
    name = fields.Char(required=True)
    partner_id = fields.Many2one("res.partner", string="From", ondelete="restrict")
    amount_planned = fields.Monetary(string="Planned", required=True)
    amount_granted = fields.Monetary(
        string="Granted", help="What a bank or a funder has agreed to in writing."
    )
    amount_secured = fields.Monetary(
        string="Secured", compute="_compute_amount_secured"
    )

    _amounts_positive = models.Constraint(
        "CHECK (amount_planned >= 0 AND amount_granted >= 0)",
        "An amount is not negative.",
    )

    @api.depends("kind", "amount_granted", "property_id.issue_ids.allotted_shares")
    def _compute_amount_secured(self):
        for one in self:
            one.amount_secured = (
                sum(
                    issue.allotted_shares * issue.nominal
                    for issue in one.property_id.issue_ids
                )
                if one.kind == "shares"
                else one.amount_granted
            )
