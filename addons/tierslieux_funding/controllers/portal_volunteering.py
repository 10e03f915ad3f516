# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date

from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Date
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class PortalVolunteering(CustomerPortal):
    """“My volunteering”: the time one gave, entered from a phone."""

    @http.route(
        "/my/volunteering",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def funding_my_volunteering(self, **post):
        return self._entry_page(request.env["tierslieux.volunteer.time"], post)

    @http.route(
        "/my/volunteering/<int:time_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def funding_my_volunteering_entry(self, time_id, **post):
        return self._entry_page(self._own_draft(time_id), post)

    @http.route(
        "/my/volunteering/<int:time_id>/delete",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def funding_my_volunteering_delete(self, time_id, **_post):
        self._own_draft(time_id).unlink()
        return request.redirect("/my/volunteering?notice=deleted")

    @http.route(
        "/my/volunteering/team",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def funding_team_volunteering(self, **post):
        times = request.env["tierslieux.volunteer.time"]
        if not times._in_team():
            raise request.not_found()
        error = None
        if request.httprequest.method == "POST":
            chosen = request.httprequest.form.getlist("time")
            try:
                with request.env.cr.savepoint():
                    times._team_answer(
                        [int(one) for one in chosen if one.isdecimal()],
                        post.get("refusal") if "refuse" in post else None,
                    )
                return request.redirect("/my/volunteering/team?notice=answered")
            except (UserError, ValidationError) as problem:
                error = str(problem)
        values = self._prepare_portal_layout_values()
        values.update(
            times._team_page(),
            page_name="team_volunteering",
            error=error,
            notice=post.get("notice"),
        )
        return request.render("tierslieux_funding.portal_team_volunteering", values)

    def _own_draft(self, time_id):
        time = request.env["tierslieux.volunteer.time"].search(
            [
                ("id", "=", time_id),
                ("partner_id", "=", request.env.user.partner_id.id),
                ("state", "!=", "confirmed"),
            ]
        )
        if not time:
            raise request.not_found()
        return time

    def _entry_page(self, time, post):
        times = request.env["tierslieux.volunteer.time"]
        error = None
        if request.httprequest.method == "POST":
            try:
                with request.env.cr.savepoint():
                    times._enter(time, self._typed(post))
                return request.redirect("/my/volunteering?notice=saved")
            except (UserError, ValidationError) as problem:
                error = str(problem)
        page = times._my_page()
        actions = times._open_actions()
        values = self._prepare_portal_layout_values()
        values.update(
            page,
            page_name="my_volunteering",
            entry=time,
            actions=actions,
            venues=times._venues(),
            team=times._in_team(),
            form=self._shown(time, page["entries"][:1], post),
            today=Date.context_today(times),
            error=error,
            notice=post.get("notice"),
        )
        return request.render("tierslieux_funding.portal_my_volunteering", values)

    @staticmethod
    def _typed(post):
        """What was typed, as the values of an entry.

        :raises UserError: a sentence for who typed it
        """
        env = request.env
        try:
            day = date.fromisoformat(post.get("date") or "")
        except ValueError:
            raise UserError(env._("Choose the day.")) from None
        parts = [(post.get(name) or "0").strip() for name in ("hours", "minutes")]
        if not all(part.isdecimal() and len(part) < 4 for part in parts):
            raise UserError(env._("Type the time in whole hours and minutes."))
        if not (post.get("action_id") or "").isdecimal():
            raise UserError(env._("Choose what you helped with."))
        venue = post.get("venue_id") or ""
        if venue and not venue.isdecimal():
            raise UserError(env._("Choose a venue of the list."))
        return {
            "date": day,
            "venue_id": int(venue) if venue else False,
            "action_id": int(post["action_id"]),
            "minutes": int(parts[0]) * 60 + int(parts[1]),
            "note": (post.get("note") or "").strip()[:200],
        }

    @staticmethod
    def _shown(time, last, post):
        """What the form shows: what was typed, else the entry, else the last action."""
        if "date" in post:
            return post
        today = Date.context_today(time)
        hours, minutes = divmod(time.minutes, 60) if time else ("", "")
        return {
            "date": (time.date if time else today).isoformat(),
            "hours": hours,
            "minutes": minutes,
            # sudo: the number of the action, of the plan that people do not read
            "action_id": str((time or last).sudo().action_id.id or ""),
            "venue_id": str(
                time.venue_id.id if time else last.venue_id.id or time._home_venue()
            ),
            "note": time.note or "",
        }
