# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.tierslieux_network.models.tierslieux_home import FEW, NOW, SOON

CLOSES = "tierslieux_pass.tierslieux_pass_close_action"


class Home(models.AbstractModel):
    _inherit = "tierslieux.home"

    @api.model
    def _needs(self):
        needs = [*super()._needs(), *self._request_needs()]
        if self._is("group_treasurer"):
            needs += self._close_needs()
        return needs

    @api.model
    def _ways(self):
        ways = super()._ways()
        passes = self.env["tierslieux.pass"]
        if self._is("group_member"):
            mine = passes.search_count(
                [
                    ("partner_id", "=", self.env.user.partner_id.id),
                    ("state", "in", ("planned", "active", "paused")),
                ]
            )
            if mine:
                ways.append(
                    self._way(
                        "pass",
                        self.env._("Show my pass"),
                        "/my/pass",
                        "fa-qrcode",
                        rank=9,
                    )
                )
        if self._is("group_treasurer"):
            ways.append(
                self._way(
                    "closes",
                    self.env._("Closes of the pass"),
                    self._office(CLOSES),
                    "fa-check-square-o",
                    rank=5,
                )
            )
        return [*ways, *self._desk_ways()]

    def _desk_ways(self):
        """The desk of each venue one keeps, and what the network owes it."""
        venues = self._my_venues()
        if not venues or len(venues) > FEW:
            return []
        here = dict(
            self.env["tierslieux.presence"]._read_group(
                [("venue_id", "in", venues.ids)], ["venue_id"], ["__count"]
            )
        )
        statements = self.env["tierslieux.venue.statement"].search(
            [("venue_id", "in", venues.ids)], order="month desc"
        )
        last = {}
        for statement in statements:
            last.setdefault(statement.venue_id, statement)
        ways = []
        for venue in venues:
            statement = last.get(venue)
            ways += [
                self._way(
                    f"desk_{venue.id}",
                    self.env._("Desk: who comes in"),
                    f"/my/venues/{venue.id}/scanner",
                    "fa-sign-in",
                    rank=5,
                    detail=self.env._(
                        "%(venue)s · %(count)s here now",
                        venue=venue.name,
                        count=here.get(venue, 0),
                    ),
                ),
                self._way(
                    f"statements_{venue.id}",
                    self.env._("Statements of the pass"),
                    f"/my/venues/{venue.id}/statements",
                    "fa-file-text-o",
                    rank=6,
                    detail=self.env._(
                        "%(month)s: %(amount)s",
                        month=format_date(
                            self.env, statement.month, date_format="MMMM y"
                        ),
                        amount=self._money(statement.due_amount),
                    )
                    if statement
                    else venue.name,
                ),
            ]
        return ways

    def _request_needs(self):
        """Corrections of visits that wait for an answer of a venue one keeps."""
        venues = self._my_venues()
        if not venues:
            return []
        asked = self.env["tierslieux.visit.request"]._read_group(
            [("venue_id", "in", venues.ids), ("state", "=", "asked")],
            ["venue_id"],
            ["__count", "answer_by:min"],
        )
        needs = []
        for venue, count, answer_by in asked:
            needs += self._need(
                f"corrections_{venue.id}",
                count,
                self.env._("correction of a visit to answer"),
                self.env._("corrections of visits to answer"),
                f"/my/venues/{venue.id}/visits",
                rank=NOW,
                detail=answer_by
                and self.env._(
                    "%(venue)s · before %(day)s",
                    venue=venue.name,
                    day=format_date(self.env, answer_by),
                ),
            )
        return needs

    def _close_needs(self):
        """The month of the pass that is over and not closed."""
        closes = self.env["tierslieux.pass.close"]
        begun = closes.search([("state", "!=", "closed")], order="month", limit=1)
        month = begun.month
        if not begun and self.env["tierslieux.pass"].search_count([], limit=1):
            month = closes._next_to_close()
        first = fields.Date.context_today(self).replace(day=1)
        address = self._office(CLOSES)
        return self._need(
            "close",
            int(bool(month and month < first)),
            self.env._("month of the pass to close"),
            self.env._("month of the pass to close"),
            f"{address}/{begun.id}" if begun else address,
            value=month and format_date(self.env, month, date_format="MMMM"),
            rank=SOON,
        )
