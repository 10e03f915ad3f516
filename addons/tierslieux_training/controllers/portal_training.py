# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.tierslieux_network.controllers.tools import found, pdf_page

from .tools import refusals, signature


class TrainingPortal(CustomerPortal):
    """“My training”: what I am enrolled in, my documents, signing."""

    def _my_registrations(self):
        return request.env["event.registration"]._of_trainee(request.env.user)

    def _my_enrolments(self):
        return request.env["tierslieux.training.enrolment"]._of_contact(
            request.env.user
        )

    def _my_contracts(self):
        return request.env["tierslieux.training.paper"]._of_partner(request.env.user)

    def _training_page(self, template, **values):
        page = self._prepare_portal_layout_values()
        page.update({"page_name": "training", "error": None, "saved": None, **values})
        return request.render(f"tierslieux_training.{template}", page)

    @http.route("/my/training", auth="user", website=True, readonly=True)
    def my_training(self, **_kwargs):
        half_days = request.env["tierslieux.training.half.day"]._of_trainer(
            request.env.user
        )
        given = half_days.filtered(lambda one: one._is_over())
        return self._training_page(
            "portal_my_training",
            registrations=self._my_registrations(),
            enrolments=self._my_enrolments(),
            to_give=half_days - given,
            given=given,
            contracts=self._my_contracts(),
        )

    @http.route(
        "/my/training/<int:registration_id>", auth="user", website=True, readonly=True
    )
    def my_training_one(self, registration_id, error=None, saved=None, **_kwargs):
        registration = found(self._my_registrations(), registration_id)
        return self._training_page(
            "portal_training_one",
            registration=registration,
            lines={
                line.half_day_id: line
                for line in registration.attendance_ids._that_count()
            },
            saved=saved,
        )

    @http.route(
        "/my/training/<int:registration_id>/half-day/<int:half_day_id>",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def my_training_sign(self, registration_id, half_day_id, **post):
        registration = found(self._my_registrations(), registration_id)
        half_day = found(registration.event_id.half_day_ids, half_day_id)
        error = None
        if request.httprequest.method == "POST":
            with refusals() as outcome:
                half_day._sign_by_code(
                    registration, (post.get("code") or "")[:12], signature(post)
                )
            error = outcome.error
            if not error:
                return request.redirect(f"/my/training/{registration.id}?saved=1")
        return self._training_page(
            "portal_training_sign",
            registration=registration,
            half_day=half_day,
            code=post.get("code"),
            error=error,
        )

    @http.route(
        "/my/training/<int:registration_id>/paper/<int:paper_id>.pdf",
        auth="user",
        website=True,
    )
    def my_training_paper(self, registration_id, paper_id, **_kwargs):
        registration = found(self._my_registrations(), registration_id)
        paper = found(registration._papers(), paper_id)
        return pdf_page(paper._pdf(), paper.kind)

    # -- who enrolled ------------------------------------------------------------------

    @http.route(
        "/my/training/enrolment/<int:enrolment_id>",
        auth="user",
        website=True,
        readonly=True,
    )
    def my_enrolment(self, enrolment_id, saved=None, **_kwargs):
        enrolment = found(self._my_enrolments(), enrolment_id)
        return self._training_page("portal_enrolment", enrolment=enrolment, saved=saved)

    @http.route(
        "/my/training/enrolment/<int:enrolment_id>/<string:act>",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def my_enrolment_act(self, enrolment_id, act, **post):
        enrolment = found(self._my_enrolments(), enrolment_id)
        with refusals() as outcome:
            if act == "sign":
                enrolment._sign(signature(post))
            elif act == "withdraw":
                enrolment._withdraw()
            else:
                raise request.not_found()
        if outcome.error:
            return self._training_page(
                "portal_enrolment", enrolment=enrolment, error=outcome.error
            )
        return request.redirect(f"/my/training/enrolment/{enrolment.id}?saved=1")

    @http.route(
        "/my/training/enrolment/<int:enrolment_id>/paper/<int:paper_id>.pdf",
        auth="user",
        website=True,
    )
    def my_enrolment_paper(self, enrolment_id, paper_id, **_kwargs):
        enrolment = found(self._my_enrolments(), enrolment_id)
        paper = found(enrolment._shared_papers(), paper_id)
        return pdf_page(paper._pdf(), paper.kind)

    # -- who signs for a partner -------------------------------------------------------

    @http.route(
        "/my/training/contract/<int:contract_id>",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def my_training_contract(self, contract_id, saved=None, **post):
        paper = found(self._my_contracts(), contract_id)
        error = None
        if request.httprequest.method == "POST":
            with refusals() as outcome:
                paper._sign_contract(signature(post))
            error = outcome.error
            if not error:
                return request.redirect(f"/my/training/contract/{paper.id}?saved=1")
        return self._training_page(
            "portal_contract", paper=paper, saved=saved, error=error
        )

    @http.route(
        "/my/training/contract/<int:contract_id>.pdf", auth="user", website=True
    )
    def my_training_contract_paper(self, contract_id, **_kwargs):
        paper = found(self._my_contracts(), contract_id)
        return pdf_page(paper._pdf(), paper.kind)
