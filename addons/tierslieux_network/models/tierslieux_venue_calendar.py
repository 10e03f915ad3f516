# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.tools import SQL


class Venue(models.Model):
    """The weekly hours of venues, each in a calendar of its own."""

    _inherit = "tierslieux.venue"

    def _weekly_hours(self, turn=None):
        """``{weekday: [(start, end), …]}`` in minutes; see domain/opening_hours.

        :param turn: which week of a calendar whose two weeks take turns (see
            :meth:`_turn`); this week's if none is said
        """
        self.ensure_one()
        alternates = self.calendar_id.two_weeks_calendar
        if alternates and turn is None:
            turn = self._turn(self._here().date())
        hours = {}
        for line in self.calendar_id.attendance_ids:
            if line.display_type or line.day_period == "lunch":
                continue
            if alternates and int(line.week_type or 0) != turn:
                continue
            hours.setdefault(int(line.dayofweek), []).append(
                (round(line.hour_from * 60), round(line.hour_to * 60))
            )
        return {day: sorted(ranges) for day, ranges in sorted(hours.items())}

    @api.model
    def _turn(self, day):
        """0 or 1: the week of a day where two take turns, as calendars count them."""
        return self.env["resource.calendar.attendance"].get_week_type(day)

    def _here(self):
        """This moment on the venue's clock."""
        zone = ZoneInfo(self.calendar_id.tz or "Europe/Paris")
        now = fields.Datetime.now().replace(tzinfo=ZoneInfo("UTC"))
        return now.astimezone(zone).replace(tzinfo=None)

    def _set_turns(self, turns):
        """Write the two weeks of a calendar in which they take turns.

        :param turns: hours of the weeks 0 and 1
        """
        self.check_access("write")
        # sudo: who may write the venue may write its calendar
        venue = self.sudo()
        venue.ensure_one()
        if turns == [venue._weekly_hours(turn) for turn in (0, 1)]:
            return
        calendar = venue.calendar_id
        titles = calendar.attendance_ids.filtered("display_type")
        lines = []
        for turn, hours in enumerate(turns):
            # a title of each week is there, at 0 and at 25
            for rank, line in enumerate(self._calendar_lines(self.name, hours)):
                line[2].update(week_type=str(turn), sequence=25 * turn + 1 + rank)
                lines.append(line)
        calendar.attendance_ids = [
            *(
                fields.Command.delete(line.id)
                for line in calendar.attendance_ids - titles
            ),
            *lines,
        ]

    @api.model
    def _set_weekly_hours(self, hours_of):
        """Write the calendars of venues, with one week that is always the same.

        :param hours_of: ``{venue: {weekday: [(start, end), …]}}``
        """
        new = []
        for venue, hours in hours_of.items():
            if hours == venue._weekly_hours():
                continue
            # sudo: a calendar belongs to its venue alone: who may write the venue may
            # write its calendar
            calendar = venue.calendar_id.sudo()
            if calendar:
                calendar.write(
                    {
                        "two_weeks_calendar": False,
                        "attendance_ids": [
                            fields.Command.clear(),
                            *self._calendar_lines(venue.name, hours),
                        ],
                    }
                )
            else:
                new.append(venue)
        ids = self._create_calendars(
            [(venue.name, venue.tz, hours_of[venue]) for venue in new]
        )
        for venue, calendar_id in zip(new, ids, strict=True):
            venue.calendar_id = calendar_id

    @api.model
    def _create_calendars(self, weeks):
        """Calendars, one for each of new venues.

        The hours of many are the same: a calendar is created for each different week,
        and the database copies it for the others.

        :param weeks: ``[(name, time zone or None, hours), …]``
        :return: their ids, in the same order
        """
        first = {}
        for name, tz, hours in weeks:
            first.setdefault(_week_key(tz, hours), (name, tz, hours))
        # sudo: who writes a venue writes its calendar, see _set_weekly_hours
        created = self.env["resource.calendar"].sudo()
        created = created.create(
            [
                {
                    "name": name,
                    "tz": tz or "Europe/Paris",
                    "company_id": False,
                    "attendance_ids": self._calendar_lines(name, hours),
                }
                for name, tz, hours in first.values()
            ]
        )
        source = dict(zip(first, created.ids, strict=True))
        ids, copies = [], []
        for rank, (name, tz, hours) in enumerate(weeks):
            key = _week_key(tz, hours)
            ids.append(source[key])
            if first.pop(key, None) is None:
                copies.append((rank, source[key], name))
        for (rank, __, __), copied in zip(
            copies, self._query_copy_calendars(copies), strict=True
        ):
            ids[rank] = copied
        return ids

    @api.model
    def _calendar_lines(self, name, hours):
        return [
            fields.Command.create(
                {
                    "name": name,
                    "dayofweek": str(day),
                    "hour_from": start / 60,
                    "hour_to": end / 60,
                    "day_period": "morning" if start < 12 * 60 else "afternoon",
                }
            )
            for day, ranges in hours.items()
            for start, end in ranges
        ]

    @api.model
    def _query_copy_calendars(self, copies):
        """Copy calendars with their lines, under other names.

        :param copies: ``[(rank, id of the calendar, new name), …]``
        :return: the new ids, in the same order
        """
        if not copies:
            return []
        calendars = self.env["resource.calendar"]
        lines = self.env["resource.calendar.attendance"]
        calendars.flush_model()
        lines.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH new AS (
                    SELECT nextval('resource_calendar_id_seq')::integer AS id,
                           source, name, rank
                      FROM unnest(%(sources)s::integer[], %(names)s::varchar[])
                           WITH ORDINALITY AS copies (source, name, rank)
                ), calendars AS (
                    INSERT INTO resource_calendar (id, name, %(columns)s)
                    SELECT new.id, new.name, %(values)s
                      FROM new JOIN resource_calendar t ON t.id = new.source
                ), lines AS (
                    INSERT INTO resource_calendar_attendance
                           (calendar_id, name, %(line_columns)s)
                    SELECT new.id, new.name, %(line_values)s
                      FROM new JOIN resource_calendar_attendance t
                                 ON t.calendar_id = new.source
                )
                SELECT id FROM new ORDER BY rank
                """,
                sources=[source for __, source, __ in copies],
                names=[name for __, __, name in copies],
                columns=_columns(calendars),
                values=_columns(calendars, "t"),
                line_columns=_columns(lines),
                line_values=_columns(lines, "t"),
            )
        )
        return [calendar_id for (calendar_id,) in rows]


def _week_key(tz, hours):
    return tz, repr(sorted(hours.items()))


def _columns(model, alias=None):
    """The columns of a table that a copy keeps."""
    names = (
        name
        for name, field in sorted(model._fields.items())
        if field.store
        and field.column_type
        and name not in ("id", "name", "calendar_id")
    )
    return SQL(", ").join(
        SQL.identifier(alias, name) if alias else SQL.identifier(name) for name in names
    )
