# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.tierslieux_network.controllers.tools import (
    found,
    refusals,
    report_page,
)


class PortalCommittee(CustomerPortal):
    """The committee's pages."""

    def _before_me(self):
        return request.env["tierslieux.brand.application"]._of_committee(
            request.env.user
        )

    @http.route("/my/brand/committee", auth="user", website=True, readonly=True)
    def brand_committee(self, **_kwargs):
        values = self._prepare_portal_layout_values()
        values.update(page_name="brand_committee", applications=self._before_me())
        return request.render("tierslieux_brand.portal_committee", values)

    def _committee_page(self, application, error=None, saved=None):
        peer = application.peer_assessment_id.filtered("submitted_at")
        deciding = application.state == "committee"
        choosing = application.state in ("submitted", "review")
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="brand_committee",
            application=application,
            user=request.env.user,
            conflict=application._conflict(request.env.user),
            gates=[(passed, text) for _code, passed, text in application.gates or []],
            reviewers=choosing and application._possible_reviewers(),
            peer=peer,
            theirs={line.criterion_id: line for line in peer.line_ids},
            unmet=deciding and application._unmet(),
            error=error,
            saved=saved,
        )
        return request.render("tierslieux_brand.portal_committee_application", values)

    @http.route(
        "/my/brand/committee/<int:application_id>",
        auth="user",
        website=True,
        readonly=True,
    )
    def brand_committee_application(self, application_id, saved=None, **_kwargs):
        application = found(self._before_me(), application_id)
        return self._committee_page(application, saved=saved)

    @http.route(
        "/my/brand/committee/<int:application_id>/progress.pdf",
        auth="user",
        website=True,
    )
    def brand_committee_progress_pdf(self, application_id, **_kwargs):
        application = found(self._before_me(), application_id)
        return report_page(
            "tierslieux_brand.report_application", application, "progres"
        )

    def _brand_act(self, application_id, act):
        application = found(self._before_me(), application_id)
        with refusals() as outcome:
            act(application)
        if outcome.error:
            return self._committee_page(application, outcome.error)
        if application.state in ("draft", "abandoned"):
            return request.redirect("/my/brand/committee")
        return request.redirect(f"/my/brand/committee/{application.id}?saved=1")

    @http.route(
        "/my/brand/committee/<int:application_id>/assign",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def brand_assign(self, application_id, reviewer="", **_kwargs):
        number = int(reviewer) if reviewer.isdecimal() else 0
        # sudo: the model refuses whoever may not review
        users = request.env["res.users"].sudo().browse(number).exists()
        return self._brand_act(application_id, lambda one: one._assign(users))

    @http.route(
        "/my/brand/committee/<int:application_id>/opinion",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def brand_opinion(self, application_id, choice="", motive="", **_kwargs):
        return self._brand_act(
            application_id, lambda one: one._give_opinion(choice, motive[:2000])
        )

    @http.route(
        "/my/brand/committee/<int:application_id>/decide",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def brand_decide(self, application_id, motive="", more=None, **_kwargs):
        motive = motive[:4000]
        return self._brand_act(
            application_id,
            lambda one: one._ask_for_more(motive) if more else one._decide(motive),
        )
