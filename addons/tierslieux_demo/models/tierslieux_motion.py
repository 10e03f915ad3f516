# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Motion(models.Model):
    _inherit = "tierslieux.motion"

    def _enter(self):
        """The clock of the database is not turned back with that of the loading: a vote
        of a past assembly was cast at the hour of the assembly."""
        moment = super()._enter()
        past = self.env.context.get("tierslieux_demo_clock")
        return fields.Datetime.now() if past and moment else moment
