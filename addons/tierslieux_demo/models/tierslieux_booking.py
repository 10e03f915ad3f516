# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class Booking(models.Model):
    _inherit = "tierslieux.booking"

    def _invoice_values(self):
        """The loader invoices past months, each at its end."""
        values = super()._invoice_values()
        if day := self.env.context.get("tierslieux_demo_date"):
            values["invoice_date"] = day
        return values
