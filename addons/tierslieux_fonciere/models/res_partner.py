# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Partner(models.Model):
    _inherit = "res.partner"

    share_count = fields.Integer(
        string="Shares",
        compute="_compute_share_count",
        groups="tierslieux_network.group_board,tierslieux_network.group_treasurer",
        help="Held today in the foncières one works for.",
    )

    def _compute_share_count(self):
        movements = self.env["tierslieux.share.movement"]
        held = [movements._holdings(company) for company in self.env.companies]
        for partner in self:
            partner.share_count = sum(one.get(partner.id, 0) for one in held)

    def _share_identity(self):
        """Name, number and address as they are written in a register today."""
        self.ensure_one()
        address = self._display_address(without_company=True)
        parts = [
            self.name,
            self.company_registry if self.is_company else "",
            *address.splitlines(),
        ]
        return ", ".join(part.strip() for part in parts if part and part.strip())
