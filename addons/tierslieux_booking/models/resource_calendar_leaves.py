# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL


class ResourceCalendarLeaves(models.Model):
    _name = "resource.calendar.leaves"
    _inherit = ["resource.calendar.leaves", "tierslieux.opening"]

    @api.model
    def _query_closures(self):
        """``[(calendar id, or None for all, start, stop), …]``"""
        self.flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT calendar_id, date_from, date_to
                  FROM resource_calendar_leaves
                 WHERE resource_id IS NULL
              ORDER BY date_from
                """
            )
        )
