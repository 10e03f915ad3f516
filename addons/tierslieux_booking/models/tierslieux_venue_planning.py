# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.exceptions import UserError

from ..domain import availability, plan
from .tierslieux_bookable_pages import STAMP

# The hours shown of a day on which nothing is open.
FIRST_HOUR, LAST_HOUR = 8, 20
# Who came so lately is proposed by name.
KNOWN_DAYS = 365
KNOWN_PEOPLE = 100


class Venue(models.Model):
    """The plan of a venue as its pages draw it."""

    _inherit = "tierslieux.venue"

    def _planning_page(self, view, day=None):
        """:param view: ``day`` or ``week``
        :param day: local date, today where ``None``
        :raises AccessError: the venue is not the user's to keep
        """
        self.ensure_one()
        bookables = self.env["tierslieux.bookable"]
        today = self._local_today()
        first = day = day or today
        if view == "week":
            first = day - timedelta(days=day.weekday())
        drawn = self._plan(first, 7 if view == "week" else 1)
        rows = drawn["rows"]
        everything = bookables.union(*(row["bookable"] for row in rows))
        free = everything._free(drawn["start"], drawn["stop"], now=False)
        draw = self._draw_week if view == "week" else self._draw_day
        step = timedelta(days=7 if view == "week" else 1)
        last = first + step - timedelta(days=1)
        return {
            "view": view,
            "day": day,
            "today": today,
            "before": first - step,
            "after": first + step,
            "title": bookables._day_words(first, "EEEE d MMMM y")
            if view == "day"
            else self.env._(
                "%(first)s to %(last)s",
                first=bookables._day_words(
                    first, "d" if first.month == last.month else "d MMMM"
                ),
                last=bookables._day_words(last, "d MMMM y"),
            ),
            **draw(drawn, rows, free),
        }

    def _local_today(self):
        zone = ZoneInfo(self.tz or "Europe/Paris")
        return availability.local(fields.Datetime.now(), zone).date()

    def _draw_day(self, drawn, rows, free):
        zone = drawn["zone"]
        wall = availability.local(drawn["start"], zone)
        default = tuple(
            availability.instant(datetime(wall.year, wall.month, wall.day, hour), zone)
            for hour in (FIRST_HOUR, LAST_HOUR)
        )
        shown = [
            (max(start, drawn["start"]), min(stop, drawn["stop"]))
            for row in rows
            for start, stop in (
                *row["opened"],
                *((one["start"], one["stop"]) for one in row["bookings"]),
            )
        ]
        start, stop = plan.span(shown, default)
        hours = []
        hour = start
        while hour < stop:
            hours.append(
                {
                    "label": rows[0]["bookable"]._clock(availability.local(hour, zone))
                    if rows
                    else "",
                    "style": f"left: {plan.share(hour, start, stop):.3f}%",
                }
            )
            hour += plan.HOUR
        return {
            "hours": hours,
            "rows": [
                self._draw_row(row, free[row["bookable"]], start, stop, zone)
                for row in rows
            ],
        }

    def _draw_row(self, row, free, start, stop, zone):
        bookable = row["bookable"]
        bookings = row["bookings"]
        lines = plan.lanes([(one["start"], one["stop"]) for one in bookings])
        least = bookable.slot_minutes * availability.MINUTE
        hours = plan.free_cells(free, start, stop, least)
        return {
            "bookable": bookable,
            "opened": [_across(part, start, stop) for part in row["opened"]],
            "cells": [
                {
                    **bookable._time_link(moment, moment + least),
                    "style": _across((hour, hour + plan.HOUR), start, stop),
                }
                for hour, moment in hours
            ],
            "bookings": [
                {
                    **self._draw_booking(bookable, one, zone),
                    "style": _across((one["start"], one["stop"]), start, stop)
                    + f"; --tl-line: {line}",
                }
                for one, line in zip(bookings, lines, strict=True)
            ],
            "lines": max(lines, default=-1) + (2 if bookable.seats > 1 else 1) or 1,
        }

    def _draw_week(self, drawn, rows, free):
        zone = drawn["zone"]
        first = availability.local(drawn["start"], zone).date()
        days = [first + timedelta(days=number) for number in range(7)]
        bounds = [availability.day_bounds(day, zone) for day in days]
        words = self.env["tierslieux.bookable"]._day_words
        return {
            "days": [
                {
                    "date": day,
                    "name": words(day, "EEE"),
                    "number": words(day, "d MMM"),
                }
                for day in days
            ],
            "rows": [
                {
                    "bookable": row["bookable"],
                    "days": [
                        {
                            "open": any(
                                begin < stop and start < end
                                for begin, end in row["opened"]
                            ),
                            "free": next(
                                (
                                    max(begin, start).strftime(STAMP)
                                    for begin, end in free[row["bookable"]]
                                    if begin < stop and start < end
                                ),
                                "",
                            ),
                            "bookings": [
                                self._draw_booking(row["bookable"], one, zone)
                                for one in row["bookings"]
                                if one["start"] < stop and start < one["stop"]
                            ],
                        }
                        for start, stop in bounds
                    ],
                }
                for row in rows
            ],
        }

    def _draw_booking(self, bookable, booking, zone):
        begin, end = (
            bookable._clock(availability.local(booking[one], zone))
            for one in ("start", "stop")
        )
        if booking["purpose"] == "maintenance":
            name = booking["note"] or self.env._("Maintenance")
        else:
            name = booking["name"] or booking["note"] or self.env._("Walk-in")
        return {
            "id": booking["id"],
            "name": name,
            "hours": f"{begin} – {end}",
            "seats": booking["seats"],
            "kind": "no_show" if booking["state"] == "no_show" else booking["purpose"],
        }

    # -- walk-ins -----------------------------------------------------------------

    def _known_people(self):
        """Contacts who booked here lately, the last first."""
        self.ensure_one()
        since = fields.Datetime.now() - timedelta(days=KNOWN_DAYS)
        # sudo: managers know who comes to their venue, see _plan
        bookings = self.env["tierslieux.booking"].sudo()
        return bookings.search(
            [
                ("venue_id", "=", self.id),
                ("partner_id", "!=", False),
                ("start", ">", since),
            ],
            order="id desc",
            limit=KNOWN_PEOPLE,
        ).partner_id

    def _walk_in_partner(self, text):
        """Who a manager means by a name or an email address: somebody who booked here
        before, or whoever has this address; an empty contact for any other name.

        :raises UserError: an address that is nobody's, or of several
        """
        wanted = text.strip().casefold()
        known = self._known_people().filtered(
            lambda one: (one.name or "").casefold() == wanted
        )
        if len(known) == 1 or "@" not in wanted:
            return known if len(known) == 1 else known.browse()
        # sudo: the address is known to who types it; nothing is told of others
        partners = self.env["res.partner"].sudo()
        found = partners.search([("email_normalized", "=", wanted)], limit=2)
        if len(found) != 1:
            raise UserError(
                self.env._(
                    "%(address)s is not the address of one member: write a name.",
                    address=text.strip(),
                )
            )
        return found


def _across(interval, start, stop):
    """Where an interval is drawn between two moments."""
    left, right = (plan.share(one, start, stop) for one in interval)
    return f"left: {left:.3f}%; width: {right - left:.3f}%"
