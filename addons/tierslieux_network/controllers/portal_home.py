# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class HomePortal(CustomerPortal):
    """The first page of the portal: what waits today, what one does every week."""

    @http.route()
    def home(self, **kw):
        response = super().home(**kw)
        response.qcontext["day"] = request.env["tierslieux.home"]._page()
        return response
