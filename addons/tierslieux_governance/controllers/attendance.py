# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request


class Attendance(http.Controller):
    """The attendance sheet of the board, on a tablet or a phone."""

    def _assembly(self, assembly_id):
        """:raises AccessError: for whoever does not hold assemblies"""
        assembly = request.env["tierslieux.assembly"].browse(assembly_id)
        assembly.check_access("write")
        if not assembly.exists():
            raise request.not_found()
        return assembly

    def _values(self, assembly, search="", error=None):
        return {
            "assembly": assembly,
            "search": search,
            "lines": assembly._attendance_lines(search),
            "quorums": assembly._quorums(),
            "error": error,
        }

    @http.route(
        "/assemblies/<int:assembly_id>/attendance",
        auth="user",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def sheet(self, assembly_id, search="", **_kwargs):
        return request.render(
            "tierslieux_governance.attendance_sheet",
            self._values(self._assembly(assembly_id), search),
        )

    @http.route(
        "/assemblies/<int:assembly_id>/attendance/mark",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def mark(self, assembly_id, voter="", mode="", search="", **_kwargs):
        """One tap: present on site or remote, or left."""
        assembly = self._assembly(assembly_id)
        partner = request.env["res.partner"].browse(
            int(voter) if voter.isdecimal() else 0
        )
        error = None
        try:
            if mode in ("site", "remote"):
                assembly._arrive(partner, mode)
            else:
                assembly._leave(partner)
        except UserError as refusal:
            error = str(refusal)
        return request.render(
            "tierslieux_governance.attendance_sheet",
            self._values(assembly, search, error),
        )
