# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import format_amount

from ..domain import shares
from ..domain.overfunding import excess
from .tierslieux_funding_shared import format_percent


class FundingPlan(models.Model):
    """A funding plan over several years: phases, bricks, actions."""

    _name = "tierslieux.funding.plan"
    _description = "Funding plan"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    analytic_plan_id = fields.Many2one(
        "account.analytic.plan",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.ref("tierslieux_funding.analytic_plan_actions"),
        help="The analytic plan that holds an account for each action.",
    )
    phase_ids = fields.One2many("tierslieux.funding.phase", "plan_id", copy=True)
    action_ids = fields.One2many("tierslieux.funding.action", "plan_id")
    planned_cost = fields.Monetary(compute="_compute_planned", store=True)
    planned_in_kind = fields.Monetary(compute="_compute_planned", store=True)

    secured_amount = fields.Monetary(
        string="Secured",
        compute="_compute_secured_amount",
        help="Awards signed for actions of this plan, or notified where that binds the "
        "funder.",
    )
    problems = fields.Text(compute="_compute_problems")
    chart = fields.Html(compute="_compute_chart", sanitize=False)

    @api.depends("phase_ids.planned_cost", "phase_ids.planned_in_kind")
    def _compute_planned(self):
        for plan in self:
            plan.planned_cost = sum(plan.phase_ids.mapped("planned_cost"))
            plan.planned_in_kind = sum(plan.phase_ids.mapped("planned_in_kind"))

    @api.depends("action_ids.agreement_ids.secured_amount")
    def _compute_secured_amount(self):
        for plan in self:
            agreements = plan.action_ids.agreement_ids
            plan.secured_amount = sum(agreements.mapped("secured_amount"))

    @api.depends(
        "phase_ids.share_ids.percent",
        "phase_ids.shared_cost",
        "action_ids.share_ids.percent",
        "action_ids.planned_cost",
        "action_ids.agreement_ids.secured_amount",
    )
    def _compute_problems(self):
        for plan in self:
            owners = plan.action_ids.filtered("share_ids")
            plan.problems = "\n".join(
                [
                    *plan.phase_ids._share_problems(),
                    *owners._share_problems(),
                    *plan._overfunding_problems(),
                ]
            )

    def _overfunding_problems(self):
        """A sentence when what is secured cannot all be spent on what is planned."""
        agreements = self.action_ids.agreement_ids.filtered("secured_amount")
        over, actions, grants = excess(
            {
                action: round(action.planned_cost * 100)
                for action in agreements.action_ids | self.action_ids
            },
            {
                agreement: (
                    round(agreement.secured_amount * 100),
                    list(agreement.action_ids),
                )
                for agreement in agreements
            },
        )
        if not over:
            return []
        return [
            self.env._(
                "More is secured than planned for %(actions)s: %(grants)s exceed the "
                "planned costs by %(over)s.",
                actions=", ".join(action.name for action in actions),
                grants=", ".join(grant.name for grant in grants),
                over=format_amount(self.env, over / 100, self.currency_id),
            )
        ]

    def _planned_sources(self):
        """What each source is planned to pay of each brick.

        :return: ``{brick: {source: cents}}``, the empty source for what no source
            pays; it sums to the costs of the bricks and to the amounts of the shares
        """
        self.ensure_one()
        nobody = self.env["tierslieux.funding.source"]
        planned = {}
        for phase in self.phase_ids:
            bricks = phase.brick_ids
            own = {brick: brick.action_ids.filtered("share_ids") for brick in bricks}
            rows = [
                round(100 * sum((brick.action_ids - own[brick]).mapped("planned_cost")))
                for brick in bricks
            ]
            amounts = phase._share_cents()
            sources = [*phase.share_ids.source_id, nobody]
            columns = [*amounts.values(), sum(rows) - sum(amounts.values())]
            for brick, cells in zip(bricks, shares.table(rows, columns), strict=True):
                paid = dict(zip(sources, cells, strict=True))
                for action in own[brick]:
                    parts = action._share_cents()
                    for share, cents in parts.items():
                        source = share.source_id
                        paid[source] = paid.get(source, 0) + cents
                    rest = round(100 * action.planned_cost) - sum(parts.values())
                    paid[nobody] += rest
                planned[brick] = {
                    source: cents for source, cents in paid.items() if cents
                }
        return planned

    @api.depends(
        "action_ids.planned_cost",
        "action_ids.share_ids.percent",
        "action_ids.share_ids.source_id",
        "phase_ids.share_ids.percent",
        "phase_ids.share_ids.source_id",
    )
    def _compute_chart(self):
        for plan in self:
            plan.chart = self.env["ir.qweb"]._render(
                "tierslieux_funding.plan_chart", plan._chart_values()
            )

    def _chart_values(self):
        """Bars of phases and of their bricks, cut by source."""
        planned = self._planned_sources()
        nobody = self.env["tierslieux.funding.source"]
        used = nobody.union(*(source for paid in planned.values() for source in paid))
        sources = [
            {"key": source.id, "name": source.name, "color": source.color}
            | {"ink": source._ink()}
            for source in used.sorted()
        ]
        if any(nobody in paid for paid in planned.values()):
            sources.append(
                {
                    "key": False,
                    "name": self.env._("No source yet"),
                    "color": "#ffffff",
                    "ink": "#000000",
                }
            )
        bars = []
        for phase in self.phase_ids:
            inside = [(brick, planned[brick]) for brick in phase.brick_ids]
            whole = {}
            for _brick, paid in inside:
                for source, cents in paid.items():
                    whole[source] = whole.get(source, 0) + cents
            bars.append(self._bar(phase, whole, sources, "phase"))
            bars += [self._bar(brick, paid, sources, "brick") for brick, paid in inside]
        return {"sources": sources, "bars": [bar for bar in bars if bar["cents"]]}

    def _bar(self, record, paid, sources, kind):
        total = sum(paid.values())
        by_key = {source.id: cents for source, cents in paid.items()}
        parts = []
        for source in sources:
            cents = by_key.get(source["key"], 0)
            permille = round(1000 * cents / total) if total else 0
            amount = self._format(cents)
            percent = format_percent(self.env, permille * 100)
            parts.append(
                {
                    **source,
                    "cents": cents,
                    "amount": amount,
                    "percent": percent,
                    "title": f"{source['name']} · {amount} · {percent}",
                    "is_wide": permille >= 60,
                }
            )
        return {
            "name": record.name,
            "kind": kind,
            "cents": total,
            "amount": self._format(total),
            "parts": parts,
        }

    def _format(self, cents):
        return format_amount(
            self.env, cents / 100, self.currency_id, trailing_zeroes=False
        )
