# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class Paper(models.Model):
    _inherit = "tierslieux.training.paper"

    def _send(self, partners):
        """The demo network has its documents without a letter to anybody."""
        if not self.env.context.get("install_mode"):
            return super()._send(partners)
        for paper in self:
            paper._receive("sent", partners.filtered("email"))
        return None
