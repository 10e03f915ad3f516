# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.http import request

from .tools import counted


class CertificatePage(http.Controller):
    """What a certificate of shares is worth: for whoever has its code."""

    @http.route(
        ["/foncieres/certificat", "/foncieres/certificat/<string:code>"],
        auth="public",
        website=True,
        sitemap=False,
        readonly=True,
    )
    def certificate_check(self, code="", **_kwargs):
        found = {"answer": ""}
        if code:
            found = request.env["tierslieux.share.certificate"]._verify(code)
        response = request.render(
            "tierslieux_fonciere.certificate_check",
            {"found": found, "counted": counted},
        )
        # what it is worth now: nobody may keep the answer
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response
