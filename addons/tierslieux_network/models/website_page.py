# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class WebsitePage(models.Model):
    _inherit = "website.page"

    @api.model
    def _get_cache_key(self, request):
        """The home page shows figures: a change of the venues makes a new one."""
        key = super()._get_cache_key(request)
        if request.httprequest.path == "/":
            key += (self.env["tierslieux.directory"]._query_version(),)
        return key
