# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.tierslieux_network.models.tierslieux_home import LATER, NOW, SOON

ASSEMBLIES = "tierslieux_governance.tierslieux_assembly_action"
FOLLOW_UPS = "tierslieux_governance.follow_up_action"


class Home(models.AbstractModel):
    _inherit = "tierslieux.home"

    @api.model
    def _needs(self):
        needs = [*super()._needs(), *self._vote_needs()]
        if self._is("group_board"):
            needs += self._assembly_needs()
            needs += self._follow_up_needs()
        return needs

    @api.model
    def _ways(self):
        ways = super()._ways()
        if self._is("group_member"):
            ways.append(
                self._way(
                    "assemblies",
                    self.env._("Assemblies and votes"),
                    "/my/assemblies",
                    "fa-gavel",
                    rank=35,
                )
            )
        if self._is("group_board"):
            ways.append(
                self._way(
                    "governance",
                    self.env._("Prepare an assembly"),
                    self._office(ASSEMBLIES),
                    "fa-calendar-check-o",
                    rank=2,
                )
            )
        return ways

    def _vote_needs(self):
        """Votes open now, and assemblies one is called to."""
        if not self._is("group_member"):
            return []
        voter = self.env.user.partner_id
        votes = self.env["tierslieux.motion"]._to_vote(voter)
        # sudo: found by who was called, for this very contact
        called = self.env["tierslieux.assembly"].sudo()
        coming = called.search(
            called._called_domain(voter) & Domain("state", "=", "convened"),
            order="date_start",
        )
        first = coming[:1]
        return [
            *self._need(
                "votes",
                len(votes),
                self.env._("vote awaited from you"),
                self.env._("votes awaited from you"),
                f"/my/votes/{votes.id}" if len(votes) == 1 else "/my#tl_to_vote",
                rank=NOW,
            ),
            *self._need(
                "convened",
                len(coming),
                first.name,
                first.name,
                first.access_url,
                value=first
                and format_date(
                    self.env, first._local_day(first.date_start), date_format="d MMM"
                ),
                detail=self.env._("Read the agenda, give a proxy"),
            ),
        ]

    def _assembly_needs(self):
        """What the board has to do for an assembly at each of its stages."""
        assemblies = self.env["tierslieux.assembly"].search_fetch(
            [("state", "in", ("draft", "open", "closed"))], ["state"]
        )
        by_state = assemblies.grouped("state")
        words = {
            "open": (
                self.env._("assembly in session"),
                self.env._("assemblies in session"),
                NOW,
            ),
            "closed": (
                self.env._("assembly whose minutes are to sign"),
                self.env._("assemblies whose minutes are to sign"),
                SOON,
            ),
            "draft": (
                self.env._("assembly to convene"),
                self.env._("assemblies to convene"),
                LATER,
            ),
        }
        needs = []
        for state, (one, many, rank) in words.items():
            found = by_state.get(state, assemblies.browse())
            address = self._office(ASSEMBLIES)
            needs += self._need(
                f"assembly_{state}",
                len(found),
                one,
                many,
                f"{address}/{found.id}" if len(found) == 1 else address,
                rank=rank,
            )
        return needs

    def _follow_up_needs(self):
        late = self.env["mail.activity"].search_count(
            [
                ("res_model", "=", "tierslieux.resolution"),
                ("date_deadline", "<", fields.Date.context_today(self)),
            ]
        )
        return self._need(
            "follow_ups",
            late,
            self.env._("decision followed up late"),
            self.env._("decisions followed up late"),
            self._office(FOLLOW_UPS),
        )
