# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from werkzeug.http import http_date

from odoo import http
from odoo.http import request

from ..domain import census_columns

MAX_AGE = 3600  # seconds
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "geojson": "application/geo+json; charset=utf-8",
}


class OpenData(http.Controller):
    @http.route(
        "/open-data",
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=True,
    )
    def open_data(self):
        # sudo: the public has no right on venues, _open_data_… read public fields only.
        venues = request.env["tierslieux.venue"].sudo()
        figures = venues._query_open_data_version()
        return request.render(
            "tierslieux_network.open_data_page",
            {
                "figures": figures,
                "sizes": {
                    # in thousands of bytes, rounded up
                    extension: 1
                    + venues._open_data_size(extension, figures["digest"]) // 1000
                    for extension in CONTENT_TYPES
                },
                "columns": census_columns.COLUMNS,
                "own_columns": venues._open_data_own_columns(),
            },
        )

    @http.route(
        "/open-data/lieux.<any(csv,json,geojson):extension>",
        type="http",
        auth="public",
        methods=["GET"],
        cors="*",
        readonly=True,
        save_session=False,
        sitemap=False,
    )
    def open_data_file(self, extension):
        # sudo: the public has no right on venues, _open_data_… read public fields only.
        venues = request.env["tierslieux.venue"].sudo()
        version = venues._query_open_data_version()
        response = request.make_response(
            b"",
            [
                ("Content-Type", CONTENT_TYPES[extension]),
                ("Cache-Control", f"public, max-age={MAX_AGE}"),
                ("Last-Modified", http_date(version["date"])),
                (
                    "Content-Disposition",
                    f"{'attachment' if extension == 'csv' else 'inline'}; "
                    f'filename="lieux.{extension}"',
                ),
            ],
        )
        response.set_etag(f"{extension}-{version['digest']}")
        response.make_conditional(request.httprequest.environ)
        if response.status_code != 304:
            base_url = request.httprequest.url_root.rstrip("/")
            response.set_data(getattr(venues, f"_open_data_{extension}")(base_url))
        return response
