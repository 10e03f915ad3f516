# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class Membership(models.Model):
    _inherit = "tierslieux.membership"

    def _invite(self, partners):
        """Nobody is invited while the demo network loads: hundreds of accounts and
        letters that no one would open."""
        if not self.env.context.get("tierslieux_no_invitation"):
            super()._invite(partners)
