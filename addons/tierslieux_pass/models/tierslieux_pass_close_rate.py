# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import csv
import io
from itertools import chain
from typing import NamedTuple

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date, split_every

from odoo.addons.tierslieux_network.domain.money import cents

from ..domain import proration, rating
from ..domain.settlement.months import Month
from ..domain.subscription import next_month

# Lines written at a time.
WRITTEN = 5_000
# What a pass has at a venue, as in ``rating.Line``: what weighs in the pool of the
# month, and what is billed and may be corrected later.
WEIGHTS = ("visits", "capped_minutes")
FIGURES = ("minutes", "included_minutes", "billed_minutes", "amount_cents")
NOTHING = (0,) * len(FIGURES)
# A line as it is written.
COLUMNS = (
    "close_id",
    "kind",
    "month",
    "rule_id",
    "rate_id",
    "product_id",
    "tax_id",
    "pass_id",
    "partner_id",
    "source_key",
    "name",
    "venue_id",
    *WEIGHTS,
    *FIGURES,
)


class PassCloseRate(models.Model):
    """First stage: the month's visits and subscriptions become rated lines."""

    _inherit = "tierslieux.pass.close"

    def _rate(self):
        """In one transaction, from one state of the visits.

        Visits are rated as they come and lines written in portions: what is held in
        memory grows with the passes, not with their visits.
        """
        self._query_lock_visits()
        self.rule_id = self._rule()
        self.watermark = self._query_last_visit()
        self.flush_recordset()
        holders = self._holders()
        written = 0
        for part in split_every(
            WRITTEN,
            chain(
                self._subscription_lines(holders),
                self._hours_lines(holders),
                self._correction_lines(),
            ),
            list,
        ):
            self._query_write_lines(part)
            written += len(part)
        self.invalidate_recordset(["rated_line_ids"])
        self.total = self.done = written

    def _rule(self):
        rule = self.env["tierslieux.settlement.rule"]._in_force(self.month)
        if not rule:
            raise UserError(
                self.env._("No rules of settlement are adopted for this month.")
            )
        return rule

    def _holders(self):
        """``{pass id: Holder}`` of all passes: the rate of a month is that of the plan
        held at its end, or of the last plan if the pass was over before."""
        passes = self.env["tierslieux.pass"].search(
            [("company_id", "=", self.company_id.id)]
        )
        rates = self._rates()
        holders = {}
        following = next_month(self.month)
        for one, periods in passes._periods(self.month, following).items():
            for period in periods:
                if period.plan not in rates:
                    raise UserError(
                        self.env._(
                            "The plan %s has no rate adopted for this month.",
                            one.plan_id.browse(period.plan).name,
                        )
                    )
            partner = one.partner_id
            rate = rates.get(periods[-1].plan if periods else one.plan_id.id)
            holders[one.id] = Holder(partner.id, partner.lang, tuple(periods), rate)
        return holders

    def _rates(self):
        """``{plan id: rate}`` of the month."""
        plans = self.env["tierslieux.pass.plan"].search([])
        return {plan.id: rate for plan, rate in plans._rates_at(self.month).items()}

    def _subscription_lines(self, holders):
        # What many passes share
        common, fees = {}, {}
        for plan_id, rate in self._rates().items():
            product = rate.plan_id.product_id
            common[plan_id] = self._line("subscription", rate, product)
            fees[plan_id] = cents(rate.monthly_fee)
        parts, labels = {(): []}, {}
        for pass_id, (partner_id, lang, periods, _rate) in holders.items():
            if periods not in parts:
                active = [
                    proration.Active(first, last, fees[plan_id])
                    for first, last, plan_id in periods
                ]
                _due, parts[periods] = proration.due(
                    active, self.month, next_month(self.month)
                )
            for period, part in zip(periods, parts[periods], strict=True):
                first, _last, plan_id = period
                if (period, lang) not in labels:
                    labels[period, lang] = self._fee_label(period, lang)
                yield (
                    *common[plan_id],
                    pass_id,
                    partner_id,
                    f"pass-{self.id}-fee-{pass_id}-{first}",
                    labels[period, lang],
                    None,
                    *(0, 0),
                    *(0, 0, 0, part),
                )

    def _fee_label(self, period, lang):
        first, last, plan_id = period
        plan = self.env["tierslieux.pass.plan"].with_context(lang=lang).browse(plan_id)
        if (first, last) == (self.month, next_month(self.month)):
            return plan.env._(
                "%(plan)s, %(month)s",
                plan=plan.name,
                month=format_date(plan.env, first, date_format="MMMM y"),
            )
        return plan.env._(
            "%(plan)s, %(days)s days of %(month)s",
            plan=plan.name,
            days=(last - first).days,
            month=format_date(plan.env, first, date_format="MMMM y"),
        )

    def _hours_lines(self, holders):
        span = Month(f"{self.month:%Y-%m}", self.rule_id.timezone)
        venues = self.env["tierslieux.venue"].with_context(active_test=False).search([])
        names = {venue.id: venue.name for venue in venues}
        # What many passes share
        terms_of = {
            rate: (_terms(rate), self._line("hours", rate, _hours_product(rate)))
            for rate in {holder.rate for holder in holders.values()}
            if rate
        }
        labels = {
            lang: self._hours_label(lang)
            for lang in {holder.lang for holder in holders.values()}
        }
        prefix = f"pass-{self.id}-hours"
        lines, without_plan = [], []

        def rate_one(pass_id, own):
            if pass_id not in holders:
                # Of another company
                return
            partner_id, lang, _periods, rate = holders[pass_id]
            if not rate:
                without_plan.append(pass_id)
                return
            (terms, shared), label = terms_of[rate], labels[lang]
            for line in rating.lines_of(terms, span, own):
                lines.append(
                    (
                        *shared,
                        pass_id,
                        partner_id,
                        f"{prefix}-{pass_id}-{line.venue}",
                        label(names[line.venue], line.billed_minutes),
                        *line,
                    )
                )

        self._query_presence(span, rate_one)
        if without_plan:
            raise UserError(
                self.env._(
                    "The pass %s was used without any plan in force.",
                    self.env["tierslieux.pass"].browse(without_plan[0]).number,
                )
            )
        return lines

    def _hours_label(self, lang):
        """A function that writes a venue and billed minutes in a language."""
        text = self.with_context(lang=lang).env._("%(venue)s, %(hours)s h %(minutes)s")

        def label(venue, minutes):
            hours, rest = divmod(abs(minutes), 60)
            return text % {"venue": venue, "hours": hours, "minutes": f"{rest:02}"}

        return label

    def _correction_lines(self):
        """What the visits recorded since the last close change in closed months: the
        difference with what was rated of them until now, at their own prices."""
        last = self._before()[:1]
        for closed in self._before():
            changed = self._query_changed_passes(closed, last.watermark)
            if not changed:
                continue
            rated, rate_of = self._rated_so_far(closed, changed)
            visits = self._visits(closed.month, closed.rule_id.timezone, changed)
            now = {}
            for one in self.env["tierslieux.pass"].browse(changed):
                rate = rate_of.get(one)
                if not rate:
                    self._note(
                        self.env._(
                            "Visits of %(month)s by the pass %(number)s, which had no "
                            "plan then, are not billed.",
                            month=closed.display_name,
                            number=one.number,
                        )
                    )
                    continue
                own = visits.of(str(one.id))
                for line in rating.lines_of(_terms(rate), visits.month, own):
                    figures = line[-len(FIGURES) :]
                    now[one, int(visits.venues[line.venue])] = figures
            for one, venue_id in sorted(
                {*rated, *now}, key=lambda key: (key[0].id, key[1])
            ):
                before = rated.get((one, venue_id), NOTHING)
                after = now.get((one, venue_id), NOTHING)
                change = [new - old for new, old in zip(after, before, strict=True)]
                if any(change) and one in rate_of:
                    yield self._correction_line(
                        closed, one, rate_of[one], venue_id, change
                    )

    def _correction_line(self, closed, one, rate, venue_id, change):
        venue = self.env["tierslieux.venue"].browse(venue_id)
        what = self._hours_label(one.partner_id.lang)(venue.name, change[-2])
        shared = self._line("correction", rate, _hours_product(rate), closed)
        return (
            *shared,
            one.id,
            one.partner_id.id,
            f"pass-{self.id}-correction-{closed.id}-{one.id}-{venue_id}",
            self.env._(
                "Correction of %(month)s: %(what)s",
                month=closed.display_name,
                what=what,
            ),
            venue_id,
            *(0, 0),
            *change,
        )

    def _before(self):
        """The months closed before this one, the last one first."""
        return self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("month", "<", self.month),
            ],
            order="month desc",
        )

    def _rated_so_far(self, closed, pass_ids):
        """``({(pass, venue id): figures}, {pass: rate})``"""
        rated, rate_of = {}, {}
        for line in self.env["tierslieux.rated.line"].search(
            [
                ("pass_id", "in", pass_ids),
                ("month", "=", closed.month),
                ("close_id.company_id", "=", self.company_id.id),
            ]
        ):
            rate_of.setdefault(line.pass_id, line.rate_id)
            if line.kind == "subscription":
                continue
            key = line.pass_id, line.venue_id.id
            rated[key] = [
                before + line[name]
                for before, name in zip(rated.get(key, NOTHING), FIGURES, strict=True)
            ]
        return rated, rate_of

    def _line(self, kind, rate, product, closed=None):
        """What lines of one rate share: the first of ``COLUMNS``.

        :param closed: the close that is corrected
        """
        tax = product.taxes_id._filter_taxes_by_company(self.company_id)
        if len(tax) > 1 or tax.price_include:
            raise UserError(
                self.env._(
                    "The prices of the pass exclude tax: give the product %s one tax, "
                    "not included in the price, or none.",
                    product.name,
                )
            )
        of = closed or self
        return (
            self.id,
            kind,
            of.month,
            of.rule_id.id,
            rate.id,
            product.id,
            tax.id or None,
        )

    def _query_write_lines(self, lines):
        """Append rows of ``COLUMNS``."""
        log = self.env.uid, self.env.cr.now()
        text = io.StringIO()
        csv.writer(text).writerows((*line, *log, *log) for line in lines)
        text.seek(0)
        names = [*COLUMNS, "create_uid", "create_date", "write_uid", "write_date"]
        query = SQL(
            "COPY tierslieux_rated_line (%s) FROM STDIN (FORMAT csv)",
            SQL(", ").join(map(SQL.identifier, names)),
        )
        self.env.cr.copy_expert(query.code, text)


class Holder(NamedTuple):
    """What a pass is in a month; ``rate`` is ``None`` if it has no plan."""

    partner_id: int
    lang: str
    periods: tuple
    rate: object


class Terms(NamedTuple):
    """Terms of the hours of a plan."""

    hourly_rate_cents: int
    included_minutes: int | None
    daily_cap_minutes: int


def _terms(rate):
    return Terms(
        cents(rate.hourly_rate),
        None if rate.unlimited else rate.included_minutes,
        rate.daily_cap_minutes,
    )


def _hours_product(rate):
    return rate.plan_id.hours_product_id or rate.plan_id.product_id
