# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from zoneinfo import ZoneInfo

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.tierslieux_network.controllers.tools import image_base64

from ..domain import availability
from . import tools

LENGTHS = (30, 60, 90, 120, 180, 240, 300, 360, 420, 480)


class PortalPlanning(CustomerPortal):
    """The plan of a venue, on its manager's phone or computer."""

    def _kept(self, venue_id):
        """A venue that is the visitor's to keep.

        :raises werkzeug NotFound: for any other id
        """
        venues = request.env["tierslieux.venue"]
        venue = venues.has_access("read") and venues.search([("id", "=", venue_id)])
        if not venue or not venue._may_manage():
            raise request.not_found()
        return venue

    def _kept_bookable(self, venue, text):
        bookable = request.env["tierslieux.bookable"].search(
            [("id", "=", tools.number(text)), ("venue_id", "=", venue.id)]
        )
        if not bookable:
            raise request.not_found()
        return bookable

    def _kept_booking(self, venue, booking_id):
        booking = request.env["tierslieux.booking"].search(
            [("id", "=", booking_id), ("venue_id", "=", venue.id)]
        )
        if not booking:
            raise request.not_found()
        return booking

    def _values(self, venue, page, **values):
        return {
            **self._prepare_portal_layout_values(),
            "page_name": page,
            "venue": venue,
            "error": None,
            **values,
        }

    @http.route(
        "/my/venues/<int:venue_id>/planning",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def planning(self, venue_id, view="day", date=None, notice=None, **_kwargs):
        venue = self._kept(venue_id)
        page = venue._planning_page(
            "week" if view == "week" else "day", tools.day(date)
        )
        return request.render(
            "tierslieux_booking.portal_planning",
            self._values(venue, "planning", notice=notice, **page),
        )

    @http.route(
        "/my/venues/<int:venue_id>/bookables",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def photos(self, venue_id, bookable=None, remove=None, **_form):
        """Photos of what can be booked: one is sent at a time."""
        venue = self._kept(venue_id)
        error = sent = None
        if request.httprequest.method == "POST":
            sent = self._kept_bookable(venue, bookable)
            try:
                photo = image_base64(request.httprequest.files.get("photo"))
                if photo or remove:
                    sent.image_1920 = photo or False
                else:
                    error = request.env._("Choose a photo first.")
            except UserError as refusal:
                error = str(refusal)
            if not error:
                return request.redirect(f"/my/venues/{venue.id}/bookables")
        bookables = request.env["tierslieux.bookable"].search(
            [("venue_id", "=", venue.id)]
        )
        return request.render(
            "tierslieux_booking.portal_bookables",
            self._values(
                venue, "bookables", bookables=bookables, error=error, sent=sent
            ),
        )

    # -- what a manager writes in it ----------------------------------------------

    @http.route(
        "/my/venues/<int:venue_id>/planning/new",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def new(self, venue_id, **form):
        """A free cell: who comes, or why it is closed."""
        venue = self._kept(venue_id)
        bookable = self._kept_bookable(venue, form.get("bookable"))
        start = tools.moment(form.get("start"))
        if not start:
            raise request.not_found()
        zone = ZoneInfo(bookable._tz())
        day = availability.local(start, zone).date()
        error = None
        if request.httprequest.method == "POST":
            try:
                self._write_in(venue, bookable, start, zone, form)
            except UserError as refusal:
                error = str(refusal)
            else:
                return request.redirect(
                    f"/my/venues/{venue.id}/planning?date={day}&notice=written"
                )
        return request.render(
            "tierslieux_booking.portal_planning_new",
            self._values(
                venue,
                "planning_new",
                bookable=bookable,
                start=form["start"],
                day=day,
                when=bookable._moment_words(start),
                lengths=[(one, bookable._length_words(one)) for one in LENGTHS],
                minutes=tools.number(form.get("minutes")) or 60,
                people=venue._known_people(),
                form=form,
                error=error,
            ),
        )

    def _write_in(self, venue, bookable, start, zone, form):
        who = (form.get("who") or "").strip()[:100]
        minutes = tools.number(form.get("minutes"), 60, tools.MINUTES_A_DAY) or 60
        stop = start + timedelta(minutes=minutes)
        partners = request.env["res.partner"]
        if form.get("purpose") != "maintenance":
            if not who:
                raise UserError(request.env._("Write who comes."))
            partner = venue._walk_in_partner(who)
            bookable._book(
                partner,
                start,
                stop,
                max(tools.number(form.get("seats"), 1), 1),
                "walk_in",
                "" if partner else who,
            )
            return
        until = tools.day(form.get("until"))
        if until:
            stop = max(stop, availability.day_bounds(until, zone)[1])
        bookable._book(partners, start, stop, bookable.seats, "maintenance", who)

    # -- one booking ----------------------------------------------------------------

    @http.route(
        "/my/venues/<int:venue_id>/planning/<int:booking_id>",
        type="http",
        auth="user",
        website=True,
    )
    def planned(self, venue_id, booking_id, notice=None, **query):
        venue = self._kept(venue_id)
        booking = self._kept_booking(venue, booking_id)
        return self._render_planned(venue, booking, query, notice=notice)

    def _render_planned(self, venue, booking, query, **values):
        move = {}
        if query.get("move") and booking.state == "confirmed":
            move = booking._move_page(
                tools.day(query.get("day")), tools.moment(query.get("start"))
            )
        return request.render(
            "tierslieux_booking.portal_planned",
            self._values(
                venue,
                "planned",
                **{
                    "booking": booking,
                    "row": booking._row(),
                    # sudo: managers see who comes to their venue
                    "who": booking.sudo().partner_id,
                    "day": booking._local_day(),
                    "may_miss": booking._may_miss(),
                    "moving": bool(move),
                    "chosen": None,
                    "notice": None,
                    **move,
                    **values,
                },
            ),
        )

    @http.route(
        "/my/venues/<int:venue_id>/planning/<int:booking_id>/<string:act>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def act(self, venue_id, booking_id, act, **form):
        venue = self._kept(venue_id)
        booking = self._kept_booking(venue, booking_id)
        reason = (form.get("reason") or "").strip()[:200]
        start = tools.moment(form.get("start"))
        try:
            if act == "cancel":
                booking._cancel(reason)
            elif act == "no-show":
                booking._no_show()
            elif act == "move" and start:
                booking._move(start, start + (booking.stop - booking.start), reason)
            else:
                raise request.not_found()
        except UserError as refusal:
            query = {**form, "move": "1"} if act == "move" else {}
            return self._render_planned(venue, booking, query, error=str(refusal))
        return request.redirect(
            f"/my/venues/{venue.id}/planning/{booking.id}?notice={act}"
        )
