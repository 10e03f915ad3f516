# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import http
from odoo.http import request
from odoo.tools import format_date

from odoo.addons.tierslieux_network.controllers.tools import report_page

from .tools import register_rows

LINES = 30


class PublicBrand(http.Controller):
    """The marks, their rules, the register and what a code is worth: for everybody."""

    @http.route("/marque", auth="public", website=True, sitemap=True, readonly=True)
    def brands(self, **_kwargs):
        # sudo: visitors read no model of ours; these are the facts published of a mark
        brands = request.env["tierslieux.brand"].sudo().search([])
        rules = [(brand, brand._rules_in_force()) for brand in brands]
        return request.render(
            "tierslieux_brand.brand_home",
            {
                "brands": [
                    {
                        "name": brand.name,
                        "summary": brand.summary,
                        "holder": brand.holder_id.name,
                        "registrations": brand.registration_ids.mapped("number"),
                        "rules": version.id,
                    }
                    for brand, version in rules
                ],
                "criteria": next(
                    (version.grid_id.criterion_ids for _b, version in rules if version),
                    None,
                ),
            },
        )

    def _rules(self, rules_id):
        """Adopted rules: drafts are not published.

        :raises NotFound:
        """
        # sudo: adopted rules are public
        rules = (
            request.env["tierslieux.brand.rules"]
            .sudo()
            .search([("id", "=", rules_id), ("adopted_on", "!=", False)])
        )
        if not rules:
            raise request.not_found()
        return rules

    def _rules_page(self, rules, with_differences=False):
        versions = rules.brand_id.rules_ids.filtered("adopted_on")
        current = rules.brand_id._rules_in_force() if rules else rules
        # adopted for a later day, they may be the first ones
        newer = current if current and current.date_from > rules.date_from else None
        return request.render(
            "tierslieux_brand.rules_page",
            {
                "rules": rules,
                "versions": versions,
                "newer": newer,
                "with_differences": with_differences,
            },
        )

    @http.route(
        "/marque/reglement", auth="public", website=True, sitemap=True, readonly=True
    )
    def rules_in_force(self, **_kwargs):
        # sudo: adopted rules are public
        brands = request.env["tierslieux.brand"].sudo().search([])
        rules = request.env["tierslieux.brand.rules"].sudo()
        for brand in brands:
            rules = rules or brand._rules_in_force()
        return self._rules_page(rules)

    @http.route(
        "/marque/reglement/<int:rules_id>",
        auth="public",
        website=True,
        sitemap=False,
        readonly=True,
    )
    def rules(self, rules_id, **_kwargs):
        return self._rules_page(self._rules(rules_id))

    @http.route(
        "/marque/reglement/<int:rules_id>/differences",
        auth="public",
        website=True,
        sitemap=False,
        readonly=True,
    )
    def differences(self, rules_id, **_kwargs):
        return self._rules_page(self._rules(rules_id), with_differences=True)

    @http.route(
        "/marque/reglement/<int:rules_id>.pdf",
        auth="public",
        website=True,
        sitemap=False,
    )
    def rules_pdf(self, rules_id, **_kwargs):
        rules = self._rules(rules_id)
        return report_page(
            "tierslieux_brand.report_rules", rules, f"reglement-v{rules.number}"
        )

    @http.route(
        ["/marque/registre", "/marque/registre/page/<int:page>"],
        auth="public",
        website=True,
        sitemap=True,
        readonly=True,
    )
    def register(self, page=1, search="", state="", **_kwargs):
        licences = request.env["tierslieux.brand.licence"]
        search, page = search.strip()[:100], max(page, 1)
        rows, total = licences._public_register(
            search, state, limit=LINES, offset=(page - 1) * LINES
        )
        states = dict(licences._fields["state"]._description_selection(request.env))
        until = request.env._("until %s", "%s")
        return request.render(
            "tierslieux_brand.register_page",
            {
                "rows": register_rows(
                    rows, states, lambda day: until % format_date(request.env, day)
                ),
                "total": total,
                "search": search,
                "state": state,
                "pager": request.website.pager(
                    "/marque/registre",
                    total,
                    page,
                    LINES,
                    5,
                    {k: v for k, v in (("search", search), ("state", state)) if v},
                ),
            },
        )

    @http.route(
        ["/marque/verifier", "/marque/verifier/<string:code>"],
        auth="public",
        website=True,
        sitemap=False,
        readonly=True,
    )
    def verify(self, code="", **_kwargs):
        found = {"answer": ""}
        if code:
            found = request.env["tierslieux.brand.licence"]._verify(code)
        response = request.render(
            "tierslieux_brand.verify_page",
            {"found": found, "slug": request.env["ir.http"]._slug},
        )
        # what it is worth now: nobody may keep the answer
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response
