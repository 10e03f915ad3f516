# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_day_names

from odoo import fields, models
from odoo.tools.misc import babel_locale_parse

from ..domain import opening_hours, opening_status


class VenuePage(models.Model):
    """What the public page of a venue says."""

    _inherit = "tierslieux.venue"

    def _opening(self):
        """Opening hours of a venue, worded in the user's language.

        :return: ``is_open``, ``sentence``, ``days`` ``[(name, hours, is today)]``,
            ``closures`` ``[(reason, dates)]``; empty without hours
        """
        self.ensure_one()
        hours = self._weekly_hours()
        if not hours or self.state != "open":
            return {}
        zone = ZoneInfo(self.calendar_id.tz or "Europe/Paris")
        now = self._here()
        leaves = self._closures(zone)
        next_week = (
            self._weekly_hours(1 - self._turn(now.date()))
            if self.calendar_id.two_weeks_calendar
            else hours
        )
        status = opening_status.status(
            hours, now, [span for _reason, span in leaves], next_week
        )
        locale = babel_locale_parse(self.env.lang)
        names = get_day_names("wide", locale=locale)
        return {
            "is_open": status.is_open,
            "sentence": self._opening_sentence(status, now),
            "days": [
                (names[day], self._hours_of_day(ranges), day == now.weekday())
                for day, ranges in opening_status.day_rows(hours)
            ],
            "closures": [
                (reason, self._closure_dates(*span)) for reason, span in leaves
            ],
        }

    def _closures(self, zone):
        """``[(reason, (start, end)), …]`` not over yet, in local time."""
        # sudo: closures of a published venue are part of its page
        leaves = self.calendar_id.sudo().leave_ids.filtered(
            lambda leave: (
                not leave.resource_id and leave.date_to > fields.Datetime.now()
            )
        )
        utc = ZoneInfo("UTC")
        return [
            (
                leave.name or "",
                tuple(
                    moment.replace(tzinfo=utc).astimezone(zone).replace(tzinfo=None)
                    for moment in (leave.date_from, leave.date_to)
                ),
            )
            for leave in leaves.sorted("date_from")
        ]

    def _hours_of_day(self, ranges):
        if not ranges:
            return self.env._("closed")
        lang = self.env.lang or "fr"
        return ", ".join(
            self.env._(
                "%(start)s to %(end)s",
                start=opening_status.clock(start, lang),
                end=opening_status.clock(end, lang),
            )
            for start, end in ranges
        )

    def _opening_sentence(self, status, now):
        if status.is_open and not status.until:
            return self.env._("Open round the clock")
        if status.is_open:
            return self.env._("Open now, until %s", self._moment(status.until, now))
        if not status.until:
            return self.env._("Closed for the time being")
        return self.env._("Closed now, opens %s", self._moment(status.until, now))

    def _moment(self, moment, now):
        """A coming moment as one says it: 18 h, tomorrow at 9 h, Monday at 9 h."""
        lang = self.env.lang or "fr"
        clock = opening_status.clock(moment.hour * 60 + moment.minute, lang)
        days = (moment.date() - now.date()).days
        if days == 0:
            return self.env._("at %s", clock)
        if days == 1:
            return self.env._("tomorrow at %s", clock)
        pattern = "EEEE" if days < 7 else "EEEE d MMMM"
        day = format_date(moment, pattern, locale=babel_locale_parse(self.env.lang))
        return self.env._("%(day)s at %(time)s", day=day, time=clock)

    def _closure_dates(self, start, end):
        locale = babel_locale_parse(self.env.lang)
        # a closure that ends at midnight ends the day before
        last = (end - timedelta(seconds=1)).date()
        first = format_date(start, "d MMMM", locale=locale)
        if last == start.date():
            return first
        return self.env._(
            "from %(first)s to %(last)s",
            first=first,
            last=format_date(last, "d MMMM y", locale=locale),
        )

    def _schema_org(self, url, photo_url):
        """The venue as structured data of https://schema.org/LocalBusiness."""
        self.ensure_one()
        data = {
            "@context": "https://schema.org",
            "@type": "LocalBusiness",
            "@id": url,
            "url": url,
            "name": self.name,
            "description": self.summary,
            "image": photo_url,
            "telephone": self.phone,
            "email": self.email,
            "sameAs": self.website,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": self.street or None,
                "postalCode": self.zip or None,
                "addressLocality": self.city or None,
                "addressCountry": "FR",
            },
            "openingHours": opening_hours.format_osm(self._weekly_hours()).split("; "),
            "maximumAttendeeCapacity": self.capacity,
            "amenityFeature": [
                {
                    "@type": "LocationFeatureSpecification",
                    "name": service.name,
                    "value": True,
                }
                for service in self.service_ids
            ],
        }
        if self.partner_latitude and self.partner_longitude:
            data["geo"] = {
                "@type": "GeoCoordinates",
                "latitude": self.partner_latitude,
                "longitude": self.partner_longitude,
            }
        if data["openingHours"] == [""]:
            del data["openingHours"]
        return {key: value for key, value in data.items() if value}
