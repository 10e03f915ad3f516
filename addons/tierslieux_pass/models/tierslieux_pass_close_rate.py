# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hashlib
import hmac
import json
import sys
from array import array
from datetime import date, datetime, timezone
from itertools import chain
from typing import NamedTuple

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date, split_every

from ..domain import proration, rating, settlement
from ..domain.settlement.months import Month
from ..domain.subscription import next_month

# Rows read from the cursor at a time.
PORTION = 50_000
# Persons, each with the visits of a month, at a time.
PERSONS = 500
WRITTEN = 5_000


class PassCloseRate(models.Model):
    """First stage: the month's visits and subscriptions become rated lines."""

    _inherit = "tierslieux.pass.close"

    def _rate(self):
        """In one transaction, from one state of the visits.

        Visits are read and lines written in portions: what is held in memory grows
        with the passes, not with their visits.
        """
        self._query_lock_visits()
        self.rule_id = self._rule()
        self.watermark = self._query_last_visit()
        passes = self.env["tierslieux.pass"].search(
            [("company_id", "=", self.company_id.id)]
        )
        rates = self._rates(passes)
        written = 0
        for part in split_every(
            WRITTEN,
            chain(
                self._subscription_vals(passes, rates),
                self._hours_vals(rates),
                self._correction_vals(),
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

    def _rates(self, passes):
        """``{pass: rate}`` of the month: of the plan held at its end, or at the visit
        if it was over by then."""
        following = next_month(self.month)
        plans = self.env["tierslieux.pass.plan"].search([])
        at = plans._rates_at(self.month)
        periods = passes._periods(self.month, following)
        found = {}
        for one in passes:
            plan_id = periods[one][-1].plan if periods[one] else one.plan_id.id
            rate = at.get(plans.browse(plan_id)) if plan_id else None
            if rate:
                found[one] = rate
            elif periods[one]:
                raise UserError(
                    self.env._(
                        "The plan %s has no rate adopted for this month.",
                        plans.browse(plan_id).name,
                    )
                )
        return found

    def _subscription_vals(self, passes, rates):
        following = next_month(self.month)
        periods = passes._periods(self.month, following)
        plans = self.env["tierslieux.pass.plan"]
        at = plans.search([])._rates_at(self.month)
        vals_list = []
        for one in passes:
            if not periods[one]:
                continue
            active = [
                proration.Active(
                    first, last, _cents(at[plans.browse(plan_id)].monthly_fee)
                )
                for first, last, plan_id in periods[one]
            ]
            _due, parts = proration.due(active, self.month, following)
            for (first, last, plan_id), cents in zip(periods[one], parts, strict=True):
                plan = plans.browse(plan_id)
                vals_list.append(
                    {
                        **self._line_vals(one, at[plan], plan.product_id),
                        "source_key": f"pass-{self.id}-fee-{one.id}-{first}",
                        "kind": "subscription",
                        "name": self._fee_label(one, plan, first, last),
                        "month": self.month,
                        "amount_cents": cents,
                    }
                )
        return vals_list

    def _fee_label(self, one, plan, first, last):
        plan = plan.with_context(lang=one.partner_id.lang)
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

    def _hours_vals(self, rates):
        span = Month(f"{self.month:%Y-%m}", self.rule_id.timezone)
        venue_ids = self._query_venue_ids(span)
        place = {venue_id: number for number, venue_id in enumerate(venue_ids)}
        names = {
            venue.id: venue.name
            for venue in self.env["tierslieux.venue"].browse(venue_ids)
        }
        # By what plan and language decide, which many passes share
        rules, line_vals, label = {}, {}, {}
        rate_of = {one.id: (one, rate) for one, rate in rates.items()}
        for pass_id, venues, starts, ends in self._query_presence(span):
            if pass_id not in rate_of:
                raise UserError(
                    self.env._(
                        "The pass %s was used without any plan in force.",
                        self.env["tierslieux.pass"].browse(pass_id).number,
                    )
                )
            one, rate = rate_of[pass_id]
            lang = one.partner_id.lang
            if rate not in rules:
                rules[rate] = self._hour_rules(_terms(rate), span, venue_ids)
                line_vals[rate] = self._line_vals(one, rate, _hours_product(rate))
            if lang not in label:
                label[lang] = self._hours_label(one)
            own = starts, [place[venue] for venue in venues], ends
            for line in rating.lines_of(rules[rate], own):
                venue_id = int(line.venue)
                yield {
                    **line_vals[rate],
                    "pass_id": pass_id,
                    "partner_id": one.partner_id.id,
                    "source_key": f"pass-{self.id}-hours-{pass_id}-{venue_id}",
                    "kind": "hours",
                    "name": label[lang](names[venue_id], line.billed_minutes),
                    "month": self.month,
                    "venue_id": venue_id,
                    "minutes": line.minutes,
                    "included_minutes": line.included_minutes,
                    "billed_minutes": line.billed_minutes,
                    "amount_cents": line.cents,
                }

    def _hours_label(self, one):
        """A function that writes a venue and minutes in the language of a holder."""
        env = one.with_context(lang=one.partner_id.lang).env
        text = env._("%(venue)s, %(hours)s h %(minutes)s")

        def label(venue, minutes):
            hours, rest = divmod(abs(minutes), 60)
            return text % {"venue": venue, "hours": hours, "minutes": f"{rest:02}"}

        return label

    def _correction_vals(self):
        """What the visits recorded since the last close change in closed months: the
        difference with what was rated of them until now, at their own prices."""
        last = self._before()[:1]
        vals_list = []
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
                rules = self._hour_rules(_terms(rate), visits.month, visits.venues)
                for line in rating.lines(rules, visits, str(one.id)):
                    now[one, int(line.venue)] = line
            for one, venue_id in sorted(
                {*rated, *now}, key=lambda key: (key[0].id, key[1])
            ):
                before = rated.get((one, venue_id), (0, 0, 0, 0))
                line = now.get((one, venue_id))
                after = (
                    line
                    and (
                        line.minutes,
                        line.included_minutes,
                        line.billed_minutes,
                        line.cents,
                    )
                ) or (0, 0, 0, 0)
                change = [new - old for new, old in zip(after, before, strict=True)]
                if not any(change) or one not in rate_of:
                    continue
                rate = rate_of[one]
                venue = self.env["tierslieux.venue"].browse(venue_id)
                vals_list.append(
                    {
                        **self._line_vals(one, rate, _hours_product(rate)),
                        "rule_id": closed.rule_id.id,
                        "source_key": f"pass-{self.id}-correction-{closed.id}-"
                        f"{one.id}-{venue_id}",
                        "kind": "correction",
                        "name": self.env._(
                            "Correction of %(month)s: %(what)s",
                            month=closed.display_name,
                            what=self._hours_label(one)(venue.name, change[2]),
                        ),
                        "month": closed.month,
                        "venue_id": venue_id,
                        "minutes": change[0],
                        "included_minutes": change[1],
                        "billed_minutes": change[2],
                        "amount_cents": change[3],
                    }
                )
        return vals_list

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
        """``({(pass, venue id): minutes, included, billed, cents}, {pass: rate})``"""
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
            figures = (
                line.minutes,
                line.included_minutes,
                line.billed_minutes,
                line.amount_cents,
            )
            rated[key] = tuple(
                a + b
                for a, b in zip(rated.get(key, (0, 0, 0, 0)), figures, strict=True)
            )
        return rated, rate_of

    def _line_vals(self, one, rate, product):
        tax = product.taxes_id._filter_taxes_by_company(self.company_id)
        if len(tax) > 1 or tax.price_include:
            raise UserError(
                self.env._(
                    "The prices of the pass exclude tax: give the product %s one tax, "
                    "not included in the price, or none.",
                    product.name,
                )
            )
        return {
            "close_id": self.id,
            "pass_id": one.id,
            "partner_id": one.partner_id.id,
            "product_id": product.id,
            "tax_id": tax.id or None,
            "rate_id": rate.id,
            "rule_id": self.rule_id.id,
        }

    def _hour_rules(self, terms, span, venues):
        """What ``rating`` needs of the rules of a settlement."""
        return settlement.rules_of(
            {
                "month": span.name,
                "timezone": self.rule_id.timezone,
                **terms._asdict(),
                "subscription_revenue_cents": 0,
                "fee_rate": "0",
                "reserve_cents": 0,
                "pool_weight": "minutes",
                "breakage": "common_fund",
                "minimum_guarantee_cents": 0,
                "venues": [int(venue) for venue in venues],
            }
        )

    def _query_write_lines(self, vals_list):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO tierslieux_rated_line
                       (close_id, source_key, kind, name, month, pass_id, partner_id,
                        venue_id, minutes, included_minutes, billed_minutes,
                        amount_cents, product_id, tax_id, rate_id, rule_id,
                        create_uid, create_date, write_uid, write_date)
                SELECT close_id, source_key, kind, name, month, pass_id, partner_id,
                       venue_id, coalesce(minutes, 0), coalesce(included_minutes, 0),
                       coalesce(billed_minutes, 0), amount_cents, product_id, tax_id,
                       rate_id, rule_id, %(user)s, %(now)s, %(user)s, %(now)s
                  FROM json_to_recordset(%(lines)s) AS line (
                       close_id int, source_key varchar, kind varchar, name varchar,
                       month date, pass_id int, partner_id int, venue_id int,
                       minutes int, included_minutes int, billed_minutes int,
                       amount_cents int, product_id int, tax_id int, rate_id int,
                       rule_id int)
                """,
                user=self.env.uid,
                now=self.env.cr.now(),
                lines=json.dumps(vals_list, default=str),
            )
        )

    def _visits(self, month, timezone_name, pass_ids=None, names=str):
        """The visits that count of a month, as of the watermark, person by person.

        :param names: what a pass is called
        """
        span = Month(f"{month:%Y-%m}", timezone_name)
        venues = self._query_venue_ids(span)
        visits = settlement.Visits(span, tuple(map(str, venues)))
        for rows in self._query_visits(span, pass_ids):
            ids, passes, places, starts, ends = zip(*rows, strict=True)
            visits.add(
                [str(one) for one in ids],
                [names(one) for one in passes],
                [visits.place[str(venue)] for venue in places],
                list(starts),
                list(ends),
            )
        return visits

    def _query_visits(self, span, pass_ids):
        """Portions of rows ``(id, pass, venue, start, end)``, minutes since 1970."""
        return self._query_portions(
            SQL(
                """
                SELECT visit.id, visit.pass_id, visit.venue_id, %s, %s FROM %s
                """,
                _minutes(SQL("visit.check_in")),
                _minutes(SQL("visit.check_out")),
                self._query_counted(span, pass_ids),
            ),
            PORTION,
        )

    def _query_presence(self, span):
        """``(pass id, venue ids, starts, ends)`` of each pass that was used in a month,
        in order of check-in and then of id, in minutes since the month's start. Ids are
        compared as the texts that they are in VISITS.csv.

        The server sorts and packs them: four bytes a number, decoded all at once.
        """
        query = SQL(
            """
            SELECT pass_id,
                   string_agg(int4send(venue_id), ''::bytea ORDER BY start, name),
                   string_agg(int4send(start), ''::bytea ORDER BY start, name),
                   string_agg(int4send(stop), ''::bytea ORDER BY start, name)
              FROM (SELECT visit.pass_id, visit.venue_id,
                           visit.id::text COLLATE "C" AS name,
                           %(start)s - %(zero)s AS start, %(stop)s - %(zero)s AS stop
                      FROM %(counted)s) visit
             GROUP BY pass_id ORDER BY pass_id
            """,
            start=_minutes(SQL("visit.check_in")),
            stop=_minutes(SQL("visit.check_out")),
            zero=span.start,
            counted=self._query_counted(span),
        )
        for rows in self._query_portions(query, PERSONS):
            for pass_id, *columns in rows:
                yield pass_id, *map(_numbers, columns)

    def _query_counted(self, span, pass_ids=None):
        """The visits that count of a month, as of the watermark: what follows FROM."""
        return SQL(
            """
            tierslieux_visit visit
              JOIN tierslieux_pass pass ON pass.id = visit.pass_id
             WHERE visit.check_in < %(end)s
               AND (visit.check_out >= %(minute)s OR visit.check_in >= %(start)s)
               AND visit.void IS NOT TRUE
               AND visit.paid_by_booking IS NOT TRUE
               AND visit.id <= %(watermark)s
               AND pass.company_id = %(company)s
               AND (%(all)s OR visit.pass_id = ANY(%(passes)s))
               AND NOT EXISTS (
                   SELECT FROM tierslieux_visit later
                    WHERE later.corrects_id = visit.id
                      AND later.id <= %(watermark)s
               )
            """,
            start=_instant(span.start),
            minute=_instant(span.start + 1),
            end=_instant(span.end),
            watermark=self.watermark,
            company=self.company_id.id,
            all=pass_ids is None,
            passes=pass_ids or [],
        )

    def _query_portions(self, query, size):
        """The rows of a query, so many at a time: the server keeps the others."""
        cr = self.env.cr
        self.env["tierslieux.visit"].flush_model()
        cr.execute(SQL("DECLARE close_visits NO SCROLL CURSOR FOR %s", query))
        try:
            while True:
                cr.execute(SQL("FETCH %s FROM close_visits", size))
                rows = cr.fetchall()
                if not rows:
                    break
                yield rows
        finally:
            cr.execute(SQL("CLOSE close_visits"))

    def _query_venue_ids(self, span):
        """Venues with an agreement in the month, or with a visit, in order."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT venue_id FROM tierslieux_venue_agreement
                 WHERE date_from < %(last)s
                   AND (date_to IS NULL OR date_to >= %(first)s)
                 UNION
                SELECT visit.venue_id FROM tierslieux_visit visit
                  JOIN tierslieux_pass pass ON pass.id = visit.pass_id
                 WHERE visit.check_in < %(end)s AND visit.check_out >= %(start)s
                   AND visit.id <= %(watermark)s AND pass.company_id = %(company)s
                 ORDER BY 1
                """,
                first=f"{span.name}-01",
                last=next_month(date.fromisoformat(f"{span.name}-01")),
                start=_instant(span.start),
                end=_instant(span.end),
                watermark=self.watermark,
                company=self.company_id.id,
            )
        )
        return [row[0] for row in rows]

    def _query_lock_visits(self):
        """No visit is being written while the month is read: a number smaller than the
        watermark cannot appear later."""
        self.env.cr.execute(SQL("LOCK TABLE tierslieux_visit IN SHARE MODE"))

    def _query_last_visit(self):
        (row,) = self.env.execute_query(
            SQL("SELECT coalesce(max(id), 0) FROM tierslieux_visit")
        )
        return row[0]

    def _query_changed_passes(self, closed, watermark):
        """Passes with visits of a closed month that were recorded after the watermark;
        a correction counts for the month of the visit it replaces too."""
        span = Month(f"{closed.month:%Y-%m}", closed.rule_id.timezone)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT visit.pass_id
                  FROM tierslieux_visit visit
                  JOIN tierslieux_pass pass ON pass.id = visit.pass_id
             LEFT JOIN tierslieux_visit old ON old.id = visit.corrects_id
                 WHERE visit.id > %(after)s AND visit.id <= %(until)s
                   AND pass.company_id = %(company)s
                   AND (visit.check_in < %(end)s AND visit.check_out >= %(start)s
                        OR old.check_in < %(end)s AND old.check_out >= %(start)s)
                 ORDER BY 1
                """,
                after=watermark,
                until=self.watermark,
                company=self.company_id.id,
                start=_instant(span.start),
                end=_instant(span.end),
            )
        )
        return [row[0] for row in rows]

    def _person_name(self, pass_id):
        """What a pass is called in the files of this close: it says nothing of the
        person, and is another one each month."""
        secret = self.env["ir.config_parameter"].get_param("database.secret")
        return hmac.new(
            secret.encode(), f"pass-close-{self.id}-{pass_id}".encode(), hashlib.sha256
        ).hexdigest()[:12]


class Terms(NamedTuple):
    """Terms of the hours of a plan."""

    hourly_rate_cents: int
    included_minutes: int | None
    daily_cap_minutes: int


def _terms(rate):
    return Terms(
        _cents(rate.hourly_rate),
        None if rate.unlimited else rate.included_minutes,
        rate.daily_cap_minutes,
    )


def _hours_product(rate):
    return rate.plan_id.hours_product_id or rate.plan_id.product_id


def _cents(amount):
    return round(amount * 100)


def _instant(minutes):
    return datetime.fromtimestamp(minutes * 60, timezone.utc).replace(tzinfo=None)


def _minutes(instant):
    """Minutes since 1970, truncated, of a column."""
    return SQL("floor(extract(epoch FROM %s) / 60)::int", instant)


def _numbers(packed):
    """Integers as the server packs them: four bytes each, the highest first."""
    numbers = array("i", bytes(packed))
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
