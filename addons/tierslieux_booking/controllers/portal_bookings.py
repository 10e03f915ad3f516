# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from . import tools

PAGE_SIZE = 20
CALENDAR = "text/calendar; charset=utf-8"


class PortalBookings(CustomerPortal):
    """“My bookings”: to come, past, changed, in one's calendar."""

    @http.route()
    def home(self, **kw):
        response = super().home(**kw)
        response.qcontext["proposals"] = request.env["tierslieux.bookable"]._proposals()
        return response

    def _booking(self, booking_id):
        """One of the visitor's bookings.

        :raises werkzeug NotFound: for an id that is not theirs, or nobody's
        """
        booking = request.env["tierslieux.booking"].browse(booking_id)
        try:
            booking.check_access("read")
        except (AccessError, MissingError) as error:
            raise request.not_found() from error
        if booking.partner_id != request.env.user.partner_id:
            raise request.not_found()
        return booking

    @http.route(
        ["/my/bookings", "/my/bookings/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def my_bookings(self, page=1, **_kwargs):
        bookings = request.env["tierslieux.booking"]
        past = bookings._mine("past")
        total = bookings.search_count(past)
        pager = portal_pager("/my/bookings", total, page, PAGE_SIZE)
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="bookings",
            coming=bookings._rows(bookings._mine("coming"), order="start, id"),
            past=bookings._rows(
                past, order="start desc, id", limit=PAGE_SIZE, offset=pager["offset"]
            ),
            pager=pager,
        )
        return request.render("tierslieux_booking.portal_my_bookings", values)

    @http.route(
        "/my/appointments", type="http", auth="user", website=True, readonly=True
    )
    def my_appointments(self, **_kwargs):
        """Who comes to the user, a mentor."""
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="appointments",
            appointments=request.env["tierslieux.booking"]._with_me(),
        )
        return request.render("tierslieux_booking.portal_my_appointments", values)

    @http.route("/my/bookings/<int:booking_id>", type="http", auth="user", website=True)
    def my_booking(self, booking_id, notice=None, **_kwargs):
        return self._render_booking(self._booking(booking_id), notice=notice)

    def _render_booking(self, booking, **values):
        return request.render(
            "tierslieux_booking.portal_booking",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "booking",
                "booking": booking,
                # sudo: what one booked and where, though it be published no more
                "bookable": booking.sudo().bookable_id,
                "row": booking._row(),
                "notice": None,
                "error": None,
                **values,
            },
        )

    @http.route(
        "/my/bookings/<int:booking_id>/cancel",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def cancel(self, booking_id, **_form):
        booking = self._booking(booking_id)
        try:
            booking._cancel()
        except UserError as refusal:
            return self._render_booking(booking, error=str(refusal))
        return request.redirect(f"/my/bookings/{booking.id}?notice=cancelled")

    @http.route(
        "/my/bookings/<int:booking_id>/move",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def move(self, booking_id, **form):
        booking = self._booking(booking_id)
        if not booking.can_change:
            return request.redirect(f"/my/bookings/{booking.id}")
        start = tools.moment(form.get("start"))
        if request.httprequest.method == "POST" and start:
            try:
                booking._move(start, start + (booking.stop - booking.start))
            except UserError as refusal:
                return self._render_move(booking, form, str(refusal))
            return request.redirect(f"/my/bookings/{booking.id}?notice=moved")
        return self._render_move(booking, form)

    def _render_move(self, booking, form, error=None):
        page = booking._move_page(
            tools.day(form.get("day")),
            tools.moment(form.get("start")),
        )
        return request.render(
            "tierslieux_booking.portal_booking_move",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "booking_move",
                "booking": booking,
                # sudo: what one booked and where, though it be published no more
                "bookable": booking.sudo().bookable_id,
                "row": booking._row(),
                "error": error,
                **page,
            },
        )

    # -- calendars --------------------------------------------------------------

    @http.route(
        "/my/bookings/<int:booking_id>.ics", type="http", auth="user", readonly=True
    )
    def ics(self, booking_id, **_kwargs):
        booking = self._booking(booking_id)
        return request.make_response(
            booking._ics(),
            headers=[
                ("Content-Type", CALENDAR),
                (
                    "Content-Disposition",
                    content_disposition(f"{booking.reference}.ics"),
                ),
                ("Cache-Control", "no-store"),
            ],
        )

    @http.route("/my/bookings/calendar", type="http", auth="user", website=True)
    def calendar(self, **_kwargs):
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="booking_calendar",
            address=request.env["tierslieux.booking.feed"]._address(),
        )
        return request.render("tierslieux_booking.portal_booking_calendar", values)

    @http.route(
        "/my/bookings/calendar/revoke",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def revoke(self, **_form):
        request.env["tierslieux.booking.feed"]._revoke()
        return request.redirect("/my/bookings/calendar")

    @http.route(
        "/agenda/<string:token>.ics",
        type="http",
        auth="public",
        readonly=True,
        sitemap=False,
    )
    def feed(self, token, **_kwargs):
        text = request.env["tierslieux.booking.feed"]._text(token)
        if text is None:
            raise request.not_found()
        return request.make_response(
            text,
            headers=[("Content-Type", CALENDAR), ("Cache-Control", "no-cache")],
        )
