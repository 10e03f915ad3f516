# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from fractions import Fraction

from odoo import api, fields, models
from odoo.tools import SQL, format_amount

from odoo.addons.tierslieux_network.domain.money import cents

from ..domain import claim, eligibility


def fraction(percent):
    """A percentage as stored, with three decimals, of the whole."""
    return Fraction(round(percent * 1000), 100_000)


class FundingAgreement(models.Model):
    """What is shown and charged to a funder, and what it owes for it."""

    _inherit = "tierslieux.funding.agreement"

    allocation_ids = fields.One2many(
        "tierslieux.funding.allocation", "agreement_id", string="Expenses charged"
    )
    eligible_amount = fields.Monetary(
        string="Shown", compute="_compute_claim", help="Eligible expenses shown to it."
    )
    charged_amount = fields.Monetary(
        string="Charged", compute="_compute_claim", help="Its share of them."
    )
    due_amount = fields.Monetary(
        string="Due",
        compute="_compute_claim",
        help="The least of the award, of the rate applied to what is eligible, and of "
        "the caps.",
    )
    room_amount = fields.Monetary(
        string="Left of the award",
        compute="_compute_claim",
        help="What may still be charged to it.",
    )
    given_back_amount = fields.Monetary(
        string="Given back",
        compute="_compute_claim",
        help="To the funder, or never to be claimed: neither due nor left any more.",
    )
    consumption = fields.Float(
        string="Used (%)",
        compute="_compute_claim",
        digits=(6, 1),
        help="Of the eligible expenses that the award stands for.",
    )
    claim_sentence = fields.Char(string="In words", compute="_compute_claim")
    revision = fields.Integer(
        readonly=True, copy=False, help="Moves with what is charged."
    )

    @api.depends(
        "allocation_ids.amount",
        "allocation_ids.base",
        "terms_id",
        "posting_ids.amount",
    )
    def _compute_claim(self):
        charged = self._query_charged()
        changes = self._award_changes()
        claims = self._claims(changes=changes)
        for agreement in self:
            mine = charged.get(agreement._origin.id, {})
            amount = sum(row["amount"] for row in mine.values())
            found = claims[agreement]
            agreement.eligible_amount = found.eligible / 100
            agreement.charged_amount = amount / 100
            agreement.due_amount = found.due / 100
            agreement.room_amount = (found.award - amount) / 100
            agreement.given_back_amount = changes[agreement].given_back / 100
            agreement.consumption = float((found.consumption or 0) * 100)
            agreement.claim_sentence = agreement._claim_sentence(
                found, changes[agreement]
            )

    def _claim_sentence(self, found, changes):
        """What limits what is due.

        :param changes: what became of the award, as the claim counts it
        """
        self.ensure_one()

        def money(amount):
            return format_amount(self.env, amount / 100, self.currency_id)

        figures = {"due": money(found.due), "eligible": money(found.eligible)}
        if not found.eligible:
            return self.env._("No expense is charged yet.")
        if found.limit == "award":
            figures["moved"] = money(abs(changes.moved))
            figures["back"] = money(changes.given_back)
            return self._award_sentence(changes) % figures
        if found.limit == "cap":
            return self.env._(
                "%(due)s is due of %(eligible)s eligible: caps of lines leave out "
                "%(out)s.",
                out=money(sum(found.capped.values())),
                **figures,
            )
        if found.limit == "in_kind":
            return self.env._(
                "%(due)s is due, the money spent: %(eligible)s is eligible with "
                "contributions in kind.",
                **figures,
            )
        return self.env._(
            "%(due)s is due: %(rate)s %% of %(eligible)s eligible.",
            rate=f"{self.rate:g}",
            **figures,
        )

    def _award_sentence(self, changes):
        """What is due when the award decides, for the figures to be written in."""
        if changes.given_back and changes.moved > 0:
            return self.env._(
                "%(due)s is due, the award and %(moved)s from other projects, less the "
                "%(back)s given back: %(eligible)s is eligible."
            )
        if changes.given_back and changes.moved < 0:
            return self.env._(
                "%(due)s is due, the award without the %(moved)s handed on to other "
                "projects, less the %(back)s given back: %(eligible)s is eligible."
            )
        if changes.given_back:
            return self.env._(
                "%(due)s is due, the award less the %(back)s given back: %(eligible)s "
                "is eligible."
            )
        if changes.moved > 0:
            return self.env._(
                "%(due)s is due, the whole award and %(moved)s from other projects: "
                "%(eligible)s is eligible."
            )
        if changes.moved:
            return self.env._(
                "%(due)s is due, the whole award without the %(moved)s handed on to "
                "other projects: %(eligible)s is eligible."
            )
        return self.env._("%(due)s is due, the whole award: %(eligible)s is eligible.")

    @api.private
    def _claims(self, in_kind=None, extra=None, changes=None):
        """What each funder owes.

        :param changes: ``_award_changes`` if they are known
        :param in_kind: ``{agreement: cents}``, contributions valued for its actions
        :param extra: ``{agreement: {line: cents}}`` as if they were shown too
        :return: ``{agreement: domain.claim.Claim}``
        """
        charged = self._query_charged()
        parents = self._line_parents()
        changes = changes or self._award_changes()
        claims = {}
        for agreement in self:
            mine = charged.get(agreement._origin.id, {})
            shown = defaultdict(int, (extra or {}).get(agreement, {}))
            for line, row in mine.items():
                shown[line] += row["base"]
            claims[agreement] = claim.claim(
                agreement._claim_terms(parents, changes[agreement]),
                dict(shown),
                in_kind=(in_kind or {}).get(agreement, 0),
            )
        return claims

    def _claim_terms(self, parents, changes):
        """
        :param changes: what became of the award
        """
        self.ensure_one()
        return claim.Terms(
            award=cents(self.amount) + changes.net,
            rate=fraction(self.rate),
            caps={
                cap.category_id.id: cents(cap.amount)
                for cap in self.cap_ids
                if cap.amount
            },
            percents={
                cap.category_id.id: fraction(cap.percent)
                for cap in self.cap_ids
                if cap.percent
            },
            parents=parents,
            indirect_rate=fraction(self.indirect_rate),
            in_kind=self.in_kind_counts,
        )

    @api.model
    def _line_parents(self):
        """``{line of the report: line above}``"""
        lines = self.env["tierslieux.funding.category"].search_fetch([], ["parent_id"])
        return {line.id: line.parent_id.id for line in lines if line.parent_id}

    @api.private
    def _rules(self):
        """``{agreement: domain.eligibility.Rules}``"""
        categories = self.env["tierslieux.funding.category"]
        parents = self._line_parents()
        lines = categories.search([]).ids
        rules = {}
        for agreement in self:
            allowed = set(agreement.category_ids.ids)
            below = {line for line in lines if allowed & _above(line, parents)}
            rules[agreement] = eligibility.Rules(
                date_from=agreement.date_from,
                date_to=agreement.date_to,
                categories=frozenset(below) if allowed else None,
                actions=frozenset(agreement.action_ids._origin.ids) or None,
                paid_until=(agreement.paid_until or agreement.date_to)
                if agreement.paid_required
                else None,
                flat=bool(agreement.indirect_rate),
                vat=agreement.vat_counts,
                secured=agreement.state in ("notified", "signed"),
            )
        return rules

    def action_open_allocations(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tierslieux_funding.tierslieux_funding_allocation_action"
        )
        action["domain"] = [("agreement_id", "=", self.id)]
        action["context"] = {"search_default_group_action": 1}
        return action

    def _query_bump(self):
        """Of two who charge an agreement at once the second waits, fails to serialise
        and is tried again by the server, so that it sees what the first took of the
        award."""
        self.env.cr.execute(
            SQL(
                "UPDATE tierslieux_funding_agreement"
                " SET revision = coalesce(revision, 0) + 1 WHERE id IN %s",
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(["revision"])

    def _query_charged(self):
        """What is shown and charged, in cents.

        :return: ``{agreement id: {line: {"base", "amount"}}}``
        """
        found = defaultdict(dict)
        if not self._origin:
            return found
        self.env["tierslieux.funding.allocation"].flush_model()
        for agreement, line, base, amount in self.env.execute_query(
            SQL(
                """
                SELECT agreement_id, category_id, round(100 * sum(base))::bigint,
                       round(100 * sum(amount))::bigint
                  FROM tierslieux_funding_allocation
                 WHERE agreement_id IN %s
              GROUP BY agreement_id, category_id
                """,
                tuple(self._origin.ids),
            )
        ):
            found[agreement][line] = {"base": base, "amount": amount}
        return found


def _above(line, parents):
    """A line and all those above it."""
    lines = {line}
    while (line := parents.get(line)) is not None:
        lines.add(line)
    return lines
