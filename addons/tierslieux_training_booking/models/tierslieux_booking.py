# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError


class Booking(models.Model):
    """What a training holds, on the plan of the venue."""

    _inherit = "tierslieux.booking"

    purpose = fields.Selection(
        selection_add=[("training", "Training")],
        ondelete={"training": "set maintenance"},
    )

    def _enter(self, reason):
        """It goes with the half-day, which would be left without its space."""
        # super-user: the half-day itself, see its _keep_space
        if self.purpose == "training" and not self.env.su:
            raise UserError(
                self.env._(
                    "This is held for the training “%s”: who plans it moves or "
                    "cancels it.",
                    self.note,
                )
            )
        return super()._enter(reason)
