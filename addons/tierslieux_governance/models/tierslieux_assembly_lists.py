# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain

from odoo.addons.tierslieux_network.domain.search_terms import normalise

from .verdict_sentences import quorum_sentence

# Lines of the attendance sheet shown at once
LINES = 40


class Assembly(models.Model):
    """What the attendance sheet and the portal list, in few queries."""

    _inherit = "tierslieux.assembly"

    def _attendance_lines(self, search=""):
        """Who may sign the sheet, found by name; the first ones, by name.

        :return: ``[{"voter": id, "name", "members": [names], "mode": None, "site" or
            "remote", "held": number of proxies, "given_to": name or None}, …]``
        """
        self.ensure_one()
        electors = self.env["tierslieux.elector"]
        domain = Domain(
            [
                ("assembly_id", "=", self.id),
                ("is_entitled", "=", True),
                ("voter_id", "!=", False),
            ]
        )
        groups = electors._read_group(
            domain & self._named(search),
            ["voter_id"],
            order="voter_name:min",
            aggregates=["voter_name:min"],
            limit=LINES,
        )
        voter_ids = [voter.id for voter, _name in groups]
        found = electors.search_fetch(
            domain & Domain("voter_id", "in", voter_ids),
            ["voter_id", "member_name", "voter_name", "college_id"],
        )
        live = Domain("revoked_at", "=", False)
        proxies = self.env["tierslieux.proxy"]
        held = dict(
            proxies._read_group(
                live & Domain("holder_id", "in", found.ids), ["holder_id"], ["__count"]
            )
        )
        given = {
            proxy.principal_id: proxy.holder_id.voter_name or ""
            for proxy in proxies.search_fetch(
                live & Domain("principal_id", "in", found.ids),
                ["principal_id", "holder_id"],
            )
        }
        modes = {
            line.elector_id: line.mode
            for line in self.env["tierslieux.attendance"].search_fetch(
                [("elector_id", "in", found.ids), ("left_at", "=", False)],
                ["elector_id", "mode"],
            )
        }
        lines = {
            voter_id: {
                "voter": voter_id,
                "name": name,
                "members": [],
                "mode": None,
                "held": 0,
                "given_to": None,
            }
            for voter_id, (_voter, name) in zip(voter_ids, groups, strict=True)
        }
        for elector in found:
            line = lines[elector.voter_id.id]
            line["members"].append(elector.member_name)
            line["mode"] = modes.get(elector) or line["mode"]
            line["held"] += held.get(elector, 0)
            if elector in given:
                line["given_to"] = given[elector]
        return list(lines.values())

    def _named(self, search):
        """A domain of electors by the words of a search."""
        return Domain.AND(
            [
                Domain("search_text", "like", word)
                for word in normalise(search or "").split()
            ]
        )

    def _quorums(self):
        """The quorum of this moment by each rule that the agenda calls for.

        :return: ``[(kind in words, domain verdict, sentence), …]``
        """
        self.ensure_one()
        motions = self.motion_ids.filtered(lambda motion: motion.kind != "information")
        kinds = dict.fromkeys([self.kind, *motions.mapped("decision_kind")])
        labels = dict(motions._fields["decision_kind"]._description_selection(self.env))
        quorums = []
        for kind in kinds:
            rule = self._rule(kind)
            verdict = self._quorum(rule)
            sentence = quorum_sentence(self.env, verdict, rule)
            quorums.append((labels[kind], verdict, sentence))
        return quorums

    # What a member sees

    def _is_called(self, partner):
        """Whether a contact was called, votes, or is a member on the list."""
        self.ensure_one()
        domain = Domain("id", "=", self.id) & self._called_domain(partner)
        return bool(self.search_count(domain, limit=1))

    def _called_assemblies(self, partner):
        return self.search(self._called_domain(partner))

    def _called_domain(self, partner):
        return Domain("state", "!=", "draft") & (
            Domain("convocation_ids.partner_id", "=", partner.id)
            | Domain("elector_ids.voter_id", "=", partner.id)
            | Domain("elector_ids.partner_id", "=", partner.id)
        )

    def _electors_for(self, partner):
        """The lines of the electorate about a contact: those it votes for and its own,
        entitled or not."""
        self.ensure_one()
        return self.env["tierslieux.elector"].search(
            [
                ("assembly_id", "=", self.id),
                "|",
                ("voter_id", "=", partner.id),
                ("partner_id", "=", partner.id),
            ]
        )

    def _is_present(self, partner):
        self.ensure_one()
        return any(elector._is_present() for elector in self._electors_of(partner))
