# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.http import request

from ..models.tierslieux_bookable_offers import Ask
from ..models.tierslieux_bookable_pages import LENGTHS
from . import tools

PAGE_SIZE = 10
KINDS = ("desk", "room", "equipment", "mentor")
MOST_PEOPLE = 1000


class SearchController(http.Controller):
    """What is free, over all venues."""

    @http.route(
        ["/reserver", "/reserver/page/<int:page>"],
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=True,
    )
    def search(self, page=1, **query):
        bookables = request.env["tierslieux.bookable"]
        ask = _ask(query)
        offset = (max(page, 1) - 1) * PAGE_SIZE
        found = bookables._search_page(ask, PAGE_SIZE, offset)
        args = {
            name: str(query[name])
            for name in ("what search people day from minutes commune lat lng".split())
            if query.get(name)
        }
        return request.render(
            "tierslieux_booking.search",
            {
                **found,
                "ask": ask,
                "clock": query.get("from") if ask.clock else "",
                "day_words": bookables._day_words(found["day"], "EEEE d MMMM"),
                "lengths": [(one, bookables._length_words(one)) for one in LENGTHS],
                "places": bookables._places(),
                "filtered": bool(args),
                "pager": request.website.pager(
                    "/reserver", found["total"], page, PAGE_SIZE, 5, args
                ),
                "slug": request.env["ir.http"]._slug,
            },
        )


def _ask(query):
    place = str(query.get("commune") or "")
    latitude = tools.degrees(query.get("lat"), 90)
    longitude = tools.degrees(query.get("lng"), 180)
    here = None
    if latitude is not None and longitude is not None and not place:
        here = latitude, longitude
    what = query.get("what")
    return Ask(
        what=what if what in KINDS else "",
        words=str(query.get("search") or "").strip()[:100],
        people=max(tools.number(query.get("people"), 1, MOST_PEOPLE), 1),
        day=tools.day(query.get("day")),
        clock=tools.clock(query.get("from")) or 0,
        minutes=tools.number(query.get("minutes"), most=tools.MINUTES_A_DAY) or 60,
        place=place,
        here=here,
    )
