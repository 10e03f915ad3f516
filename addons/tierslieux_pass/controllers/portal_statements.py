# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from contextlib import suppress

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.tierslieux_network.controllers.portal_profile import _my_venues

KINDS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class PortalStatements(CustomerPortal):
    """What the network owes a venue, month by month, for its managers."""

    def _statements(self, venue_id):
        venue = _my_venues().filtered(lambda mine: mine.id == venue_id)
        if not venue:
            raise request.not_found()
        return venue, request.env["tierslieux.venue.statement"].search(
            [("venue_id", "=", venue.id)]
        )

    @http.route(
        "/my/venues/<int:venue_id>/statements",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def statements(self, venue_id, **kwargs):
        venue, statements = self._statements(venue_id)
        values = self._prepare_portal_layout_values()
        values.update(venue=venue, statements=statements, page_name="statements")
        return request.render("tierslieux_pass.portal_statements", values)

    @http.route(
        "/my/venues/<int:venue_id>/statements/<int:statement_id>/<int:settlement_id>/"
        "<any('VISITS.csv','RULES.json'):name>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def replay_file(self, venue_id, statement_id, settlement_id, name, **kwargs):
        _venue, statements = self._statements(venue_id)
        statement = statements.filtered(lambda one: one.id == statement_id)
        settled = statement._settlements().filtered(lambda s: s.id == settlement_id)
        if not settled:
            raise request.not_found()
        content, kind = (
            (settled._visits_csv(), "text/csv")
            if name == "VISITS.csv"
            else (json.dumps(settled.rules, indent=1), "application/json")
        )
        return request.make_response(
            content,
            [
                ("Content-Type", f"{kind}; charset=utf-8"),
                ("Content-Disposition", content_disposition(name)),
            ],
        )

    @http.route(
        "/my/venues/<int:venue_id>/statements/<int:statement_id>/"
        "<any('statement.pdf','statement.xlsx','invoice.pdf'):name>",
        type="http",
        auth="user",
        website=True,
    )
    def document(self, venue_id, statement_id, name, **kwargs):
        _venue, statements = self._statements(venue_id)
        statement = statements.filtered(lambda one: one.id == statement_id)
        content = statement and statement._document(name)
        if not content:
            raise request.not_found()
        file_name = f"{statement.month:%Y-%m}-{name}"
        return request.make_response(
            content,
            [
                ("Content-Type", KINDS[name.rpartition(".")[2]]),
                ("Content-Disposition", content_disposition(file_name)),
                ("Cache-Control", "no-store"),
            ],
        )

    @http.route()
    def portal_my_invoice_detail(self, invoice_id, **kw):
        # by name alone: other modules put arguments of their own before the token
        if kw.get("report_type"):
            # what is refused, the core answers
            with suppress(AccessError, MissingError):
                self._document_check_access(
                    "account.move", invoice_id, kw.get("access_token")
                )._ensure_document()
        return super().portal_my_invoice_detail(invoice_id, **kw)
