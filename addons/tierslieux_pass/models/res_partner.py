# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    pass_ids = fields.One2many(
        "tierslieux.pass",
        "partner_id",
        groups="tierslieux_network.group_treasurer",
    )

    def _booking_audience(self):
        audiences = super()._booking_audience()
        # sudo: people pay the price of their own pass, whoever books for them
        for one in self.sudo():
            if any(held.state == "active" for held in one.pass_ids):
                audiences[one.with_env(self.env)] = "pass"
        return audiences
