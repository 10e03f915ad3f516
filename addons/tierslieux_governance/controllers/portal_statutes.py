# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class PortalStatutes(CustomerPortal):
    @http.route("/my/statutes", auth="user", website=True, readonly=True)
    def my_statutes(self, **_kwargs):
        """The statutes in force, for members: their own rights read them."""
        version = request.env["tierslieux.statutes.version"].in_force()
        values = self._prepare_portal_layout_values()
        values.update(page_name="statutes", version=version)
        return request.render("tierslieux_governance.portal_my_statutes", values)
