# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from fractions import Fraction
from typing import NamedTuple

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL, formatLang

from odoo.addons.tierslieux_network.domain import money

from ..domain import settlement
from ..domain.settlement.errors import RuleError
from ..domain.settlement.rules import HOME_VENUE, PER_MEMBER, VISITS
from ..domain.settlement.shares import half_up, split
from ..domain.subscription import next_month
from .tierslieux_pass_close_rate import _terms


class LineSum(NamedTuple):
    """Lines of one rate at one venue, or its subscriptions, summed."""

    rate_id: int
    is_fee: bool
    venue_id: int | None
    visits: int
    capped_minutes: int
    minutes: int
    cents: int


class PassCloseSettle(models.Model):
    """Fourth stage: what the month brought is shared among the venues."""

    _inherit = "tierslieux.pass.close"

    def _settle(self):
        """One settlement for the passes with the same terms of hours: reserve and
        guarantee are split among them as subscriptions are. In one transaction.

        The rated lines hold what the rule needs of the visits: it is applied to their
        sums, visits are not read again.
        """
        rows = self._query_sums()
        groups = self._groups(rows)
        terms = sorted(groups, key=repr)
        revenues = [
            sum(row.cents for row in rows if row.is_fee and row.rate_id in rates._ids)
            for rates in map(groups.get, terms)
        ]
        weights = revenues if any(revenues) else [1] * len(terms)
        rule = self.rule_id
        reserves = split(self._reserve_cents(sum(revenues)), weights)
        guarantees = split(money.cents(rule.minimum_guarantee), weights)
        venues = self._settled_venues(rows)
        results = []
        for one, revenue, reserve, guarantee in zip(
            terms, revenues, reserves, guarantees, strict=True
        ):
            values = {
                **self._rule_values(groups[one], venues),
                **one._asdict(),
                "subscription_revenue_cents": revenue,
                "reserve_cents": reserve,
                "minimum_guarantee_cents": guarantee,
            }
            try:
                rules = settlement.rules_of(values)
                result = settlement.share(rules, self._sums(rows, groups[one], rules))
            except RuleError as error:
                raise UserError(
                    self.env._("The rules cannot be applied to this month: %s.", error)
                ) from error
            results.append((one, values, result))
        self._write_settlements(results)
        self._post_funds()

    def _groups(self, rows):
        """``{terms of hours: rates}`` of the sums of this month's lines."""
        rates = self.env["tierslieux.pass.rate"].browse(
            sorted({row.rate_id for row in rows})
        )
        return rates.grouped(_terms)

    def _sums(self, rows, rates, rules):
        """What the rule needs of the visits of a group."""
        place = {venue: number for number, venue in enumerate(rules.venues)}
        minutes, weight, hours = ([0] * len(place) for _ in range(3))
        for row in rows:
            if row.is_fee or row.rate_id not in rates._ids:
                continue
            there = place[str(row.venue_id)]
            minutes[there] += row.minutes
            weight[there] += (
                row.visits if rules.pool_weight == VISITS else row.capped_minutes
            )
            hours[there] += row.cents
        by_person = {}
        if rules.pool_weight == PER_MEMBER:
            for pass_id, venue_id, capped in self._query_person_sums(rates):
                person = self._person_name(pass_id)
                by_person.setdefault(person, {})[place[str(venue_id)]] = capped
        return settlement.Sums(minutes, weight, hours, by_person)

    def _reserve_cents(self, revenue):
        rate = Fraction(f"{self.rule_id.reserve_rate:.4f}")
        part = half_up(rate.numerator * revenue, rate.denominator)
        return part + money.cents(self.rule_id.reserve_amount)

    def _rule_values(self, rates, venue_ids):
        rule = self.rule_id
        values = {
            "month": f"{self.month:%Y-%m}",
            "timezone": rule.timezone,
            "fee_rate": f"{rule.fee_rate:.4f}",
            "pool_weight": rule.pool_weight,
            "breakage": rule.breakage,
            "venues": venue_ids,
        }
        if rule.pool_weight == PER_MEMBER:
            values["person_fee_cents"] = {
                self._person_name(pass_id): cents
                for pass_id, cents in self._query_fees(rates)
            }
        if rule.breakage == HOME_VENUE:
            known = set(venue_ids)
            passes = self.env["tierslieux.pass"].browse(self._query_pass_ids(rates))
            values["home_venues"] = {
                self._person_name(one.id): one.home_venue_id.id
                for one in passes
                if one.home_venue_id.id in known
            }
        return values

    # What the lines hold

    def _query_sums(self):
        """``[LineSum]``: the lines are read once, whatever is asked of them."""
        return [
            LineSum(*row)
            for row in self.env.execute_query(
                SQL(
                    """
                    SELECT rate_id, kind = 'subscription', venue_id,
                           sum(visits)::bigint, sum(capped_minutes)::bigint,
                           sum(minutes)::bigint, sum(amount_cents)::bigint
                      FROM %s
                     GROUP BY rate_id, kind, venue_id
                     ORDER BY rate_id, kind, venue_id
                    """,
                    self._query_lines(),
                )
            )
        ]

    def _settled_venues(self, rows):
        """Venues with an agreement in the month, or with a visit, in order."""
        used = {row.venue_id for row in rows if row.venue_id}
        return sorted(used.union(venue.id for venue in self._agreements()))

    def _query_person_sums(self, rates):
        """Rows ``(pass id, venue id, capped minutes)``, in order."""
        return self.env.execute_query(
            SQL(
                """
                SELECT pass_id, venue_id, capped_minutes FROM %s AND kind = 'hours'
                 ORDER BY pass_id, venue_id
                """,
                self._query_lines(rates),
            )
        )

    def _query_fees(self, rates):
        """Rows ``(pass id, cents)`` of subscriptions."""
        return self.env.execute_query(
            SQL(
                """
                SELECT pass_id, sum(amount_cents)::bigint
                  FROM %s AND kind = 'subscription'
                 GROUP BY pass_id
                """,
                self._query_lines(rates),
            )
        )

    def _query_pass_ids(self, rates):
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT pass_id FROM %s ORDER BY 1", self._query_lines(rates))
        )
        return [pass_id for (pass_id,) in rows]

    def _query_lines(self, rates=None):
        """This month's lines but corrections, of some rates: what follows FROM."""
        some = SQL("AND rate_id = ANY(%s)", rates.ids) if rates else SQL()
        return SQL(
            "tierslieux_rated_line WHERE close_id = %s AND kind != 'correction' %s",
            self.id,
            some,
        )

    def _write_settlements(self, results):
        settlements = self.env["tierslieux.settlement"].create(
            [
                {
                    "close_id": self.id,
                    "terms": self._terms_text(terms),
                    "rule_id": self.rule_id.id,
                    "rules": values,
                    **{
                        name: result[name]
                        for name in (
                            "fee_cents",
                            "reserve_left_cents",
                            "common_fund_cents",
                            "billed_hours_cents",
                            "in_cents",
                            "out_cents",
                        )
                    },
                }
                for terms, values, result in results
            ]
        )
        statements = self._write_statements([result for _t, _v, result in results])
        self.env["tierslieux.settlement.line"].create(
            [
                {
                    "settlement_id": one.id,
                    "statement_id": statements[int(venue)].id,
                    "venue_id": int(venue),
                    **figures,
                }
                for one, (_terms, _values, result) in zip(
                    settlements, results, strict=True
                )
                for venue, figures in result["venues"].items()
            ]
        )

    def _terms_text(self, terms):
        hours = self.env._("unlimited hours")
        if terms.included_minutes is not None:
            hours = self.env._(
                "%(hours)s h included, then %(price)s per hour",
                hours=f"{terms.included_minutes / 60:g}",
                price=formatLang(
                    self.env,
                    terms.hourly_rate_cents / 100,
                    currency_obj=self.currency_id,
                ),
            )
        return self.env._(
            "%(hours)s; at most %(cap)s h a day",
            hours=hours,
            cap=f"{terms.daily_cap_minutes / 60:g}",
        )

    def _write_statements(self, results):
        """``{venue id: statement}``"""
        totals = defaultdict(lambda: defaultdict(int))
        for result in results:
            for venue, figures in result["venues"].items():
                for name, cents in figures.items():
                    totals[int(venue)][name] += cents
        for venue, cents in self._corrections().items():
            totals[venue]["correction_cents"] += cents
        venues = self.env["tierslieux.venue"].browse(totals)
        last = self._invoice_date()
        agreements = self._agreements()
        statuses = self.env["tierslieux.venue.vat"]._at(venues, [last])
        vals_list = []
        for venue in venues:
            figures = totals[venue.id]
            agreement = agreements.get(venue, self.env["tierslieux.venue.agreement"])
            status = statuses[venue, last]
            due = figures["total_cents"] + figures["correction_cents"]
            vals_list.append(
                {
                    "close_id": self.id,
                    "month": self.month,
                    "venue_id": venue.id,
                    "agreement_id": agreement.id,
                    "vat_id": status.id,
                    "rule_id": self.rule_id.id,
                    "minutes": figures["minutes"],
                    "pool_cents": figures["pool_cents"],
                    "hours_cents": figures["hours_cents"],
                    "guarantee_cents": figures["guarantee_cents"],
                    "correction_cents": figures["correction_cents"],
                    "due_cents": due,
                    "held": due and self._held_because(agreement, status, last),
                }
            )
        statements = self.env["tierslieux.venue.statement"].create(vals_list)
        return {statement.venue_id.id: statement for statement in statements}

    def _agreements(self):
        """``{venue: agreement}``, the last one of the month: a venue may have left
        before its end."""
        found = {}
        for agreement in self.env["tierslieux.venue.agreement"].search(
            [
                ("date_from", "<", next_month(self.month)),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", self.month),
            ],
            order="date_from",
        ):
            found[agreement.venue_id] = agreement
        return found

    def _held_because(self, agreement, status, day):
        if not agreement:
            return self.env._("no agreement with the network")
        if agreement.regime == "mandate":
            return self.env._("bills in its own name through a mandate")
        if not agreement.self_billing_date or agreement.self_billing_date > day:
            return self.env._("no written mandate to self-bill (CGI, art. 289)")
        if not status:
            return self.env._("its VAT status is not recorded")
        return False

    def _corrections(self):
        """``{venue id: cents}``: hours corrected, less the fee on them. The network
        bears its part of what is given back, as it took it."""
        rate = Fraction(f"{self.rule_id.fee_rate:.4f}")
        result = {}
        for venue, cents in self.env["tierslieux.rated.line"]._read_group(
            [("close_id", "=", self.id), ("kind", "=", "correction")],
            ["venue_id"],
            ["amount_cents:sum"],
        ):
            fee = half_up(rate.numerator * abs(cents), rate.denominator)
            result[venue.id] = cents - (fee if cents > 0 else -fee)
        return result

    def _post_funds(self):
        """What is put aside: reserve and common fund, in the general ledger."""
        company = self.company_id
        reserve = sum(self.settlement_ids.mapped("reserve_left_cents"))
        fund = sum(self.settlement_ids.mapped("common_fund_cents"))
        credits = [
            (company.pass_reserve_account_id, reserve, self.env._("Reserve")),
            (company.pass_fund_account_id, fund, self.env._("Common fund")),
        ]
        self._post_entry(
            f"pass-{self.id}-funds",
            self.env._("Pass, %s: put aside", self.display_name),
            [
                *((account, -cents, name) for account, cents, name in credits),
                (
                    company.pass_allocation_account_id,
                    reserve + fund,
                    self.env._("Put aside"),
                ),
            ],
        )

    def _post_entry(self, key, ref, lines, partner=None):
        """A posted entry in the general journal, once.

        :param lines: ``[(account, cents, label)]``, those of nothing left out
        :return: the entry; none, if there is nothing to post
        """
        made = self.env["tierslieux.invoice.batch"]._made([key])
        lines = [line for line in lines if line[1]]
        if made or not lines:
            return made.get(key)
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "source_key": key,
                "pass_close_id": self.id,
                "company_id": self.company_id.id,
                "date": self._invoice_date(),
                "ref": ref,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "balance": cents / 100,
                            "name": label,
                            "partner_id": partner.id if partner else False,
                        }
                    )
                    for account, cents, label in lines
                ],
            }
        )
        move._post(soft=False)
        return move
