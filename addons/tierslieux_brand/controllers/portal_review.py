# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.tierslieux_network.controllers.tools import found, refusals

from .tools import assessed


class PortalReview(CustomerPortal):
    """The reviewer's pages."""

    def _to_review(self):
        return request.env["tierslieux.brand.application"]._of_reviewer(
            request.env.user
        )

    @http.route("/my/brand/review", auth="user", website=True, readonly=True)
    def brand_reviews(self, saved=None, **_kwargs):
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="brand_reviews", applications=self._to_review(), saved=saved
        )
        return request.render("tierslieux_brand.portal_reviews", values)

    def _review_page(self, application, error=None, saved=None):
        user = request.env.user
        review = application.assessment_ids.filtered(
            lambda one: (
                one.kind == "peer" and one.user_id == user and not one.recused_at
            )
        )[:1]
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="brand_reviews",
            application=application,
            review=review,
            theirs={line.criterion_id: line for line in review.line_ids},
            error=error,
            saved=saved,
        )
        return request.render("tierslieux_brand.portal_review", values)

    @http.route(
        "/my/brand/review/<int:application_id>",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def brand_review(self, application_id, send=None, saved=None, **post):
        application = found(self._to_review(), application_id)
        if request.httprequest.method == "GET":
            return self._review_page(application, saved=saved)
        with refusals() as outcome:
            review = application._check_reviewer()
            review._save(
                assessed(post, review), (post.get("summary") or "").strip()[:4000]
            )
        if send and not outcome.error:
            with refusals() as outcome:
                application._submit_review()
        if outcome.error:
            return self._review_page(application, outcome.error)
        return request.redirect(f"/my/brand/review/{application.id}?saved=1")

    @http.route(
        "/my/brand/review/<int:application_id>/recuse",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def brand_recuse(self, application_id, reason="", **_kwargs):
        application = found(self._to_review(), application_id)
        with refusals() as outcome:
            application._recuse(reason[:500])
        if outcome.error:
            return self._review_page(application, outcome.error)
        return request.redirect("/my/brand/review?saved=1")
