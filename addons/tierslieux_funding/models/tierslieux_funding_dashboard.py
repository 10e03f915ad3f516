# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_amount

from ..domain.deferral import by_days
from ..domain.shares import split

AGREEMENT, TRANCHE = "tierslieux.funding.agreement", "tierslieux.funding.tranche"
ALLOCATION, ACTION = "tierslieux.funding.allocation", "tierslieux.funding.action"
MEASURES = ("secured", "spent", "claimable", "received", "late")
COLORS = {"received": "#1b7f6e", "to_come": "#c9780a"}


class FundingDashboard(models.AbstractModel):
    """What funders secured, what is spent of it, may be claimed, came in, is late: in
    all, by funder, by brick and by source, each with the domain of its records.

    Only agreements under way count, and those of one state never with those of
    another.
    """

    _name = "tierslieux.funding.dashboard"
    _description = "Dashboard of funding"
    _inherit = "tierslieux.dashboard"

    @api.model
    def _sections(self):
        return [self._funding_section(), self._states_section()]

    # What is hoped for

    def _states_section(self):
        agreements = self.env[AGREEMENT]
        ours = self._ours()
        names = dict(agreements._fields["state"]._description_selection(self.env))
        hoped = ("probable", "requested", "notified")
        rows = agreements._read_group(
            ours,
            ["state"],
            ["__count", *(f"amount_{state}:sum" for state in hoped)],
        )
        found = {
            state: (count, amounts[hoped.index(state)])
            for state, count, *amounts in rows
            if state in hoped
        }
        figures = []
        for state in hoped:
            count, amount = found.get(state, (0, 0))
            figures.append(
                self._money_figure(
                    state,
                    names[state],
                    round(amount * 100),
                    AGREEMENT,
                    ours & Domain("state", "=", state),
                    detail=self.env._("agreements: %s", count),
                )
            )
        return {
            "key": "states",
            "title": self.env._("Agreements to come"),
            "help": self.env._(
                "What is probable, requested and notified is never summed together."
            ),
            "figures": [*figures, self._public_figure(), self._requirement_figure()],
            "charts": [],
        }

    def _public_figure(self):
        """Public grants of the exercise: above a sum an auditor is named."""
        company = self.env.company
        today = fields.Date.context_today(self)
        year = company.compute_fiscalyear_dates(today)
        first, last = year["date_from"], year["date_to"]
        domain = (
            self._ours()
            & Domain("source_id.is_public", "=", True)
            & Domain("secured_amount", ">", 0)
            & Domain("date_from", "<=", last)
            & Domain("date_to", ">=", first)
        )
        total = 0
        for agreement in self.env[AGREEMENT].search(domain):
            parts = agreement._exercises()
            amounts = by_days(
                round(agreement.secured_amount * 100),
                agreement.date_from,
                agreement.date_to,
                [(start, end) for start, _last, end in parts],
            )
            total += sum(
                amount
                for (_start, _last, end), amount in zip(parts, amounts, strict=True)
                if end == last
            )
        rule = self.env["tierslieux.funding.rule"]._at("audit", last)
        limit = format_amount(
            self.env, rule.value, company.currency_id, trailing_zeroes=False
        )
        if total > round(rule.value * 100):
            detail = self.env._(
                "above %s: name an auditor, publish the accounts", limit
            )
        else:
            detail = self.env._("an auditor is named above %s", limit)
        return self._money_figure(
            "public",
            self.env._("Public grants of the exercise"),
            total,
            AGREEMENT,
            domain,
            detail=detail,
        )

    def _requirement_figure(self):
        requirements = self.env["tierslieux.funding.requirement"]
        waiting = (
            Domain("company_id", "=", self.env.company.id)
            & Domain("agreement_id.state", "=", "signed")
            & Domain("done_on", "=", False)
        )
        late = waiting & Domain("due_on", "<", fields.Date.context_today(self))
        return self._figure(
            "requirements",
            self.env._("Requirements late"),
            requirements.search_count(late),
            requirements,
            late,
            detail=self.env._("of %s to be met", requirements.search_count(waiting)),
        )

    # What is secured

    def _funding_section(self):
        secured = self._ours() & Domain("secured_amount", ">", 0)
        agreements = self.env[AGREEMENT].search(
            secured & Domain("state", "!=", "closed")
        )
        rows = self._rows(agreements)
        totals = {
            measure: sum(row[measure] for row in rows.values()) for measure in MEASURES
        }
        whole = Domain("id", "in", agreements.ids)
        return {
            "key": "funding",
            "title": self.env._("Agreements under way"),
            "help": self.env._(
                "Signed, or notified where that binds the funder; not closed."
            ),
            "figures": self._cells(totals, whole),
            "charts": [
                self._chart("funder_id", self.env._("By funder"), agreements, rows),
                self._chart("source_id", self.env._("By source"), agreements, rows),
            ],
            "tables": [
                self._group_table(
                    "funder_id", self.env._("By funder"), agreements, rows
                ),
                self._group_table(
                    "source_id", self.env._("By source"), agreements, rows
                ),
                self._brick_table(agreements, rows),
            ],
        }

    def _rows(self, agreements):
        """Cents of each measure, and what is spent by brick.

        :return: ``{agreement: {measure: cents, "bricks": {brick id: cents}}}``
        """
        spent = {}
        for agreement, brick, cents in self._query_spent(agreements):
            spent.setdefault(agreement, {})[brick] = cents
        received = self._received(agreements)
        late = self._late(agreements)
        changes = agreements._award_changes()
        rows = {}
        for agreement, claim in agreements._claims(changes=changes).items():
            bricks = spent.get(agreement.id, {})
            came = received.get(agreement.id, 0)
            secured = round(agreement.secured_amount * 100)
            rows[agreement] = {
                "secured": secured,
                "spent": sum(bricks.values()),
                # what other projects handed on is there already
                "claimable": max(0, claim.due - came - changes[agreement].moved),
                "received": came,
                # what was given back comes no more
                "late": min(late.get(agreement.id, 0), max(0, secured - came)),
                "bricks": bricks,
            }
        return rows

    def _query_spent(self, agreements):
        """``[(agreement id, brick id, cents charged)]``"""
        if not agreements:
            return []
        self.env[ALLOCATION].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT allocation.agreement_id, action.brick_id,
                       round(100 * sum(allocation.amount))::bigint
                  FROM tierslieux_funding_allocation allocation
             LEFT JOIN tierslieux_funding_action action
                    ON action.id = allocation.action_id
                 WHERE allocation.agreement_id IN %s
              GROUP BY 1, 2
                """,
                tuple(agreements.ids),
            )
        )

    def _received(self, agreements):
        return {
            agreement.id: round(amount * 100)
            for agreement, amount in self.env[TRANCHE]._read_group(
                [("agreement_id", "in", agreements.ids)],
                ["agreement_id"],
                ["received_amount:sum"],
            )
        }

    def _late(self, agreements):
        return {
            agreement.id: round((amount - received) * 100)
            for agreement, amount, received in self.env[TRANCHE]._read_group(
                self._late_domain() & Domain("agreement_id", "in", agreements.ids),
                ["agreement_id"],
                ["amount:sum", "received_amount:sum"],
            )
        }

    def _late_domain(self):
        today = fields.Date.context_today(self)
        return Domain("expected_on", "<", today) & Domain("received_on", "=", False)

    def _chart(self, group, title, agreements, rows):
        groups = agreements.grouped(group)
        names = sorted(groups, key=lambda one: one.display_name)
        labels = {
            "received": self.env._("Received"),
            "to_come": self.env._("Secured, still to come"),
        }
        return {
            "key": group,
            "title": self.env._("%s: secured and received", title),
            "kind": "bar",
            "model": AGREEMENT,
            "measures": [
                {
                    "key": "amount",
                    "label": self.env._("Secured"),
                    "format": "money",
                    "currency": self.env.company.currency_id.id,
                }
            ],
            "labels": [one.display_name for one in names],
            "series": [
                {
                    "label": label,
                    "color": COLORS[key],
                    "points": [
                        {
                            "domain": [("id", "in", groups[one].ids)],
                            "values": {
                                "amount": sum(
                                    rows[agreement]["received"]
                                    if key == "received"
                                    else max(
                                        0,
                                        rows[agreement]["secured"]
                                        - rows[agreement]["received"],
                                    )
                                    for agreement in groups[one]
                                )
                                / 100
                            },
                        }
                        for one in names
                    ],
                }
                for key, label in labels.items()
            ],
        }

    def _group_table(self, group, title, agreements, rows):
        groups = agreements.grouped(group)
        return {
            "key": group,
            "title": title,
            "columns": list(self._labels().values()),
            "rows": [
                {
                    "label": one.display_name,
                    "cells": self._cells(
                        {
                            measure: sum(
                                rows[agreement][measure] for agreement in groups[one]
                            )
                            for measure in MEASURES
                        },
                        Domain("id", "in", groups[one].ids),
                    ),
                }
                for one in sorted(groups, key=lambda one: one.display_name)
            ],
        }

    def _brick_table(self, agreements, rows):
        """An agreement for several bricks is shared among them: what may be claimed as
        it is spent, the rest as costs are planned."""
        actions = agreements.action_ids
        bricks = actions.brick_id.sorted(
            lambda brick: (brick.phase_id.date_from, brick.sequence, brick.id)
        )
        sums = {brick: dict.fromkeys(MEASURES, 0) for brick in bricks}
        for agreement, row in rows.items():
            own = agreement.action_ids.grouped("brick_id")
            planned = {
                brick: round(100 * sum(some.mapped("planned_cost")))
                for brick, some in own.items()
            }
            spent = {brick: row["bricks"].get(brick.id, 0) for brick in own}
            for measure in MEASURES:
                if measure == "spent":
                    parts = spent
                elif measure == "claimable":
                    parts = _spread(row[measure], spent)
                else:
                    parts = _spread(row[measure], planned)
                for brick, cents in parts.items():
                    sums[brick][measure] += cents
        return {
            "key": "brick",
            "title": self.env._("By brick"),
            "help": self.env._(
                "An agreement for several bricks is shared among them: what may be "
                "claimed as it is spent, the rest as costs are planned."
            ),
            "columns": [self.env._("Planned"), *self._labels().values()],
            "rows": [
                {
                    "label": f"{brick.phase_id.name} · {brick.name}",
                    "cells": [
                        self._money_figure(
                            "planned",
                            self.env._("Planned"),
                            round(brick.planned_cost * 100),
                            ACTION,
                            Domain("brick_id", "=", brick.id),
                        ),
                        *self._cells(
                            sums[brick],
                            Domain("id", "in", agreements.ids)
                            & Domain("action_ids.brick_id", "=", brick.id),
                            Domain("action_id.brick_id", "=", brick.id),
                        ),
                    ],
                }
                for brick in bricks
            ],
        }

    # One figure

    def _labels(self):
        return {
            "secured": self.env._("Secured"),
            "spent": self.env._("Spent"),
            "claimable": self.env._("Claimable"),
            "received": self.env._("Received"),
            "late": self.env._("Late"),
        }

    def _cells(self, sums, agreements, allocations=Domain.TRUE):
        """A figure a measure, each with the records it is the sum of.

        :param agreements: domain of the agreements
        :param allocations: what allocations of these to list, if not all
        """
        of_them = Domain("agreement_id", "any", agreements)
        records = {
            "secured": (AGREEMENT, agreements),
            "spent": (ALLOCATION, of_them & allocations),
            "claimable": (AGREEMENT, agreements),
            "received": (TRANCHE, of_them & Domain("received_amount", ">", 0)),
            "late": (TRANCHE, of_them & self._late_domain()),
        }
        details = {
            "spent": self.env._("charged to the funders"),
            "claimable": self.env._("due for expenses and not received yet"),
            "late": self.env._("tranches expected before today"),
        }
        return [
            self._money_figure(
                measure,
                label,
                sums[measure],
                *records[measure],
                detail=details.get(measure, ""),
            )
            for measure, label in self._labels().items()
        ]

    def _ours(self):
        return Domain("company_id", "=", self.env.company.id)

    def _money_figure(self, key, label, cents, model, domain, **options):
        return self._figure(
            key,
            label,
            cents / 100,
            self.env[model],
            domain,
            format="money",
            currency=self.env.company.currency_id.id,
            **options,
        )


def _spread(cents, weights):
    """``{key: cents}`` in proportion to weights, equally when there are none."""
    if not weights:
        return {}
    parts = split(
        cents, list(weights.values()) if any(weights.values()) else [1] * len(weights)
    )
    return dict(zip(weights, parts, strict=True))
