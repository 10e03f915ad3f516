# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from babel.dates import get_day_names

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools.misc import babel_locale_parse

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..domain import opening_hours
from .portal_profile import _my_venues
from .tools import identifiers, image_base64

TEXTS = {
    "summary": 280,
    "street": 200,
    "street2": 200,
    "phone": 40,
    "email": 200,
    "website": 200,
    "accessibility_note": 500,
    "accessibility_url": 200,
}
RANGES_A_DAY = 2


class PortalVenue(CustomerPortal):
    """The pages of the venues I manage."""

    @http.route("/my/venues", type="http", auth="user", website=True, readonly=True)
    def my_venues(self, **kwargs):
        values = self._prepare_portal_layout_values()
        values.update(venues=_my_venues(), page_name="my_venues")
        return request.render("tierslieux_network.portal_my_venues", values)

    @http.route(
        "/my/venues/<int:venue_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def my_venue(self, venue_id, **post):
        venue = _my_venues().filtered(lambda mine: mine.id == venue_id)
        if not venue:
            raise request.not_found()
        errors = {}
        if request.httprequest.method == "POST":
            try:
                with request.env.cr.savepoint():
                    values = self._venue_values(venue, post, errors)
                    turns = self._turns(venue, post, errors)
                    if len(turns) == 1 and not errors:
                        values["opening_hours"] = opening_hours.format_osm(turns[0])
                    venue.update_page(values)
                    if errors:
                        raise UserError(
                            request.env._("Some answers have to be corrected.")
                        )
                    if len(turns) == 2:
                        venue._set_turns(turns)
                return request.redirect(f"/my/venues/{venue.id}?saved=1")
            except UserError as error:
                errors.setdefault("form", str(error))
        env = request.env(su=True)  # sudo: labels of reference data are public
        values = self._prepare_portal_layout_values()
        values.update(
            venue=venue,
            weeks=self._weeks(
                venue, post if errors and self._fits(venue, post) else None
            ),
            services=env["tierslieux.service"].search([]),
            audiences=env["tierslieux.audience"].search([]),
            accessibilities=venue._fields["accessibility"]._description_selection(
                request.env
            ),
            errors=errors,
            post=post if errors else {},
            saved=post.get("saved"),
            page_name="my_venue",
        )
        return request.render("tierslieux_network.portal_my_venue", values)

    def _weeks(self, venue, post):
        """``[(first day or None, days), …]``: the week, or the two that take turns,
        this one first."""
        venue = venue.sudo()  # sudo: one's own venue, checked above
        if not venue.calendar_id.two_weeks_calendar:
            return [(None, self._days(venue._weekly_hours(), 0, post))]
        today = venue._here().date()
        weeks = []
        for ahead in (0, 7):
            monday = today + timedelta(days=ahead - today.weekday())
            turn = venue._turn(monday)
            hours = venue._weekly_hours(turn)
            weeks.append((monday, self._days(hours, 7 * turn, post)))
        return weeks

    def _days(self, hours, first, post):
        """``[(number, name, [(from, to), …]), …]`` as the form shows them: what was
        just typed when it has to be corrected. Days are numbered from ``first`` on."""
        names = get_day_names("wide", locale=babel_locale_parse(request.env.lang))
        days = []
        for day in range(7):
            number = first + day
            ranges = [(_clock(s), _clock(e)) for s, e in hours.get(day, [])]
            count = max(RANGES_A_DAY, len(ranges))
            if post is not None:
                ranges = [
                    (
                        post.get(f"from_{number}_{n}", ""),
                        post.get(f"to_{number}_{n}", ""),
                    )
                    for n in range(count)
                ]
            days.append((number, names[day], (ranges + [("", "")] * count)[:count]))
        return days

    def _venue_values(self, venue, post, errors):
        """Values for ``update_page``; what is wrong goes into ``errors``."""
        _ = request.env._
        form = request.httprequest.form
        values = {
            name: (post.get(name) or "").strip()[:length]
            for name, length in TEXTS.items()
        }
        for name in ("surface", "capacity"):
            number = "".join((post.get(name) or "0").split())
            if number.isdecimal() and len(number) < 8:
                values[name] = int(number)
            else:
                errors[name] = _("Write a number, such as 120.")
        for name in ("website", "accessibility_url"):
            url = values[name]
            if url and "://" not in url:
                values[name] = url = f"https://{url}"
            if url and not url.startswith(("https://", "http://")):
                errors[name] = _("Write an address of the web, such as example.org.")
        if values["email"] and "@" not in values["email"]:
            errors["email"] = _("Write an email address, such as bonjour@example.org.")
        choices = dict(venue._fields["accessibility"].selection)
        if post.get("accessibility") in choices:
            values["accessibility"] = post["accessibility"]
        for name in ("has_cafe", "participatory_governance"):
            values[name] = bool(post.get(name))
        env = request.env(su=True)  # sudo: to tell which ids exist
        for name, model in (
            ("service_ids", "tierslieux.service"),
            ("audience_ids", "tierslieux.audience"),
        ):
            values[name] = identifiers(form, name, env[model])
        photo = image_base64(request.httprequest.files.get("photo"))
        if photo:
            values["image_1920"] = photo
        return values

    def _turns(self, venue, post, errors):
        """Hours of the form: of the week, or of the two that take turns."""
        if not self._fits(venue, post):
            errors["form"] = request.env._(
                "The weeks of the opening hours were changed meanwhile: they are shown "
                "as they are now."
            )
        # sudo: one's own venue, checked above
        weeks = 2 if venue.sudo().calendar_id.two_weeks_calendar else 1
        return [
            {
                day: ranges
                for day in range(7)
                if (ranges := self._ranges(7 * week + day, post, errors))
            }
            for week in range(weeks)
        ]

    def _fits(self, venue, post):
        """Whether the form has as many weeks as the venue."""
        # sudo: one's own venue, checked above
        return venue.sudo().calendar_id.two_weeks_calendar == ("from_7_0" in post)

    def _ranges(self, number, post, errors):
        """Hours of a day, in minutes; what is wrong goes into ``errors``."""
        ranges = []
        n = 0
        while f"from_{number}_{n}" in post:
            start, end = post[f"from_{number}_{n}"], post.get(f"to_{number}_{n}", "")
            n += 1
            if not start and not end:
                continue
            first, last = _minutes(start), _minutes(end)
            if last == 0:  # midnight closes the day
                last = opening_hours.DAY_MINUTES
            if first is None or last is None or first >= last:
                errors[f"day_{number}"] = request.env._(
                    "Say from when to when, such as 09:00 to 12:30."
                )
                continue
            ranges.append((first, last))
        ranges.sort()
        if any(a[1] > b[0] for a, b in zip(ranges, ranges[1:], strict=False)):
            errors[f"day_{number}"] = request.env._("These hours overlap.")
        return ranges


def _clock(minutes):
    """As an input of type time holds it; midnight at the end of a day is 00:00."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def _minutes(text):
    hours, _colon, minutes = text.partition(":")
    if hours.isdecimal() and minutes[:2].isdecimal():
        total = int(hours) * 60 + int(minutes[:2])
        if total < opening_hours.DAY_MINUTES and int(minutes[:2]) < 60:
            return total
    return None
