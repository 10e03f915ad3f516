# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..domain import giving, proxies

# Names shown for one search
HOLDERS = 12


class Elector(models.Model):
    _inherit = "tierslieux.elector"

    def _check_may_give(self, holder):
        """Refuse a proxy that the statutes do not allow, in words.

        :param holder: elector, none for a proxy without a name
        :raises UserError: why
        """
        self.ensure_one()
        assembly = self.assembly_id
        if not assembly.frozen_at or assembly.state not in ("convened", "open"):
            raise UserError(
                self.env._(
                    "Proxies are given between the convocation and the end of the "
                    "assembly."
                )
            )
        self.env.flush_all()
        self.env.cr.execute(self.env["tierslieux.proxy"]._query_serialise(assembly))
        assembly.invalidate_recordset(["proxy_revision"])
        # sudo: proxies of others count, though one does not read them
        live = (
            self.env["tierslieux.proxy"]
            .sudo()
            .search_fetch(
                [
                    ("assembly_id", "=", assembly.id),
                    ("revoked_at", "=", False),
                    "|",
                    ("principal_id", "in", (self | holder).ids),
                    ("holder_id", "in", (self | holder).ids),
                ],
                ["principal_id", "holder_id"],
                order="given_at, id",
            )
        )
        concerned = self | holder | live.principal_id | live.holder_id
        # One acts for oneself through every line one votes for
        target = self if holder and holder.voter_id == self.voter_id else holder
        rule = assembly._rule()
        reason = giving.refusal(
            rule._domain_proxies(),
            proxies.Proxy(self.id, target.id or None),
            [
                proxies.Proxy(one.principal_id.id, one.holder_id.id or None)
                for one in live
            ],
            {
                elector.id: elector.college_id.id
                for elector in concerned
                if elector.is_entitled and elector.assembly_id == assembly
            },
        )
        if not reason and self._is_present():
            reason = proxies.PRINCIPAL_PRESENT
        if reason:
            sentence = self._refusals(holder, rule)[reason]
            if rule.proxy_article:
                sentence = self.env._(
                    "%(sentence)s (article %(article)s)",
                    sentence=sentence,
                    article=rule.proxy_article,
                )
            raise UserError(sentence)

    def _live_proxy(self):
        """The proxy that this elector has given and not taken back."""
        return self.given_ids.filtered(lambda proxy: not proxy.revoked_at)

    def _held_proxies(self):
        """The proxies that this elector holds."""
        return self.held_ids.filtered(lambda proxy: not proxy.revoked_at)

    def _is_present(self):
        self.ensure_one()
        # sudo: one's own presence, or for the board
        return bool(
            self.env["tierslieux.attendance"]
            .sudo()
            .search_count(
                [("elector_id", "=", self.id), ("left_at", "=", False)], limit=1
            )
        )

    def _refusals(self, holder, rule):
        """``{reason of the rule: sentence}``"""
        _ = self.env._
        names = {"principal": self.member_name, "holder": holder.display_name or ""}
        return {
            giving.NO_PROXIES: _("The statutes allow no proxies."),
            giving.GIVEN_ALREADY: _(
                "%(principal)s has given a proxy already: take it back first.", **names
            ),
            giving.HOLDER_HAS_GIVEN: _(
                "%(holder)s has given their own proxy and will not be there.", **names
            ),
            giving.PRINCIPAL_HOLDS: _(
                "%(principal)s holds the proxy of somebody else, and a proxy is not "
                "passed on.",
                **names,
            ),
            proxies.OWN: _("Nobody gives a proxy to themself."),
            proxies.NOT_ENTITLED: _("%(principal)s has no vote here.", **names),
            proxies.HOLDER_NOT_ENTITLED: _("%(holder)s has no vote here.", **names),
            proxies.HOLDER_ABSENT: _("%(holder)s has no vote here.", **names),
            proxies.OTHER_COLLEGE: _("%(holder)s is of another college.", **names),
            proxies.OVER_CAP: _(
                "%(holder)s holds %(cap)s proxies already, as many as is allowed.",
                cap=rule.proxy_cap,
                **names,
            ),
            proxies.BLANK_VOID: _("A proxy has to name its holder."),
            proxies.PRINCIPAL_PRESENT: _(
                "%(principal)s is present, and votes in person.", **names
            ),
        }

    def _search_holders(self, search):
        """Who could hold this elector's proxy, found by name: persons who vote, of the
        same college where the rule asks it, one line a person.

        :return: ``[(elector, is_free), …]``; not free: has given their own or holds as
            many as is allowed
        """
        self.ensure_one()
        rule = self.assembly_id._rule()
        domain = Domain(
            [
                ("assembly_id", "=", self.assembly_id.id),
                ("is_entitled", "=", True),
                ("voter_id", "not in", [False, self.voter_id.id]),
            ]
        )
        if rule.proxy_same_college:
            domain &= Domain("college_id", "=", self.college_id.id)
        found = self.search_fetch(
            domain & self.assembly_id._named(search),
            ["voter_id", "member_name", "voter_name", "college_id"],
            limit=HOLDERS,
        )
        voters = found.voter_id.ids
        live = Domain(
            [("assembly_id", "=", self.assembly_id.id), ("revoked_at", "=", False)]
        )
        proxies = self.env["tierslieux.proxy"]
        held = {}
        for holder, count in proxies._read_group(
            live & Domain("holder_id.voter_id", "in", voters),
            ["holder_id"],
            ["__count"],
        ):
            held[holder.voter_id] = held.get(holder.voter_id, 0) + count
        gone = proxies.search_fetch(
            live & Domain("principal_id.voter_id", "in", voters), ["principal_id"]
        ).principal_id.voter_id
        by_voter = {elector.voter_id: elector for elector in reversed(found)}
        return [
            (
                elector,
                elector.voter_id not in gone
                and held.get(elector.voter_id, 0) < rule.proxy_cap,
            )
            for elector in found
            if by_voter[elector.voter_id] == elector
        ]
