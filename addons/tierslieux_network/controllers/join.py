# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from uuid import uuid4

from psycopg2.errors import UniqueViolation

from odoo import fields, http
from odoo.exceptions import ValidationError
from odoo.http import request

FIELDS = (
    "name",
    "email",
    "phone",
    "street",
    "zip",
    "city",
    "siret",
    "rna",
    "delegate_name",
    "delegate_email",
    "delegate_function",
    "motivation",
    "application_key",
)


class Join(http.Controller):
    """The public application: choose a college, fill in a form, done. Plain HTML."""

    def _colleges(self):
        # sudo: visitors read no model of ours, the page shows these fields of each
        # college
        today = fields.Date.context_today(request.env["tierslieux.college"])
        colleges = []
        for college in request.env["tierslieux.college"].sudo().search([]):
            fee = college._default_product().product_tmpl_id
            dues = fee._dues(today) if fee else None
            colleges.append(
                {
                    "id": college.id,
                    "code": college.code,
                    "name": college.name,
                    "description": college.description,
                    "admission_required": college.admission_required,
                    "accepts_person": college.accepts_person,
                    "accepts_legal_person": college.accepts_legal_person,
                    "fee": fee.list_price if fee else 0,
                    "currency": request.env.company.sudo().currency_id,
                    "prorata": fee.prorata if fee else "none",
                    "variable": fee.membership_type == "variable" if fee else False,
                    "due": dues[2] / 100 if dues else 0,
                    "due_to": dues[1] if dues else None,
                }
            )
        return colleges

    def _college(self, code):
        college = next((c for c in self._colleges() if c["code"] == code), None)
        if not college:
            raise request.not_found()
        return college

    def _applicant(self):
        """The contact of a signed-in applicant, None for a visitor."""
        user = request.env.user
        return None if user._is_public() else user.partner_id

    @http.route("/adherer", auth="public", website=True, sitemap=True, readonly=True)
    def colleges(self, **_kwargs):
        return request.render(
            "tierslieux_network.join_colleges", {"colleges": self._colleges()}
        )

    @http.route("/adherer/merci", auth="public", website=True, sitemap=False)
    def thanks(self, **_kwargs):
        return request.render(
            "tierslieux_network.join_thanks",
            {
                "admission_required": request.session.get("tierslieux_join")
                != "admitted"
            },
        )

    @http.route(
        "/adherer/<string:code>",
        auth="public",
        website=True,
        sitemap=False,
        methods=["GET", "POST"],
    )
    def form(self, code, **post):
        college = self._college(code)
        applicant = self._applicant()
        if request.httprequest.method == "GET":
            values = {
                "is_company": not college["accepts_person"],
                "application_key": uuid4().hex,
            }
            if applicant:
                values.update(
                    name=applicant.name,
                    email=applicant.email,
                    delegate_name=applicant.name,
                    delegate_email=applicant.email,
                )
            return self._render_form(college, values, {})
        if post.get("website_address"):
            # A field that people do not see: a robot has filled it in.
            return request.redirect("/adherer/merci")
        values = {field: (post.get(field) or "").strip() for field in FIELDS}
        values["application_key"] = values["application_key"][:64]
        values["college_id"] = college["id"]
        values["is_company"] = post.get("kind") == "organisation"
        # sudo: anybody may apply, nobody else writes: the model takes it from there
        memberships = request.env["tierslieux.membership"].sudo()
        if not memberships._was_sent(values["application_key"]):
            errors = memberships._application_errors(values, applicant)
            if not errors:
                errors = self._apply(memberships, values, applicant)
            if errors:
                return self._render_form(college, values, errors)
        request.session["tierslieux_join"] = (
            "applied" if college["admission_required"] else "admitted"
        )
        return request.redirect("/adherer/merci")

    def _apply(self, memberships, values, applicant):
        """:return: what is wrong, by field"""
        try:
            with request.env.cr.savepoint():
                memberships.apply(values, applicant)
        except ValidationError as error:
            return {"name": str(error)}
        except UniqueViolation as error:
            # the same form sent twice at once: the other one is recorded
            if "application_key" not in (error.diag.constraint_name or ""):
                raise
        return {}

    def _render_form(self, college, values, errors):
        return request.render(
            "tierslieux_network.join_form",
            {
                "college": college,
                "values": values,
                "errors": errors,
                "signed_in": bool(self._applicant()),
            },
        )
