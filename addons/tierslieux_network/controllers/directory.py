# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from urllib.parse import quote

from odoo import http
from odoo.http import request
from odoo.tools.json import scriptsafe
from odoo.tools.urls import urljoin

from ..models.tierslieux_directory import Criteria
from .markup import card_link, card_photo, options

PAGE_SIZE = 24
PEOPLE_BESIDE_VENUES = 6
TEXT_CRITERIA = ("search", "category", "service", "commune", "state", "order")
YES_NO_CRITERIA = ("accessible", "open_now")
MARKERS_SECONDS = 300
PHOTO_SECONDS = 7 * 24 * 3600


class DirectoryController(http.Controller):
    """Public pages: the directory, a venue, a person."""

    @http.route(
        ["/lieux", "/lieux/page/<int:page>"],
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=True,
    )
    def venues(self, page=1, kind="venues", **query):
        directory = request.env["tierslieux.directory"]
        criteria = _criteria(query)
        offset = (max(page, 1) - 1) * PAGE_SIZE
        people_only = kind == "people" and bool(criteria.words)
        version = directory._query_version()
        cards, venue_ids, as_written = [], [], False
        if not people_only:
            cards, venue_ids, as_written = directory._search_venues(
                criteria, PAGE_SIZE, offset, version
            )
        people, people_total = directory._search_people(
            criteria,
            directory._audience(),
            PAGE_SIZE if people_only else PEOPLE_BESIDE_VENUES,
            offset if people_only else 0,
            forgive=not as_written,
        )
        url_args = {name: value for name, value in criteria._asdict().items() if value}
        url_args = {
            name: "1" if value is True else value for name, value in url_args.items()
        }
        if url_args.get("order") == "relevance":
            del url_args["order"]
        if people_only:
            url_args["kind"] = "people"
        total = people_total if people_only else len(venue_ids)
        return request.render(
            "tierslieux_network.directory",
            {
                "criteria": criteria,
                "facets": directory._facets(version),
                "cards": cards,
                "badges": directory._badges([card["id"] for card in cards]),
                "total": total,
                "people": people,
                "people_total": people_total,
                "people_only": people_only,
                "filtered": bool(set(url_args) - {"order"}),
                "found_ids": ",".join(map(str, venue_ids)),
                "pager": request.website.pager(
                    "/lieux", total, page, PAGE_SIZE, 5, url_args
                ),
                "slug": request.env["ir.http"]._slug,
                "url_quote": quote,
                "base": request.env["ir.http"]._url_for("/lieux"),
                "options": options,
                "card_link": card_link,
                "card_photo": card_photo,
            },
        )

    @http.route(
        "/lieux/carte.json",
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=False,
        multilang=False,
    )
    def markers(self):
        version, markers = request.env["tierslieux.directory"]._markers()
        response = request.make_json_response(
            markers, headers={"Cache-Control": f"public, max-age={MARKERS_SECONDS}"}
        )
        response.set_etag(version)
        return response.make_conditional(request.httprequest)

    def _sitemap_venues(env, rule, qs):  # noqa: N805
        # sudo: the sitemap names published venues, which visitors may see
        venues = env["tierslieux.venue"].sudo().search([("is_published", "=", True)])
        for venue in venues:
            if not qs or qs.lower() in venue.website_url:
                yield {"loc": venue.website_url, "lastmod": venue.write_date.date()}

    @http.route(
        "/lieux/<string:slug>",
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=_sitemap_venues,
    )
    def venue(self, slug):
        directory = request.env["tierslieux.directory"]
        venue = directory._published_venue(_identifier(slug))
        if not venue:
            raise request.not_found()
        canonical = request.env["ir.http"]._slug(venue)
        if slug != canonical:
            return request.redirect(f"/lieux/{canonical}", code=301)
        url = urljoin(request.website.get_base_url(), f"/lieux/{canonical}")
        photo = f"/lieux/photo/{venue.id}" if venue.image_512 else ""
        photo_url = photo and urljoin(request.website.get_base_url(), photo)
        team = venue.facilitator_ids.with_context(bin_size=True)
        return request.render(
            "tierslieux_network.venue_page",
            {
                "venue": venue,
                "photo": photo,
                "url": url,
                "opening": venue._opening(),
                "team": sorted(
                    team._visible_values(directory._audience()).items(),
                    key=lambda person: person[1]["name"],
                ),
                "events": directory._coming_events(venue),
                "badges": directory._badges(venue.ids).get(venue.id, []),
                "schema_org": scriptsafe.dumps(venue._schema_org(url, photo_url)),
                "website_meta_description": venue.summary or "",
                "additional_title": venue.name,
                "share_url": quote(url, safe=""),
                "share_text": quote(venue.name),
                "may_edit": request.env.user in venue.manager_ids,
                "slug": request.env["ir.http"]._slug,
            },
        )

    @http.route(
        "/lieux/photo/<int:venue_id>",
        type="http",
        auth="public",
        readonly=True,
        sitemap=False,
    )
    def venue_photo(self, venue_id, size="1024", **kwargs):
        venue = request.env["tierslieux.directory"]._published_venue(venue_id)
        if not venue.image_512:
            raise request.not_found()
        return _photo(venue.partner_id, "image_512" if size == "512" else "image_1024")

    @http.route(
        "/personnes/<string:slug>",
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def person(self, slug):
        profile, values = _visible_person(_identifier(slug))
        canonical = request.env["ir.http"]._slug((profile.id, values["name"]))
        if slug != canonical:
            return request.redirect(f"/personnes/{canonical}", code=301)
        return request.render(
            "tierslieux_network.person_page",
            {
                "person_id": profile.id,
                "person": values,
                "facilitated": profile.facilitated_venue_ids.filtered("is_published"),
                "additional_title": values["name"],
                "website_meta_description": values.get("headline") or "",
                "slug": request.env["ir.http"]._slug,
                "url_quote": quote,
            },
        )

    @http.route(
        "/personnes/photo/<int:profile_id>",
        type="http",
        auth="public",
        readonly=True,
        sitemap=False,
    )
    def person_photo(self, profile_id, **kwargs):
        profile, values = _visible_person(profile_id)
        if not values.get("image_512"):
            raise request.not_found()
        return _photo(profile.partner_id, "image_256", public=False)


def _criteria(query):
    """Criteria out of an address; what is not understood asks nothing."""
    values = {name: str(query.get(name) or "").strip()[:100] for name in TEXT_CRITERIA}
    values |= {name: query.get(name) == "1" for name in YES_NO_CRITERIA}
    if values["order"] != "name":
        values["order"] = "relevance"
    return Criteria(**values)


def _identifier(slug):
    return request.env["ir.http"]._unslug(slug)[1] or 0


def _visible_person(profile_id):
    """A person and what the visitor may see of them. The same answer for a hidden
    person and for nobody: the address must not tell which."""
    # sudo: _visible_values applies the person's choices
    profile = request.env["tierslieux.profile"].sudo().browse(profile_id).exists()
    profile = profile.filtered("partner_id.active").with_context(bin_size=True)
    audience = request.env["tierslieux.directory"]._audience()
    values = profile._visible_values(audience).get(profile.id)
    if not values:
        raise request.not_found()
    return profile, values


def _photo(partner, field, public=True):
    """:param partner: checked by the caller"""
    # sudo: visitors have no right on contacts
    stream = request.env["ir.binary"]._get_image_stream_from(partner.sudo(), field)
    response = stream.get_response(max_age=PHOTO_SECONDS if public else 0)
    if not public:
        response.headers["Cache-Control"] = "private, no-cache"
    return response
