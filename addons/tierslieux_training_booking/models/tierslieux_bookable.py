# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class Bookable(models.Model):
    _inherit = "tierslieux.bookable"

    @api.model
    def _booking_values(self, wishes, letter=False):
        """A training of the network is not sold its space."""
        values = super()._booking_values(wishes, letter)
        for wish, one in zip(wishes, values, strict=True):
            if wish.purpose == "training":
                one["price"] = 0
        return values
