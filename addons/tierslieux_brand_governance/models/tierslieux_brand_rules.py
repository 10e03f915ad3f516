# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import fields, models
from odoo.exceptions import UserError


class BrandRules(models.Model):
    _inherit = "tierslieux.brand.rules"

    resolution_id = fields.Many2one(
        "tierslieux.resolution",
        ondelete="restrict",
        copy=False,
        index="btree_not_null",
        domain=[("outcome", "=", "adopted")],
        help="The line of the register that adopts these rules.",
    )

    def _check_decision(self):
        """A resolution that was carried, in place of a reference in words."""
        resolution = self.resolution_id
        if not resolution:
            raise UserError(
                self.env._("Choose the resolution of the register that adopts them.")
            )
        if resolution.outcome != "adopted":
            raise UserError(
                self.env._("The resolution %s was not carried.", resolution.number)
            )
        # what the public page and the PDF say of it
        self.decision = f"{resolution.number} – {resolution.name}"
