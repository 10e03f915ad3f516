# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, timedelta

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..domain import subscription
from .portal_visits import local_time, typed_times

FILE_BYTES = 4 * 1024 * 1024
# Nothing was before.
FIRST_MONTH = date(2000, 1, 1)


class PortalScanner(CustomerPortal):
    """The desk of a venue: scanner, who is here, visits, taps of offline devices."""

    def _pass_desk(self, venue_id):
        """A venue of the visitor's.

        :raises werkzeug NotFound: for any other id
        """
        venues = request.env["tierslieux.venue"]
        venue = venues.has_access("read") and venues.search(
            [("id", "=", venue_id), ("manager_ids", "in", request.env.uid)]
        )
        if not venue:
            raise request.not_found()
        return venue

    def _pass_desk_values(self, venue, page, **values):
        return {
            **self._prepare_portal_layout_values(),
            "page_name": page,
            "venue": venue,
            "tz": str(venue._zone()),
            **values,
        }

    @http.route(
        "/my/venues/<int:venue_id>/scanner", type="http", auth="user", website=True
    )
    def pass_scanner(self, venue_id, **_kwargs):
        venue = self._pass_desk(venue_id)
        today = fields.Date.context_today(venue)
        return request.render(
            "tierslieux_pass.portal_scanner",
            self._pass_desk_values(
                venue,
                "scanner",
                present=venue._present(),
                expected=venue._expected(),
                takes_pass=venue._takes_pass(today)[venue],
            ),
        )

    @http.route(
        "/my/venues/<int:venue_id>/scanner/present",
        type="http",
        auth="user",
        website=True,
    )
    def pass_scanner_present(self, venue_id, **_kwargs):
        venue = self._pass_desk(venue_id)
        return request.render(
            "tierslieux_pass.scanner_lists",
            self._pass_desk_values(
                venue, "scanner", present=venue._present(), expected=venue._expected()
            ),
        )

    @http.route("/my/venues/<int:venue_id>/scanner/tap", type="jsonrpc", auth="user")
    def pass_scanner_tap(self, venue_id, key, code=None, pass_id=None, direction=None):
        venue = self._pass_desk(venue_id)
        taps = request.env["tierslieux.visit.tap"]
        try:
            if pass_id:
                # sudo: passes are not for venues to read; the person is one of those
                # that the desk has on its list
                holder = request.env["tierslieux.pass"].sudo().browse(int(pass_id))
                if holder.id not in venue._listed_pass_ids():
                    raise UserError(request.env._("This person is not on your list."))
                answer = taps._receive_pass(venue, holder, "desk", key, None, direction)
            else:
                answer = taps._receive(venue, code, "scanner", key, None, direction)
        except UserError as error:
            return {"outcome": "refused", "message": str(error)}
        return answer

    @http.route(
        "/my/venues/<int:venue_id>/scanner/photo/<int:pass_id>",
        type="http",
        auth="user",
    )
    def pass_scanner_photo(self, venue_id, pass_id, **_kwargs):
        venue = self._pass_desk(venue_id)
        # sudo: the holder's choices are the access rule, and the list of the desk
        holder = request.env["tierslieux.pass"].sudo().browse(pass_id)
        if (
            pass_id not in venue._listed_pass_ids()
            or not holder._desk_cards()[pass_id]["photo"]
            or not holder.partner_id.image_256
        ):
            raise request.not_found()
        stream = request.env["ir.binary"]._get_image_stream_from(
            holder.partner_id, "image_256"
        )
        return stream.get_response(max_age=0)

    @http.route(
        "/my/venues/<int:venue_id>/visits", type="http", auth="user", website=True
    )
    def pass_venue_visits(self, venue_id, month=None, notice=None, **_kwargs):
        venue = self._pass_desk(venue_id)
        today = fields.Date.context_today(venue)
        try:
            first = fields.Date.to_date(f"{month}-01") if month else None
        except ValueError:
            first = None
        first = max(min(first or today, today).replace(day=1), FIRST_MONTH)
        values = venue._visits_of_month(first)
        return request.render(
            "tierslieux_pass.portal_venue_visits",
            self._pass_desk_values(
                venue,
                "venue_visits",
                first=first,
                previous=(first - timedelta(days=1)).replace(day=1),
                following=subscription.next_month(first),
                today=today,
                notice=notice,
                error=request.session.pop("tierslieux_pass_error", None),
                **values,
            ),
        )

    @http.route(
        "/my/venues/<int:venue_id>/requests/<int:request_id>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def pass_request_decide(
        self, venue_id, request_id, accept=None, answer=None, **_kwargs
    ):
        venue = self._pass_desk(venue_id)
        asked = request.env["tierslieux.visit.request"].search(
            [("id", "=", request_id), ("venue_id", "=", venue.id)]
        )
        if not asked:
            raise request.not_found()
        try:
            with request.env.cr.savepoint():
                asked._decide(bool(accept), answer)
        except UserError as error:
            request.session["tierslieux_pass_error"] = str(error)
            return request.redirect(f"/my/venues/{venue.id}/visits")
        return request.redirect(f"/my/venues/{venue.id}/visits?notice={asked.state}")

    @http.route(
        "/my/venues/<int:venue_id>/visits/<int:visit_id>/correct",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def pass_venue_correct(self, venue_id, visit_id, **post):
        venue = self._pass_desk(venue_id)
        visit = request.env["tierslieux.visit"]._effective(
            Domain("id", "=", visit_id) & Domain("venue_id", "=", venue.id)
        )
        if not visit:
            raise request.not_found()
        error = None
        if request.httprequest.method == "POST":
            try:
                with request.env.cr.savepoint():
                    visit._correct(
                        post.get("reason"),
                        local_time(venue, visit.check_in, post.get("check_in")),
                        local_time(venue, visit.check_out, post.get("check_out")),
                        bool(post.get("void")),
                    )
                return request.redirect(f"/my/venues/{venue.id}/visits?notice=done")
            except UserError as problem:
                error = str(problem)
        return request.render(
            "tierslieux_pass.portal_visit_correct",
            self._pass_desk_values(
                venue,
                "venue_visits",
                visit=visit,
                times=typed_times(venue, visit),
                error=error,
                post=post,
            ),
        )

    @http.route(
        "/my/venues/<int:venue_id>/visits/import",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def pass_offline(self, venue_id, confirm=None, text=None, **_kwargs):
        venue = self._pass_desk(venue_id)
        result, text = None, text or ""
        if request.httprequest.method == "POST":
            upload = request.httprequest.files.get("file")
            content = text.encode()
            if upload and upload.filename:
                content = upload.read(FILE_BYTES + 1)
                text = content.decode("utf-8", "replace")
            result = request.env["tierslieux.visit.tap"]._import_offline(
                venue, content[:FILE_BYTES], dry_run=not confirm
            )
        return request.render(
            "tierslieux_pass.portal_offline",
            self._pass_desk_values(
                venue, "offline", result=result, text=text, confirmed=bool(confirm)
            ),
        )
