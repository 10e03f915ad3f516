# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class Event(models.Model):
    """A session that is cancelled frees its spaces."""

    _inherit = "event.event"

    def write(self, vals):
        result = super().write(vals)
        if {"active", "kanban_state", "name"} & set(vals):
            self.half_day_ids._keep_space()
        return result

    def _is_held(self):
        self.ensure_one()
        return self.active and self.kanban_state != "cancel"
