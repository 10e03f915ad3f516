# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from .tools import called_to

LINES = 20


class PortalResolution(CustomerPortal):
    """The register of resolutions for members: their own rights read it."""

    @http.route(
        ["/my/resolutions", "/my/resolutions/page/<int:page>"],
        auth="user",
        website=True,
        readonly=True,
    )
    def my_resolutions(self, page=1, search="", year="", outcome="", **_kwargs):
        resolutions = request.env["tierslieux.resolution"]
        outcomes = dict(
            resolutions._fields["outcome"]._description_selection(request.env)
        )
        outcome = outcome if outcome in outcomes else ""
        year = year if year.isdecimal() and len(year) == 4 and int(year) else ""
        domain = resolutions._portal_domain(search, year and int(year), outcome)
        total = resolutions.search_count(domain)
        pages = pager(
            url="/my/resolutions",
            total=total,
            page=page,
            step=LINES,
            url_args={"search": search, "year": year, "outcome": outcome},
        )
        years = resolutions._read_group([], ["decided_at:year"])
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="resolutions",
            resolutions=resolutions.search_fetch(
                domain,
                ["number", "name", "outcome", "decided_at", "assembly_id"],
                limit=LINES,
                offset=pages["offset"],
            ),
            total=total,
            pager=pages,
            search=search,
            year=year,
            outcome=outcome,
            outcomes=outcomes,
            years=[str(one.year) for (one,) in reversed(years)],
        )
        return request.render("tierslieux_governance.portal_my_resolutions", values)

    @http.route(
        "/my/resolutions/<int:resolution_id>", auth="user", website=True, readonly=True
    )
    def my_resolution(self, resolution_id, **_kwargs):
        """:raises NotFound: for one that is not there or not theirs, alike"""
        resolution = request.env["tierslieux.resolution"].search(
            [("id", "=", resolution_id)]
        )
        if not resolution:
            raise request.not_found()
        # sudo: minutes are for those who were called, which is checked here
        assembly = resolution.assembly_id.sudo()
        called = assembly._is_called(request.env.user.partner_id)
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="resolution",
            resolution=resolution,
            minutes=called and assembly.minutes_id,
        )
        return request.render("tierslieux_governance.portal_resolution", values)

    @http.route(
        "/my/assemblies/<int:assembly_id>/minutes",
        auth="public",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def minutes(self, assembly_id):
        """The PDF in force, for who was called to the assembly."""
        assembly, _voter = called_to(assembly_id)
        attachment = assembly.minutes_id.attachment_id
        if not attachment:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(attachment)
        return stream.get_response(as_attachment=True)
