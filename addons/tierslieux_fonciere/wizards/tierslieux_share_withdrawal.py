# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class ShareWithdrawal(models.TransientModel):
    """A holder asks for shares to be paid back; what becomes of it is told before."""

    _name = "tierslieux.share.withdrawal"
    _description = "Request for a redemption"

    company_id = fields.Many2one(
        "res.company",
        string="Foncière",
        required=True,
        default=lambda self: self.env["tierslieux.share.register"]._default_company(),
    )
    partner_id = fields.Many2one("res.partner", string="Holder", required=True)
    quantity = fields.Integer(string="Shares", required=True, default=1)
    reason = fields.Text()
    outlook = fields.Text(string="What becomes of it", compute="_compute_outlook")

    @api.depends("company_id", "partner_id", "quantity")
    def _compute_outlook(self):
        redemptions = self.env["tierslieux.share.redemption"]
        for one in self:
            try:
                one.outlook = (
                    one.company_id
                    and one.partner_id
                    and redemptions._outlook(
                        one.company_id, one.partner_id, one.quantity
                    )
                )
            except UserError as refusal:
                one.outlook = str(refusal)

    def action_request(self):
        self.ensure_one()
        self.env["tierslieux.share.movement"]._check_office()
        redemption = self.env["tierslieux.share.redemption"]._request(
            self.company_id, self.partner_id, self.quantity, self.reason
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": redemption._name,
            "res_id": redemption.id,
            "view_mode": "form",
        }
