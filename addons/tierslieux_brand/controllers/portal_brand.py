# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import fields, http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.tierslieux_network.controllers.tools import (
    found,
    refusals,
    report_page,
)

from ..domain import licence as rule
from .tools import answered, assessed, keep_evidence


class PortalBrand(CustomerPortal):
    """What those who run a venue do: apply, plan, review, appeal, print."""

    def _applications(self):
        return request.env["tierslieux.brand.application"]._of_applicant(
            request.env.user
        )

    def _licences(self):
        return request.env["tierslieux.brand.licence"]._of_manager(request.env.user)

    def _brand_page(self, error=None):
        user = request.env.user
        applications = request.env["tierslieux.brand.application"]
        # sudo: the names of the marks are public
        brands = request.env["tierslieux.brand"].sudo().search([])
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="brand",
            applications=self._applications(),
            licences=self._licences(),
            reviews=applications._of_reviewer(user).filtered(
                lambda one: one.state == "review"
            ),
            in_committee=user in brands.committee_ids,
            venues=request.env["tierslieux.venue"].search(
                [("manager_ids", "in", user.ids)]
            ),
            brands=brands.filtered(lambda brand: brand._rules_in_force()),
            error=error,
        )
        return request.render("tierslieux_brand.portal_my_brand", values)

    @http.route("/my/brand", auth="user", website=True, readonly=True)
    def my_brand(self, **_kwargs):
        return self._brand_page()

    @http.route("/my/brand/apply", auth="user", website=True, methods=["POST"])
    def brand_apply(self, venue="", brand="", **_kwargs):
        venues = request.env["tierslieux.venue"].search(
            [("manager_ids", "in", request.env.uid)]
        )
        # sudo: the marks are public
        brands = request.env["tierslieux.brand"].sudo().search([])
        venue = found(venues, int(venue) if venue.isdecimal() else 0)
        brand = found(brands, int(brand) if brand.isdecimal() else 0)
        with refusals() as outcome:
            application = request.env["tierslieux.brand.application"]._start(
                brand, venue
            )
        if outcome.error:
            return self._brand_page(outcome.error)
        return request.redirect(f"/my/brand/{application.id}")

    def _application_page(self, application, error=None, saved=None):
        values = self._prepare_portal_layout_values()
        if application.state == "draft":
            gates = [
                (gate.passed, sentence) for gate, sentence in application._check_gates()
            ]
        else:
            gates = [(passed, text) for _code, passed, text in application.gates or []]
        values.update(
            page_name="brand_application",
            application=application,
            gates=gates,
            rules=application.brand_id._rules_in_force(),
            progress=application.state != "draft" and application._progress(),
            fee=application.brand_id.product_id.lst_price
            if not application.move_id
            else 0,
            # sudo: the currency of an amount that is shown
            currency=request.env.company.sudo().currency_id,
            error=error,
            saved=saved,
        )
        return request.render("tierslieux_brand.portal_application", values)

    # Not read-only: the link to the invoice creates its access token.
    @http.route("/my/brand/<int:application_id>", auth="user", website=True)
    def brand_application(self, application_id, saved=None, **_kwargs):
        application = found(self._applications(), application_id)
        return self._application_page(application, saved=saved)

    @http.route(
        "/my/brand/<int:application_id>/save",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def brand_save(self, application_id, send=None, **post):
        application = found(self._applications(), application_id)
        with refusals() as outcome:
            application._save_statement((post.get("statement") or "").strip()[:4000])
            assessment = application.self_assessment_id
            assessment._save(
                assessed(post, assessment), answers=answered(post, assessment)
            )
            keep_evidence(post, assessment)
            rules = application.brand_id._rules_in_force()
            if post.get("accepted") == str(rules.id):
                application._accept(rules)
        # what is written is kept even when it may not leave yet
        if send and not outcome.error:
            with refusals() as outcome:
                application._submit()
        if outcome.error:
            return self._application_page(application, outcome.error)
        return request.redirect(f"/my/brand/{application.id}?saved=1")

    @http.route(
        "/my/brand/<int:application_id>/plan",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def brand_plan(self, application_id, **post):
        application = found(self._applications(), application_id)
        values, error = {}, None
        for criterion in application.grid_id.criterion_ids:
            rank = post.get(f"rank_{criterion.id}", "")
            if not rank.isdecimal():
                continue
            try:
                day = fields.Date.to_date(post.get(f"date_{criterion.id}") or None)
            except ValueError:
                day = None
            action = (post.get(f"action_{criterion.id}") or "").strip()[:2000]
            if not day or not action:
                error = request.env._(
                    "%s: a target has a day and says what will be done.", criterion.name
                )
            values[criterion.id] = (int(rank), day, action)
        if not error:
            with refusals() as outcome:
                application._save_plan(values)
            error = outcome.error
        if error:
            return self._application_page(application, error)
        return request.redirect(f"/my/brand/{application.id}?saved=1")

    @http.route(
        "/my/brand/<int:application_id>/abandon",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def brand_abandon(self, application_id, **_kwargs):
        application = found(self._applications(), application_id)
        with refusals() as outcome:
            application._abandon()
        if outcome.error:
            return self._application_page(application, outcome.error)
        return request.redirect("/my/brand")

    @http.route(
        "/my/brand/<int:application_id>/appeal",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def brand_application_appeal(self, application_id, motive="", **_kwargs):
        application = found(self._applications(), application_id)
        with refusals() as outcome:
            application._appeal(motive[:4000])
        if outcome.error:
            return self._application_page(application, outcome.error)
        return request.redirect(f"/my/brand/{application.id}?saved=1")

    @http.route(
        "/my/brand/<int:application_id>/progress.pdf", auth="user", website=True
    )
    def brand_progress_pdf(self, application_id, **_kwargs):
        application = found(self._applications(), application_id)
        return report_page(
            "tierslieux_brand.report_application", application, "progres"
        )

    @http.route(
        "/my/brand/evidence/<int:line_id>/<int:paper_id>", auth="user", website=True
    )
    def brand_evidence(self, line_id, paper_id, **_kwargs):
        """For the venue, its reviewer and the committee."""
        user = request.env.user
        applications = request.env["tierslieux.brand.application"]
        allowed = (
            applications._of_applicant(user)
            | applications._of_reviewer(user)
            | applications._of_committee(user)
        )
        reviews = self._licences().review_ids
        lines = (allowed.assessment_ids | reviews).line_ids
        paper = found(found(lines, line_id)._evidence(), paper_id)
        stream = request.env["ir.binary"]._get_stream_from(paper)
        return stream.get_response(as_attachment=True)

    # -- licences -------------------------------------------------------------------

    def _licence_page(self, licence, error=None, saved=None):
        application = licence._application()
        events = licence.event_ids.sorted("id")._to_rule()
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="brand_licence",
            licence=licence,
            application=application,
            progress=application and application._progress(),
            may_appeal=bool(rule.contested(events)) and not rule.open_appeal(events),
            error=error,
            saved=saved,
        )
        return request.render("tierslieux_brand.portal_licence", values)

    @http.route(
        "/my/brand/licence/<int:licence_id>", auth="user", website=True, readonly=True
    )
    def brand_licence(self, licence_id, saved=None, **_kwargs):
        return self._licence_page(found(self._licences(), licence_id), saved=saved)

    @http.route(
        "/my/brand/licence/<int:licence_id>/certificate.pdf", auth="user", website=True
    )
    def brand_certificate(self, licence_id, **_kwargs):
        licence = found(self._licences(), licence_id)
        return report_page(
            "tierslieux_brand.report_certificate", licence, licence.number
        )

    @http.route(
        "/my/brand/licence/<int:licence_id>/kit/<int:asset_id>",
        auth="user",
        website=True,
    )
    def brand_kit(self, licence_id, asset_id, **_kwargs):
        licence = found(self._licences(), licence_id)
        if not licence._may_use_kit():
            raise request.not_found()
        asset = found(licence.brand_id.asset_ids, asset_id)
        stream = request.env["ir.binary"]._get_stream_from(asset, "file")
        stream.download_name = asset.file_name
        return stream.get_response(as_attachment=True)

    @http.route(
        "/my/brand/licence/<int:licence_id>/appeal",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def brand_appeal(self, licence_id, motive="", **_kwargs):
        licence = found(self._licences(), licence_id)
        with refusals() as outcome:
            licence._appeal(motive.strip()[:4000])
        if outcome.error:
            return self._licence_page(licence, outcome.error)
        return request.redirect(f"/my/brand/licence/{licence.id}?saved=1")

    @http.route(
        "/my/brand/licence/<int:licence_id>/review",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def brand_yearly_review(self, licence_id, send=None, saved=None, **post):
        licence = found(self._licences(), licence_id)
        with refusals() as outcome:
            review = licence._yearly_review()
        if outcome.error:
            return self._licence_page(licence, outcome.error)
        if request.httprequest.method == "POST":
            with refusals() as outcome:
                review._save(assessed(post, review), answers=answered(post, review))
                keep_evidence(post, review)
            if send and not outcome.error:
                with refusals() as outcome:
                    review._check_complete()
                    review._submit(fields.Datetime.now())
            if not outcome.error:
                page = "" if send else "/review"
                return request.redirect(f"/my/brand/licence/{licence.id}{page}?saved=1")
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="brand_licence",
            licence=licence,
            review=review,
            error=outcome.error,
            saved=saved,
        )
        return request.render("tierslieux_brand.portal_yearly_review", values)
