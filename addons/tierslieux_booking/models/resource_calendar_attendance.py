# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL


class ResourceCalendarAttendance(models.Model):
    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "tierslieux.opening"]

    @api.model
    def _query_hours(self):
        """``[(calendar id, whether its weeks alternate, week 0 or 1, weekday, start,
        stop in minutes), …]``"""
        self.flush_model()
        self.env["resource.calendar"].flush_model(["two_weeks_calendar"])
        return self.env.execute_query(
            SQL(
                """
                SELECT calendar.id, alternate, week, line.dayofweek::integer,
                       round(line.hour_from * 60)::integer,
                       round(line.hour_to * 60)::integer
                  FROM resource_calendar_attendance line
                  JOIN resource_calendar calendar ON calendar.id = line.calendar_id
                 CROSS JOIN LATERAL (
                       SELECT coalesce(calendar.two_weeks_calendar, FALSE)
                       ) AS turns (alternate)
                 CROSS JOIN LATERAL (
                       SELECT CASE WHEN alternate
                              THEN coalesce(line.week_type, '0')::integer ELSE 0 END
                       ) AS turn (week)
                 WHERE line.day_period != 'lunch' AND line.display_type IS NULL
                """
            )
        )
