# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.http import request

from .tools import counted, worded

PHOTO_SECONDS = 7 * 24 * 3600


class PropertyPages(http.Controller):
    """Public pages of what is owned together."""

    @http.route("/foncieres", auth="public", website=True, sitemap=True, readonly=True)
    def properties(self, **_kwargs):
        return request.render(
            "tierslieux_fonciere.properties",
            {
                "cards": request.env["tierslieux.property"]._cards(),
                "worded": worded,
                "counted": counted,
            },
        )

    def _sitemap_properties(env, rule, qs):  # noqa: N805
        for one in env["tierslieux.property"]._published():
            if not qs or qs.lower() in one.website_url:
                yield {"loc": one.website_url, "lastmod": one.write_date.date()}

    @http.route(
        "/foncieres/<string:slug>",
        auth="public",
        website=True,
        readonly=True,
        sitemap=_sitemap_properties,
    )
    def property_page(self, slug, **_kwargs):
        one = published_property(slug)
        if slug != request.env["ir.http"]._slug(one):
            return request.redirect(one.website_url, code=301)
        return request.render(
            "tierslieux_fonciere.property_page",
            {
                "page": one._page(),
                "worded": worded,
                "counted": counted,
                "additional_title": one.name,
                "website_meta_description": one.summary or "",
            },
        )

    @http.route(
        "/foncieres/<string:slug>/conditions",
        auth="public",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def conditions_page(self, slug, **_kwargs):
        one = published_property(slug)
        conditions = one._issue_under_way().conditions_id
        if not conditions:
            raise request.not_found()
        return request.render(
            "tierslieux_fonciere.conditions_page",
            {"page": one._card(), "conditions": conditions},
        )

    @http.route(
        "/foncieres/photo/<int:property_id>",
        auth="public",
        readonly=True,
        sitemap=False,
    )
    def property_photo(self, property_id, size="1024", **_kwargs):
        one = request.env["tierslieux.property"]._published(property_id)
        if not one.image_512:
            raise request.not_found()
        field = "image_512" if size == "512" else "image_1024"
        stream = request.env["ir.binary"]._get_image_stream_from(one, field)
        return stream.get_response(max_age=PHOTO_SECONDS)

    @http.route(
        "/foncieres/document/<int:document_id>",
        auth="public",
        readonly=True,
        sitemap=False,
    )
    def property_document(self, document_id, **_kwargs):
        """A public paper of an issue that is or was open."""
        # sudo: papers marked public of a published property are for everybody
        document = (
            request.env["tierslieux.share.issue.document"]
            .sudo()
            .search(
                [
                    ("id", "=", document_id),
                    ("is_public", "=", True),
                    ("issue_id.state", "!=", "draft"),
                    ("issue_id.property_id.is_published", "=", True),
                ]
            )
        )
        if not document:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(
            document, "file", filename_field="name"
        )
        return stream.get_response(as_attachment=True)


def published_property(slug):
    """The published property of an address.

    :raises NotFound:
    """
    property_id = request.env["ir.http"]._unslug(slug)[1] or 0
    one = request.env["tierslieux.property"]._published(property_id)
    if not one:
        raise request.not_found()
    return one
