# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.http import request

from odoo.addons.tierslieux_network.controllers.tools import found, pdf_page

from .portal_training import TrainingPortal
from .tools import refusals, signature


class TeachingPortal(TrainingPortal):
    """The trainer's page: the sheet of a half-day, on a tablet."""

    def _my_half_days(self):
        return request.env["tierslieux.training.half.day"]._of_trainer(request.env.user)

    def _sheet_page(self, half_day, **values):
        trainees, trainers = half_day._sheet()
        return self._training_page(
            "teaching_sheet",
            half_day=half_day,
            trainees=trainees,
            trainers=trainers,
            # sudo: the code is the trainer's to show
            code=half_day.sudo().code,
            **values,
        )

    @http.route(
        "/my/teaching/<int:half_day_id>", auth="user", website=True, readonly=True
    )
    def teaching_sheet(self, half_day_id, saved=None, **_kwargs):
        half_day = found(self._my_half_days(), half_day_id)
        return self._sheet_page(half_day, saved=saved)

    @http.route("/my/teaching/<int:half_day_id>/sheet.pdf", auth="user", website=True)
    def teaching_pdf(self, half_day_id, **_kwargs):
        half_day = found(self._my_half_days(), half_day_id)
        # sudo: the half-day is the trainer's, found above
        reports = request.env["ir.actions.report"].sudo().with_context(lang="fr_FR")
        content, _kind = reports._render_qweb_pdf(
            "tierslieux_training.report_sheet", half_day.ids
        )
        return pdf_page(content, "emargement")

    @http.route(
        "/my/teaching/<int:half_day_id>/trainee/<int:registration_id>",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def teaching_tablet(self, half_day_id, registration_id, **post):
        """One trainee signs on the tablet."""
        half_day = found(self._my_half_days(), half_day_id)
        registration = found(half_day._trainees(), registration_id)
        error = None
        if request.httprequest.method == "POST":
            with refusals() as outcome:
                half_day._sign_on_tablet(registration, signature(post))
            error = outcome.error
            if not error:
                return request.redirect(f"/my/teaching/{half_day.id}?saved=1")
        return self._training_page(
            "teaching_tablet",
            half_day=half_day,
            registration=registration,
            error=error,
        )

    @http.route(
        "/my/teaching/<int:half_day_id>/<string:act>",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def teaching_act(self, half_day_id, act, **post):
        half_day = found(self._my_half_days(), half_day_id)
        with refusals() as outcome:
            if act == "own":
                half_day._sign_trainer(signature(post))
            elif act == "typed":
                half_day._type_in(self._typed_sheet(half_day, post))
            elif act == "correct":
                line = found(half_day.attendance_ids, _number(post.get("line")))
                line._correct(
                    _number(post.get("minutes"), None), (post.get("reason") or "")[:500]
                )
            else:
                raise request.not_found()
        if outcome.error:
            return self._sheet_page(half_day, error=outcome.error)
        return request.redirect(f"/my/teaching/{half_day.id}?saved=1")

    def _typed_sheet(self, half_day, post):
        """``[(registration, minutes, reason), …]`` of the form; 0 is absent."""
        return [
            (one, minutes, (post.get(f"reason_{one.id}") or "").strip()[:500] or None)
            for one, line in half_day._sheet()[0]
            if not line and (minutes := _number(post.get(f"minutes_{one.id}")))
        ]


def _number(text, default=0):
    return int(text) if (text or "").isdecimal() and len(text) < 10 else default
