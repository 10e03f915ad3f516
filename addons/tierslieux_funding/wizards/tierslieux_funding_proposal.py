# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL, format_amount

from odoo.addons.tierslieux_network.domain.money import cents

from ..domain import allocation, eligibility
from ..models.refusal_sentences import reason_text
from ..models.tierslieux_funding_agreement_claim import fraction


class FundingProposal(models.TransientModel):
    """Which expenses to charge to which agreements: a proposal that satisfies every
    rule, looked at, then applied whole or not at all."""

    _name = "tierslieux.funding.proposal"
    _description = "Proposal of expenses to charge"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    expense_ids = fields.Many2many(
        "tierslieux.funding.expense",
        help="Empty: all expenses of the actions and periods of the agreements.",
    )
    expense_count = fields.Integer(compute="_compute_expense_count")
    agreement_ids = fields.One2many(
        "tierslieux.funding.proposal.agreement", "proposal_id"
    )
    line_ids = fields.One2many("tierslieux.funding.proposal.line", "proposal_id")
    refusal_ids = fields.One2many("tierslieux.funding.proposal.refusal", "proposal_id")
    state = fields.Selection(
        [("asked", "Asked"), ("proposed", "Proposed")], default="asked", required=True
    )
    conflict = fields.Text(
        readonly=True, help="Why no allocation reaches what is asked."
    )

    @api.depends("expense_ids")
    def _compute_expense_count(self):
        for proposal in self:
            proposal.expense_count = len(proposal.expense_ids)

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        active, ids = (
            self.env.context.get("active_model"),
            self.env.context.get("active_ids", []),
        )
        if active == "tierslieux.funding.expense":
            values["expense_ids"] = [Command.set(ids)]
        elif active == "tierslieux.funding.agreement":
            values["agreement_ids"] = [
                Command.create(
                    {"agreement_id": agreement.id, "asked": agreement.room_amount}
                )
                for agreement in self.env[active].browse(ids)
            ]
        return values

    def action_propose(self):
        """Look for the allocations that reach what is asked."""
        self.ensure_one()
        if not self.agreement_ids:
            raise UserError(self.env._("Choose the agreements to charge first."))
        self.agreement_ids._check_asked()
        agreements = self.agreement_ids.agreement_id
        bearers = self.env["tierslieux.funding.expense"]._bearers(self._scope())
        rules = agreements._rules()
        parts, refused = self._parts(bearers, rules)
        parents = agreements._line_parents()
        found = allocation.propose(parts, self._funders(), parents)
        self._write_lines(found, bearers)
        self._write_refusals(refused)
        self.agreement_ids._write_proposed(found)
        self.conflict = "\n".join(self._conflict_sentences(found)) or False
        self.state = "proposed"
        return self._reopen()

    def _scope(self):
        """Which expenses: those chosen, or all that the agreements may be about."""
        if self.expense_ids:
            return SQL("expense.id IN %s", tuple(self.expense_ids.ids))
        about = []
        for agreement in self.agreement_ids.agreement_id:
            period = SQL(
                "expense.date BETWEEN %s AND %s", agreement.date_from, agreement.date_to
            )
            if actions := agreement.action_ids:
                period = SQL(
                    "%s AND EXISTS (SELECT FROM tierslieux_funding_expense_part borne"
                    " WHERE borne.expense_id = expense.id AND borne.action_id IN %s)",
                    period,
                    tuple(actions.ids),
                )
            about.append(SQL("(%s)", period))
        return SQL(
            "expense.company_id = %s AND expense.state = 'posted'"
            " AND expense.amount - expense.refunded > expense.charged AND (%s)",
            self.company_id.id,
            SQL(" OR ").join(about),
        )

    def _parts(self, bearers, rules):
        """``([Part], {(agreement, reason): [bearer]})``"""
        parts, refused = [], defaultdict(list)
        elsewhere = not self.expense_ids
        for place, bearer in enumerate(bearers):
            shown = {}
            for agreement, its_rules in rules.items():
                reasons = eligibility.refusals(bearer.facts, its_rules)
                if not bearer.left and not reasons:
                    reasons = ("nothing_left",)
                if not reasons:
                    shown[agreement.id] = bearer.shown.get(agreement.id, 0)
                elif not (elsewhere and _elsewhere(reasons)):
                    refused[agreement, reasons[0]].append(bearer)
            if shown:
                parts.append(
                    allocation.Part(
                        place,
                        bearer.expense,
                        bearer.amount,
                        bearer.left,
                        shown,
                        bearer.facts.category,
                    )
                )
        return parts, refused

    def _funders(self):
        """Agreements that end first are served first."""
        charged = self.agreement_ids.agreement_id._query_charged()
        parents = self.agreement_ids.agreement_id._line_parents()
        changes = self.agreement_ids.agreement_id._award_changes()
        funders = []
        for line in self.agreement_ids.sorted(
            lambda one: (one.agreement_id.date_to, one.agreement_id.id)
        ):
            agreement = line.agreement_id
            terms = agreement._claim_terms(parents, changes[agreement])
            funders.append(
                allocation.Funder(
                    agreement.id,
                    cents(line.asked),
                    fraction(agreement.rate),
                    terms.caps,
                    terms.percents,
                    {
                        category: row["amount"]
                        for category, row in charged[agreement.id].items()
                    },
                )
            )
        return funders

    def _write_lines(self, found, bearers):
        self.line_ids.unlink()
        self.env["tierslieux.funding.proposal.line"].create(
            [
                {
                    "proposal_id": self.id,
                    "expense_id": bearers[one.part].expense,
                    "agreement_id": one.funder,
                    "action_id": bearers[one.part].action,
                    "indirect": bearers[one.part].indirect,
                    "category_id": bearers[one.part].facts.category,
                    "base": one.base / 100,
                    "amount": one.amount / 100,
                }
                for one in sorted(found.allocations, key=lambda one: one.part)
            ]
        )

    def _write_refusals(self, refused):
        self.refusal_ids.unlink()
        order = {reason: rank for rank, reason in enumerate(eligibility.REASONS)}
        self.env["tierslieux.funding.proposal.refusal"].create(
            [
                {
                    "proposal_id": self.id,
                    "agreement_id": agreement.id,
                    "reason": reason_text(self.env, reason),
                    "expense_ids": [
                        Command.set(list({bearer.expense for bearer in bearers}))
                    ],
                    "amount": sum(bearer.amount for bearer in bearers) / 100,
                }
                for (agreement, reason), bearers in sorted(
                    refused.items(), key=lambda row: (row[0][0].id, order[row[0][1]])
                )
            ]
        )

    def _conflict_sentences(self, found):
        """Why no allocation reaches what is asked: figures first, then the rules."""
        if not found.short:
            return
        agreements = self.env["tierslieux.funding.agreement"]
        asked = {line.agreement_id.id: cents(line.asked) for line in self.agreement_ids}
        for key in found.short:
            agreement = agreements.browse(key)
            yield self.env._(
                "%(agreement)s: %(reached)s of the %(asked)s asked.",
                agreement=agreement.name,
                reached=self._money(found.reached[key]),
                asked=self._money(asked[key]),
            )
        if not found.conflicts:
            yield self.env._("No expense may be charged: see the reasons below.")
            return
        yield self.env._("No other choice of expenses reaches more:")
        for conflict in found.conflicts:
            yield f"– {self._conflict_sentence(conflict)}"

    def _conflict_sentence(self, conflict):
        agreement = self.env["tierslieux.funding.agreement"].browse(conflict.funder)
        figures = {
            "agreement": agreement.name,
            "limit": self._money(conflict.limit),
            "count": conflict.count,
        }
        if conflict.rule == "cap":
            line = self.env["tierslieux.funding.category"].browse(conflict.line)
            return self.env._(
                "the cap of “%(line)s” leaves %(limit)s to charge to %(agreement)s.",
                line=line.name,
                **figures,
            )
        if conflict.rule == "rate" and agreement.rate < 100:
            return self.env._(
                "at the rate of %(rate)s %%, the expenses it may be shown "
                "(%(count)s) give %(limit)s to %(agreement)s.",
                rate=f"{agreement.rate:g}",
                **figures,
            )
        if conflict.rule == "rate":
            return self.env._(
                "the expenses that %(agreement)s may be shown (%(count)s) are charged "
                "to it in full: %(limit)s.",
                **figures,
            )
        return self.env._(
            "the expenses that may be shown (%(count)s) are charged in full: "
            "%(limit)s.",
            **figures,
        )

    def _money(self, amount):
        return format_amount(self.env, amount / 100, self.currency_id)

    def action_apply(self):
        """Charge the expenses as proposed, all of them; or none, when one of them was
        charged meanwhile."""
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.env._("There is nothing to charge."))
        allocations = self.env["tierslieux.funding.allocation"].create(
            [
                {
                    "expense_id": line.expense_id.id,
                    "agreement_id": line.agreement_id.id,
                    "action_id": line.action_id.id,
                    "indirect": line.indirect,
                    "category_id": line.category_id.id,
                    "base": line.base,
                    "amount": line.amount,
                }
                for line in self.line_ids
            ]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tierslieux_funding.tierslieux_funding_allocation_action"
        )
        action["domain"] = [("id", "in", allocations.ids)]
        action["name"] = self.env._("Expenses just charged")
        return action

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Charge expenses"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }


def _elsewhere(reasons):
    """An expense of another action or another year is not worth a word."""
    return {"action", "before_period", "after_period"} & set(reasons)
