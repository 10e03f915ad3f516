# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo's command as a file: with several processes it starts itself again by the name
it was started with, which ``python -m odoo`` does not have. It also serves one form,
the other side of the votes' benchmark."""

import odoo.cli
from odoo import http
from odoo.http import request


class BareRow(http.Controller):
    """The least that a form of the site does when it writes: who is signed in posts
    it with the token of the session, one row is created, the answer is a redirect."""

    @http.route("/bench/row", auth="user", website=True, methods=["GET"])
    def token(self):
        return request.csrf_token()

    @http.route("/bench/row/create", auth="user", website=True, methods=["POST"])
    def create(self, name):
        request.env["res.partner.industry"].create({"name": name})
        return request.redirect("/my", 303)


if __name__ == "__main__":
    odoo.cli.main()
