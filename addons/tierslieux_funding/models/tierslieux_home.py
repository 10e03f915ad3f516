# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.tierslieux_network.models.tierslieux_home import LATER, NOW

# How long a report counts as new for its funder.
NEW = timedelta(days=60)
# How far ahead a funder is told what the association owes them.
AHEAD = timedelta(days=90)


class Home(models.AbstractModel):
    _inherit = "tierslieux.home"

    @api.model
    def _needs(self):
        needs = super()._needs()
        if self._is("group_funder"):
            needs += self._funder_needs()
        if self._is("group_treasurer"):
            needs += self._keeper_needs()
        if self._is_in_team():
            needs += self._team_needs()
        return needs

    @api.model
    def _ways(self):
        ways = super()._ways()
        if self._is("group_funder"):
            ways += self._funder_ways()
        if self._is("group_facilitator") and self._is_in_team():
            ways.append(
                self._way(
                    "team",
                    self.env._("Volunteers of my venues"),
                    "/my/volunteering/team",
                    "fa-hand-paper-o",
                    rank=6,
                )
            )
        if self._is("group_treasurer") or self._is("group_board"):
            ways.append(
                self._way(
                    "funding",
                    self.env._("Funding plan"),
                    self._office(
                        "tierslieux_funding.tierslieux_funding_dashboard_action"
                    ),
                    "fa-pie-chart",
                    rank=7,
                )
            )
        if self._is("group_treasurer"):
            ways.append(
                self._way(
                    "expenses",
                    self.env._("Expenses to charge"),
                    self._office(
                        "tierslieux_funding.tierslieux_funding_expense_action"
                    ),
                    "fa-shopping-basket",
                    rank=6,
                )
            )
        return ways

    def _is_in_team(self):
        """Whether the user helps to keep a venue."""
        helps = self._is("group_venue_manager") or self._is("group_facilitator")
        return helps and self.env["tierslieux.volunteer.time"]._in_team()

    def _team_needs(self):
        """Time given at the venues one keeps or facilitates, by others."""
        times = self.env["tierslieux.volunteer.time"]
        waiting = times.search_count(
            times._team_domain() & Domain("state", "=", "draft")
        )
        return self._need(
            "team_times",
            waiting,
            self.env._("time given at my venues to confirm"),
            self.env._("times given at my venues to confirm"),
            "/my/volunteering/team",
        )

    def _funder_needs(self):
        """Reports drawn up lately, and what the association owes the funder soon."""
        today = fields.Date.context_today(self)
        reports = self.env["tierslieux.funding.report"].search(
            Domain("frozen_on", ">=", today - NEW)
            & ~Domain("next_ids.frozen_on", "!=", False),
            order="frozen_on desc",
        )
        owed = self.env["tierslieux.funding.requirement"].search(
            [
                ("done_on", "=", False),
                ("due_on", "<=", today + AHEAD),
                ("agreement_id.state", "=", "signed"),
            ]
        )
        first = owed[:1]
        return [
            *self._need(
                "reports",
                len(reports),
                self.env._("new financial report to read"),
                self.env._("new financial reports to read"),
                f"/my/funding/report/{reports.id}"
                if len(reports) == 1
                else "/my/funding",
                rank=NOW,
                detail=reports[:1].agreement_id.name,
            ),
            *self._need(
                "owed",
                len(owed),
                self.env._("document the association owes you"),
                self.env._("documents the association owes you"),
                f"/my/funding/{first.agreement_id.id}",
                rank=LATER,
                detail=first
                and self.env._(
                    "%(name)s, by %(day)s",
                    name=first.name,
                    day=format_date(self.env, first.due_on),
                ),
            ),
        ]

    def _funder_ways(self):
        """The funder's agreements and the last report of all."""
        agreements = self.env["tierslieux.funding.agreement"].search([])
        last = self.env["tierslieux.funding.report"].search(
            [("frozen_on", "!=", False)], order="frozen_on desc, id desc", limit=1
        )
        ways = [
            self._way(
                "agreements",
                self.env._("My agreements"),
                "/my/funding",
                "fa-handshake-o",
                rank=1,
                detail=agreements.name
                if len(agreements) == 1
                else self.env._("%s agreements followed here", len(agreements)),
            )
        ]
        if last:
            ways.append(
                self._way(
                    "report",
                    self.env._("The last report, figure by figure"),
                    f"/my/funding/report/{last.id}",
                    "fa-file-text-o",
                    rank=2,
                    detail=last.agreement_id.name,
                )
            )
        return ways

    def _keeper_needs(self):
        """What funders wait for, what may be called, what is to confirm."""
        return [
            *self._list_need(
                "requirements",
                "tierslieux_funding.funding_agreement_action_owing",
                self.env._("agreement with a report or document due within a month"),
                self.env._("agreements with a report or document due within a month"),
            ),
            *self._list_need(
                "tranches",
                "tierslieux_funding.funding_agreement_action_to_call",
                self.env._("agreement with a payment to call"),
                self.env._("agreements with a payment to call"),
            ),
            *self._list_need(
                "volunteer_times",
                "tierslieux_funding.volunteer_time_action_to_confirm",
                self.env._("volunteer time to confirm"),
                self.env._("volunteer times to confirm"),
                rank=LATER,
            ),
        ]
