# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from urllib.parse import quote

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..exceptions import SlotTaken
from . import tools

PHOTO_SECONDS = 7 * 24 * 3600


class BookableController(http.Controller):
    """One bookable: its free times, and booking it."""

    def _sitemap(env, rule, qs):  # noqa: N805
        for one in env["tierslieux.bookable"]._published_all():
            if not qs or qs.lower() in one.website_url:
                yield {"loc": one.website_url}

    def _bookable(self, slug):
        """:raises werkzeug NotFound: for what is not published, or not there"""
        number = request.env["ir.http"]._unslug(slug)[1] or 0
        bookable = request.env["tierslieux.bookable"]._published_one(number)
        if not bookable:
            raise request.not_found()
        return bookable

    @http.route(
        "/reserver/<string:slug>",
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=_sitemap,
    )
    def page(self, slug, **query):
        bookable = self._bookable(slug)
        canonical = request.env["ir.http"]._slug(bookable)
        if slug != canonical:
            return request.redirect(f"/reserver/{canonical}", code=301)
        return self._render(bookable, query)

    def _render(self, bookable, query, error=None):
        minutes = tools.number(query.get("minutes"), most=tools.MINUTES_A_DAY)
        page = bookable._page(
            tools.day(query.get("day")),
            minutes or max(bookable.minimum_minutes, 60),
            tools.number(query.get("seats"), 1),
            tools.moment(query.get("start")),
        )
        chosen = page["chosen"]
        back = chosen and quote(f"{bookable.website_url}?{chosen['query']}", safe="")
        return request.render(
            "tierslieux_booking.bookable_page",
            {
                **page,
                "bookable": bookable.with_context(bin_size=True),
                "mentor": bookable._mentor_shown(),
                "back": back,
                "may_sign_up": request.env["res.users"]._get_signup_invitation_scope()
                == "b2c",
                "error": error,
                "additional_title": bookable.name,
                "website_meta_description": bookable.summary or "",
                "slug": request.env["ir.http"]._slug,
            },
        )

    @http.route(
        "/reserver/<string:slug>/book",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def book(self, slug, **form):
        bookable = self._bookable(slug)
        start = tools.moment(form.get("start"))
        minutes = tools.number(form.get("minutes"), most=tools.MINUTES_A_DAY)
        if not start or not minutes:
            return request.redirect(bookable.website_url)
        seats = tools.number(form.get("seats"), 1)
        try:
            booking = bookable.with_user(request.env.user)._book(
                request.env.user.partner_id,
                start,
                start + timedelta(minutes=minutes),
                seats,
            )
        except SlotTaken:
            # The page looks again, and says what is free instead.
            query = f"start={form['start']}&minutes={minutes}&seats={seats}"
            return request.redirect(f"{bookable.website_url}?{query}")
        except UserError as refusal:
            return self._render(bookable, form, error=str(refusal))
        return request.redirect(f"/my/bookings/{booking.id}?notice=booked")

    @http.route(
        "/reserver/photo/<int:bookable_id>",
        type="http",
        auth="public",
        readonly=True,
        sitemap=False,
    )
    def photo(self, bookable_id, size="1024", **_kwargs):
        bookable = request.env["tierslieux.bookable"]._published_one(bookable_id)
        if not bookable.image_512:
            raise request.not_found()
        field = "image_256" if size == "256" else "image_1024"
        stream = request.env["ir.binary"]._get_image_stream_from(bookable, field)
        return stream.get_response(max_age=PHOTO_SECONDS)
