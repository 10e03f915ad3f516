# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from werkzeug.wsgi import wrap_file

from odoo import http
from odoo.http import Response, content_disposition, request

from odoo.addons.portal.controllers.portal import CustomerPortal

TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


class PortalFunding(CustomerPortal):
    """A funder's agreements, and the reports of what became of their money. Whoever may
    read a report in the office may look at it here."""

    @http.route("/my/funding", auth="user", website=True, readonly=True)
    def my_funding(self, **_kwargs):
        agreements = request.env["tierslieux.funding.agreement"]
        if not agreements.has_access("read"):
            raise request.not_found()
        return request.render(
            "tierslieux_funding.portal_my_funding",
            self._funding_page("funding", cards=agreements.search([])._portal_cards()),
        )

    @http.route(
        "/my/funding/<int:agreement_id>", auth="user", website=True, readonly=True
    )
    def my_agreement(self, agreement_id, **_kwargs):
        agreement = self._funding_record("tierslieux.funding.agreement", agreement_id)
        return request.render(
            "tierslieux_funding.portal_agreement",
            self._funding_page(
                "funding_agreement",
                agreement=agreement,
                card=agreement._portal_cards()[0],
                documents=agreement._portal_documents(),
            ),
        )

    @http.route(
        "/my/funding/<int:agreement_id>/document/<int:document_id>",
        auth="user",
        readonly=True,
    )
    def my_document(self, agreement_id, document_id, **_kwargs):
        agreement = self._funding_record("tierslieux.funding.agreement", agreement_id)
        document = agreement._portal_documents().filtered(
            lambda one: one.id == document_id
        )
        if not document:
            raise request.not_found()
        return self._funding_file(
            base64.b64decode(document.file), document.filename or document.name
        )

    @http.route(
        "/my/funding/report/<int:report_id>", auth="user", website=True, readonly=True
    )
    def my_report(self, report_id, **_kwargs):
        report = self._funding_report(report_id)
        return request.render(
            "tierslieux_funding.portal_report",
            self._funding_page(
                "funding_report",
                report=report,
                agreement=report.agreement_id,
                links=f"/my/funding/report/{report.id}/line",
                **report._portal_values(),
            ),
        )

    @http.route(
        "/my/funding/report/<int:report_id>/line/<string:code>",
        auth="user",
        website=True,
        readonly=True,
    )
    def my_report_line(self, report_id, code, page=1, **_kwargs):
        """The posted lines behind a figure of the table."""
        report = self._funding_report(report_id)
        values = report._portal_line(code, int(page) if str(page).isdecimal() else 1)
        if not values:
            raise request.not_found()
        return request.render(
            "tierslieux_funding.portal_report_line",
            self._funding_page(
                "funding_report_line",
                report=report,
                agreement=report.agreement_id,
                **values,
            ),
        )

    @http.route(
        "/my/funding/report/<int:report_id>/document/<string:number>",
        auth="user",
        readonly=True,
    )
    def my_report_document(self, report_id, number, **_kwargs):
        """A receipt by its number in the report."""
        report = self._funding_report(report_id)
        kept = report._kept_document(number)
        if not kept:
            raise request.not_found()
        return self._funding_file(kept.raw, kept.name, inline=kept.mimetype)

    @http.route(
        '/my/funding/report/<int:report_id>.<any("pdf","xlsx","zip"):extension>',
        auth="user",
        readonly=True,
    )
    def my_report_file(self, report_id, extension, **_kwargs):
        report = self._funding_report(report_id)
        name = report._file_name(extension)
        if extension == "zip":
            archive = report._evidence()
            return Response(
                wrap_file(request.httprequest.environ, archive),
                headers=self._funding_headers(name, TYPES["zip"]),
                direct_passthrough=True,
            )
        # what is signed is the file with the signature
        holder = report.signature_ids or report
        return self._funding_file(base64.b64decode(holder[extension]), name)

    def _funding_page(self, page_name, **values):
        return {
            **self._prepare_portal_layout_values(),
            "page_name": page_name,
            **values,
        }

    def _funding_record(self, model, number):
        """A record the user may read; any other number is not found.

        :raises werkzeug NotFound:
        """
        records = request.env[model]
        record = records.has_access("read") and records.search([("id", "=", number)])
        if not record:
            raise request.not_found()
        return record

    def _funding_report(self, number):
        """A report that is drawn up."""
        report = self._funding_record("tierslieux.funding.report", number)
        if not report.frozen_on:
            raise request.not_found()
        return report

    def _funding_headers(self, name, kind, inline=False):
        return [
            ("Content-Type", kind),
            (
                "Content-Disposition",
                content_disposition(name, inline and "inline" or "attachment"),
            ),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]

    def _funding_file(self, data, name, inline=None):
        """A file; a PDF or a picture is shown, anything else is saved."""
        shown = inline in ("application/pdf", "image/png", "image/jpeg")
        kind = (
            inline
            if shown
            else TYPES.get(name.rsplit(".", 1)[-1], "application/octet-stream")
        )
        return request.make_response(
            data, self._funding_headers(name, kind, inline=shown)
        )
