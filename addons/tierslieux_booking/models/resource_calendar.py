# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from zoneinfo import ZoneInfo

from odoo import api, models, tools

from ..domain import availability


class ResourceCalendar(models.Model):
    """When calendars are open, known without a query once it was asked.

    What decides it is cached until a calendar, its hours or its closures change; the
    cache is the registry's, which tells the other processes.
    """

    _name = "resource.calendar"
    _inherit = ["resource.calendar", "tierslieux.opening"]

    @api.model
    def _opened(self, keys, start, stop):
        """
        :param keys: ``{(calendar id, name of a time zone), …}``
        :param start, stop: naive UTC
        :return: ``{key: list of intervals}``, see domain/availability
        """
        weeks = self._weeks()
        found = {}
        for calendar_id, tz in keys:
            turns, closures = weeks.get(calendar_id, (({},), ()))
            near = [one for one in closures if one[0] < stop and start < one[1]]
            found[calendar_id, tz] = availability.opened(
                turns, near, ZoneInfo(tz), start, stop
            )
        return found

    @api.model
    @tools.ormcache()
    def _weeks(self):
        """``{calendar id: (weeks that take turns, closures)}`` of every calendar."""
        # sudo: opening hours and closures of venues are public
        weeks = {}
        lines = self.env["resource.calendar.attendance"].sudo()
        for calendar, alternate, week, weekday, start, stop in lines._query_hours():
            turns = ({}, {}) if alternate else ({},)
            turns, _closures = weeks.setdefault(calendar, (turns, []))
            turns[week].setdefault(weekday, []).append((start, stop))
        leaves = self.env["resource.calendar.leaves"].sudo()
        for calendar, start, stop in leaves._query_closures():
            for one in [calendar] if calendar else weeks:
                if one in weeks:
                    weeks[one][1].append((start, stop))
        return weeks
