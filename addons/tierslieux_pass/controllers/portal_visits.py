# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timezone

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from .portal_pass import my_pass


class PortalVisits(CustomerPortal):
    """“My visits”: month by month, and corrections asked for."""

    @http.route("/my/visits", type="http", auth="user", website=True, readonly=True)
    def pass_my_visits(self, month=None, notice=None, **_kwargs):
        one = my_pass()
        months = one._months() if one else []
        chosen = next(
            (first for first in months if first.isoformat()[:7] == month),
            months[0] if months else None,
        )
        month = one._month(chosen) if chosen else None
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="my_visits",
            one=one,
            months=months,
            chosen=chosen,
            notice=notice,
            month=month,
            # sudo: names and zones of the venues where one was
            venues=month["visits"].sudo().venue_id if month else None,
        )
        return request.render("tierslieux_pass.portal_my_visits", values)

    @http.route(
        "/my/visits/<int:visit_id>/correct",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def pass_my_correct(self, visit_id, **post):
        visits = request.env["tierslieux.visit"]
        one = my_pass()
        visit = visits._effective([("id", "=", visit_id), ("pass_id", "in", one.ids)])
        if not visit:
            raise request.not_found()
        # sudo: time zone and name of the venue where one was
        venue = visit.sudo().venue_id
        error = None
        if request.httprequest.method == "POST":
            try:
                with request.env.cr.savepoint():
                    request_ = visit._ask_correction(
                        post.get("reason"),
                        local_time(venue, visit.check_in, post.get("check_in")),
                        local_time(venue, visit.check_out, post.get("check_out")),
                        bool(post.get("void")),
                    )
                return request.redirect(f"/my/visits?notice={request_.state}")
            except UserError as problem:
                error = str(problem)
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="my_visits",
            visit=visit,
            venue=venue,
            tz=str(venue._zone()),
            times=typed_times(venue, visit),
            error=error,
            post=post,
        )
        return request.render("tierslieux_pass.portal_visit_correct", values)


def typed_times(venue, visit):
    """The times of a visit as a form holds them, in the venue's zone."""
    return {
        name: visit[name]
        .replace(tzinfo=timezone.utc)
        .astimezone(venue._zone())
        .strftime("%Y-%m-%dT%H:%M")
        for name in ("check_in", "check_out")
    }


def local_time(venue, instant, text):
    """The instant of a time typed in the venue's zone, on the day of another one.

    :raises UserError: not a date and time
    """
    if not text:
        return instant
    try:
        typed = datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError(
            request.env._("Write a day and a time, such as 21/10/2026 09:30.")
        ) from error
    aware = typed.replace(tzinfo=venue._zone())
    utc = aware.astimezone(timezone.utc).replace(tzinfo=None)
    # what was not changed keeps its seconds
    return instant if utc == instant.replace(second=0, microsecond=0) else utc
