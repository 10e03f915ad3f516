# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from .tools import called_to, forget_link, remember_link

# What a personal link may open beside the assembly
PAGES = re.compile("(proxy|vote-[0-9]+)?")


class PortalAssembly(CustomerPortal):
    """The assemblies I am called to, with an account or by the link of the mail."""

    @http.route("/my/assemblies", auth="user", website=True, readonly=True)
    def my_assemblies(self, **_kwargs):
        values = self._prepare_portal_layout_values()
        # sudo: found by who was called, for this very contact
        assemblies = request.env["tierslieux.assembly"].sudo()
        values.update(
            page_name="assemblies",
            assemblies=assemblies._called_assemblies(request.env.user.partner_id),
        )
        return request.render("tierslieux_governance.portal_my_assemblies", values)

    @http.route(
        [
            "/assemblies/<int:assembly_id>/<int:partner_id>/<string:token>",
            "/assemblies/<int:assembly_id>/<int:partner_id>/<string:token>/<string:page>",
        ],
        auth="public",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def personal_link(self, assembly_id, partner_id, token, page=""):
        """Open the assembly for who received the mail; the secret does not stay in the
        address."""
        # sudo: the signature stands for the rights
        assembly = (
            request.env["tierslieux.assembly"].sudo().browse(assembly_id).exists()
        )
        voter = assembly.env["res.partner"].browse(partner_id).exists()
        if (
            not assembly
            or not voter
            or not PAGES.fullmatch(page)
            or not assembly._check_access_token(voter, token)
            or not assembly._is_called(voter)
        ):
            raise request.not_found()
        remember_link(assembly, voter, token)
        if page.startswith("vote-"):
            return request.redirect(f"/my/votes/{page.removeprefix('vote-')}")
        return request.redirect(f"/my/assemblies/{assembly.id}" + (page and f"/{page}"))

    @http.route(
        "/my/assemblies/<int:assembly_id>/quit",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def quit(self, assembly_id):
        """The visitor is not who the link was for."""
        forget_link(assembly_id)
        return request.redirect("/my/assemblies")

    @http.route(
        "/my/assemblies/<int:assembly_id>",
        auth="public",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def my_assembly(self, assembly_id, notice=None, **_kwargs):
        assembly, voter = called_to(assembly_id)
        return request.render(
            "tierslieux_governance.portal_assembly",
            {**self._assembly_values(assembly, voter), "notice": notice},
        )

    def _assembly_values(self, assembly, voter):
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="assembly",
            assembly=assembly,
            voter=voter,
            by_link=request.env.user.partner_id != voter,
            electors=assembly._electors_for(voter),
            rule=assembly._rule(),
            is_present=assembly._is_present(voter),
            error=None,
        )
        return values

    @http.route(
        "/my/assemblies/<int:assembly_id>/proxy",
        auth="public",
        website=True,
        methods=["GET", "POST"],
        sitemap=False,
    )
    def give_proxy(self, assembly_id, elector=None, holder=None, search="", **_kwargs):
        """Choose who votes in my place: the page, and the choice."""
        assembly, voter = called_to(assembly_id)
        mine = assembly._electors_of(voter)
        principal = (
            mine.filtered(lambda one: str(one.id) == elector)
            or mine.filtered(lambda one: not one._live_proxy())[:1]
        )
        if not principal:
            return request.redirect(f"/my/assemblies/{assembly.id}")
        values = self._assembly_values(assembly, voter)
        if request.httprequest.method == "POST":
            try:
                with request.env.cr.savepoint():
                    self._give(principal, holder)
                return request.redirect(f"/my/assemblies/{assembly.id}?notice=given")
            except UserError as error:
                values["error"] = str(error)
        values.update(
            page_name="assembly_proxy",
            principal=principal,
            search=search,
            holders=principal._search_holders(search),
        )
        return request.render("tierslieux_governance.portal_proxy", values)

    def _give(self, principal, holder):
        """:raises UserError: why this proxy may not be given"""
        elector = principal.env["tierslieux.elector"]
        if holder != "blank":
            holder_id = int(holder) if (holder or "").isdecimal() else 0
            elector = elector.search(
                [
                    ("id", "=", holder_id),
                    ("assembly_id", "=", principal.assembly_id.id),
                ]
            )
            if not elector:
                raise UserError(request.env._("Choose who votes in your place."))
        # sudo through principal: it is the visitor's own elector
        principal.env["tierslieux.proxy"].create(
            {"principal_id": principal.id, "holder_id": elector.id}
        )

    @http.route(
        "/my/assemblies/<int:assembly_id>/proxy/revoke",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def revoke_proxy(self, assembly_id, elector=None, **_kwargs):
        assembly, voter = called_to(assembly_id)
        mine = assembly._electors_of(voter).filtered(lambda one: str(one.id) == elector)
        if not mine:
            raise request.not_found()
        mine._live_proxy()._revoke(assembly._in_french().env._("Taken back."))
        return request.redirect(f"/my/assemblies/{assembly.id}?notice=revoked")

    @http.route(
        "/my/assemblies/<int:assembly_id>/<any(join, leave):act>",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def attend(self, assembly_id, act, **_kwargs):
        """Remote members say themselves that they are there, or leave."""
        assembly, voter = called_to(assembly_id)
        try:
            if act == "leave":
                assembly._leave(voter)
            elif assembly._may_join():
                assembly._arrive(voter, "remote")
            else:
                raise UserError(request.env._("One cannot join this assembly now."))
        except UserError as error:
            values = self._assembly_values(assembly, voter)
            values["error"] = str(error)
            return request.render("tierslieux_governance.portal_assembly", values)
        return request.redirect(f"/my/assemblies/{assembly.id}")
