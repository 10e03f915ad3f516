# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager

from .votes import PortalVotes, called_to

LINES = 50


class NamedVotes(PortalVotes):
    """Who voted what in an open vote, for whoever was called."""

    def _named_motion(self, motion_id):
        motion, _voter = self._motion(motion_id, called_to)
        if not motion._shows_named_votes():
            raise request.not_found()
        return motion

    @http.route(
        [
            "/my/votes/<int:motion_id>/names",
            "/my/votes/<int:motion_id>/names/page/<int:page>",
        ],
        auth="public",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def named_votes(self, motion_id, page=1, search="", **_kwargs):
        motion = self._named_motion(motion_id)
        total = motion.env["tierslieux.open.ballot"].search_count(
            motion._named_domain(search)
        )
        pages = pager(
            url=f"/my/votes/{motion.id}/names",
            total=total,
            page=page,
            step=LINES,
            url_args={"search": search},
        )
        return request.render(
            "tierslieux_governance.portal_named_votes",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "vote",
                "assembly": motion.assembly_id,
                "motion": motion,
                "votes": motion._named_votes(search, LINES, pages["offset"]),
                "search": search,
                "total": total,
                "pager": pages,
            },
        )

    @http.route(
        "/my/votes/<int:motion_id>/names.csv",
        auth="public",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def named_votes_file(self, motion_id):
        motion = self._named_motion(motion_id)
        return request.make_response(
            motion._named_votes_csv(),
            [
                ("Content-Type", "text/csv; charset=utf-8"),
                (
                    "Content-Disposition",
                    f'attachment; filename="vote-{motion.id}.csv"',
                ),
            ],
        )
