# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class Paper(models.Model):
    _inherit = "tierslieux.training.paper"

    def _write_letter(self, partners):
        """The demo network has its documents without a letter to anybody."""
        if not self.env.context.get("install_mode"):
            super()._write_letter(partners)
