# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class Commune(models.Model):
    _inherit = "tierslieux.commune"

    def write(self, vals):
        # the search knows where communes are
        self.env.registry.clear_cache()
        return super().write(vals)
