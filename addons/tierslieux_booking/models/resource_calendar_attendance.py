# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL


class ResourceCalendarAttendance(models.Model):
    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    def _query_hours(self):
        """``[(calendar id, weekday, start, stop in minutes), …]``"""
        self.flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT calendar_id, dayofweek::integer,
                       round(hour_from * 60)::integer, round(hour_to * 60)::integer
                  FROM resource_calendar_attendance
                 WHERE day_period != 'lunch' AND display_type IS NULL
                """
            )
        )
