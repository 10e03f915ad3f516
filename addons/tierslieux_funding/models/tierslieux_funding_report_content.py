# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from fractions import Fraction

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_amount

from odoo.addons.tierslieux_network.domain.money import cents

from ..domain.claim import claim, returned
from ..domain.financial_report import (
    nearest,
    own_resources,
    percent,
    table,
    totals,
    variances,
)
from ..domain.privacy import initials

#: What the form asks in words.
TEXTS = (
    "action",
    "public",
    "places",
    "objectives",
    "variances",
    "in_kind",
    "observations",
)
#: Agreements that count on the planned side of a report.
GIVEN = ("notified", "signed", "closed")


class FundingReport(models.Model):
    """All that is printed of a report, as data: amounts in integer cents, days as ISO
    text."""

    _inherit = "tierslieux.funding.report"

    def _content(self):
        """The content of one report, reckoned now from the ledger."""
        self.ensure_one()
        agreement = self.agreement_id
        if not agreement.line_id:
            raise UserError(
                self.env._(
                    "Say on which line of the report “%s” stands: State, region, "
                    "commune…",
                    agreement.name,
                )
            )
        lines = self._form_lines()
        bricks = self._bricks()
        expenses = self._content_expenses(bricks)
        in_kind = self._content_posted(bricks, "in_kind_charge", "in_kind_product")
        grant = self._content_grant(
            expenses,
            sum(line["cost"] for line in in_kind if line["side"] == "in_kind_charge"),
        )
        products = self._content_products(bricks, expenses, grant)
        self._receipts(expenses, products, in_kind)
        self._veil(expenses, products, in_kind)
        planned = self._planned(agreement.action_ids)
        rows = table(lines, planned, _by_form_line(*expenses, *products, *in_kind))
        sums = totals(rows)
        grant["share"] = percent(grant["due"], sums["product"]["actual"])
        content = {
            "format": 1,
            "language": self._language(),
            "title": self.env._("Financial report of a grant"),
            "company": self._content_company(),
            "agreement": self._content_agreement(),
            "period": {
                "from": self.date_from.isoformat(),
                "to": self.date_to.isoformat(),
            },
            "posted_until": self.posted_until.isoformat(),
            "drawn_on": fields.Date.context_today(self).isoformat(),
            "author": self.env.user.name,
            "version": self.version,
            "reason": self.reason or "",
            "replaces": self.previous_id.digest or "",
            "table": rows,
            "totals": sums,
            "sentence": self._sentence(grant),
            "grant": grant,
            "bricks": self._content_bricks(bricks, lines, expenses),
            "expenses": expenses,
            "products": products,
            "in_kind": in_kind,
            "time": self._content_time(),
            "keys": self._content_keys(),
            "tranches": self._content_tranches(),
            "entries": self._content_entries(),
            "variances": [
                {
                    name: row[name]
                    for name in (
                        "code",
                        "name",
                        "planned",
                        "actual",
                        "variance",
                        "variance_percent",
                    )
                }
                for row in variances(rows)
            ],
            "texts": {name: self[f"text_{name}"] or "" for name in TEXTS},
        }
        content["annexes"] = self._content_annexes(content)
        content["changes"] = self._content_changes(content)
        content["controls"] = self._content_controls(content)
        return content

    def _money(self, amount_cents):
        return format_amount(self.env, amount_cents / 100, self.currency_id)

    def _form_lines(self):
        """The lines of the form in its order, a line after the one above it."""
        categories = self.env["tierslieux.funding.category"].search([])
        below = categories.grouped("parent_id")

        def walk(parent):
            for category in below.get(parent, categories.browse()):
                yield category
                yield from walk(category)

        return [
            {
                "code": category.code,
                "name": category.name,
                "side": category.side,
                "parent": category.parent_id.code or None,
            }
            for category in walk(categories.browse())
        ]

    def _sentence(self, grant):
        """The sentence of the form beneath its table."""
        if grant["share"] is None:
            return ""
        return self.env._(
            "The grant of %(grant)s is %(percent)s %% of the total of income.",
            grant=self._money(grant["due"]),
            percent=self._decimal(grant["share"]),
        )

    def _decimal(self, tenths):
        """Tenths in the language of the report: 46,7."""
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return f"{tenths / 10:.1f}".replace(".", lang.decimal_point or ".")

    def _bricks(self):
        """``{brick id: B1…}`` of the actions, in the order of the plan."""
        bricks = self.agreement_id.action_ids.brick_id.sorted(
            lambda brick: (brick.phase_id.date_from, brick.sequence, brick.id)
        )
        return {brick.id: f"B{rank}" for rank, brick in enumerate(bricks, 1)}

    def _content_company(self):
        company = self.company_id
        partner = company.partner_id
        return {
            "name": company.name,
            "siret": company._get_siret() or "",
            "rna": company.rna or "",
            "address": ", ".join(
                part
                for part in (
                    partner.street,
                    " ".join(filter(None, (partner.zip, partner.city))),
                )
                if part
            ),
        }

    def _content_agreement(self):
        agreement = self.agreement_id
        # the convention itself, not its amendments
        signed = agreement.terms_ids.filtered("signed_on").sorted("number")[:1]
        return {
            "id": agreement.id,
            "name": agreement.name,
            "reference": agreement.reference or "",
            "funder": agreement.funder_id.name,
            "line": agreement.line_id.code,
            "amount": cents(agreement.amount),
            "rate": f"{self._decimal(nearest(Fraction(str(agreement.rate)) * 10))} %",
            "from": agreement.date_from.isoformat(),
            "to": agreement.date_to.isoformat(),
            "signed_on": signed.signed_on and signed.signed_on.isoformat() or "",
            "actions": agreement.action_ids.mapped("name"),
        }

    def _content_expenses(self, bricks):
        """Every line of expense, numbered in the order of the form."""
        rows = self._query_charges()
        names = dict(
            self.agreement_id.action_ids.mapped(lambda one: (one.id, one.name))
        )
        expenses = []
        for number, row in enumerate(rows, 1):
            brick = bricks.get(row.pop("brick_id"))
            expenses.append(
                {
                    "number": number,
                    "brick": brick or "",
                    "action": names.get(row.pop("action_id"), ""),
                    **row,
                    "receipts": [],
                }
            )
        return expenses + self._content_flat(expenses)

    def _content_flat(self, expenses):
        """The flat rate of indirect costs, where the agreement has one: a line without
        an entry, by its rule."""
        agreement = self.agreement_id
        if not agreement.indirect_rate:
            return []
        flat = claim(self._terms(), self._by_line(expenses)).flat
        if not flat:
            return []
        label = self.env._(
            "Flat rate of indirect costs: %(rate)s %% of %(base)s",
            rate=self._decimal(nearest(Fraction(str(agreement.indirect_rate)) * 10)),
            base=self._money(sum(line["base"] for line in expenses)),
        )
        return [
            {
                "number": len(expenses) + 1,
                "brick": "",
                "action": "",
                **dict.fromkeys(
                    ("vendor", "reference", "paid", "entry", "account", "allocation"),
                ),
                **dict.fromkeys(("expense", "move", "move_line", "corrects")),
                "date": min(self.date_to, self.posted_until).isoformat(),
                "label": label,
                "line": "indirect_fixed",
                "account_line": "indirect_fixed",
                "indirect": True,
                "posted": True,
                "flat": True,
                "total": flat,
                "refunded": 0,
                "charged_to_all": 0,
                "cost": flat,
                "base": 0,
                "charged": 0,
                "receipts": [],
            }
        ]

    def _changes(self, day=None):
        """What became of the award until a day; by default until that of the books."""
        agreement = self.agreement_id
        return agreement._award_changes(day or self.posted_until)[agreement]

    def _terms(self, day=None):
        """The agreement as :mod:`..domain.claim` reads it on a day."""
        agreement = self.agreement_id
        return agreement._claim_terms(agreement._line_parents(), self._changes(day))

    def _by_line(self, expenses):
        """``{id of the line of the account: cents shown}``"""
        ids = {
            one.code: one.id
            for one in self.env["tierslieux.funding.category"].search([])
        }
        found = {}
        for line in expenses:
            if line["base"]:
                number = ids.get(line["account_line"])
                found[number] = found.get(number, 0) + line["base"]
        return found

    def _content_grant(self, expenses, in_kind):
        """What the funder owes for the period: what is due until its end less what was
        due before it.

        :param in_kind: cents of contributions, that count if the agreement says so
        """
        agreement, terms, changes = self.agreement_id, self._terms(), self._changes()
        shown = self._by_line(expenses)
        before = dict(self._query_shown_before())
        until = dict(before)
        for number, amount in shown.items():
            until[number] = until.get(number, 0) + amount
        day_before = fields.Date.subtract(self.date_from, days=1)
        earlier = claim(self._terms(day_before), before).due
        whole = claim(terms, until, in_kind=in_kind)
        received = sum(cents(one.received_amount) for one in agreement.tranche_ids)
        return {
            "award": terms.award,
            # fonds dédiés that came from other projects, less what went to them
            "moved": changes.moved,
            # to the funder, or never to be claimed; and what of it had come
            "given_back": changes.given_back,
            "returned": returned(received, cents(agreement.amount), changes.given_back),
            "shown": sum(shown.values()),
            "charged": sum(line["charged"] for line in expenses),
            "due": whole.due - earlier,
            "earlier": earlier,
            "limit": whole.limit,
            "sentence": agreement._claim_sentence(whole, changes),
            "received": received,
        }

    def _content_products(self, bricks, expenses, grant):
        """The grant, the others, income posted to the actions, and own resources."""
        agreement = self.agreement_id
        names = {line["code"]: line["name"] for line in self._form_lines()}
        others = self.env["tierslieux.funding.agreement"]
        granted = {agreement: grant["due"]}
        for other, amount in self._query_other_grants():
            granted[others.browse(other)] = amount
        lines = [
            {
                "kind": "grant" if one == agreement else "other_grant",
                "line": one.line_id.code or "74",
                **self._grant_names(one),
                "date": None,
                "account": "",
                "entry": "",
                "action": "",
                "cost": amount,
            }
            for one, amount in granted.items()
        ]
        lines += [
            {"kind": "posted", **line}
            for line in self._content_posted(bricks, "product")
        ]
        own, over = own_resources(
            sum(line["cost"] for line in expenses), sum(line["cost"] for line in lines)
        )
        grant["over_funding"] = over
        lines.append(
            {
                "kind": "own",
                "line": "own",
                "partner": self.company_id.name,
                "label": names["own"],
                "date": None,
                "account": "",
                "entry": "",
                "action": "",
                "cost": own,
            }
        )
        return [{**line, "number": number} for number, line in enumerate(lines, 1)]

    def _content_posted(self, bricks, *sides):
        """Posted lines of some sides of the form, numbered."""
        names = dict(
            self.agreement_id.action_ids.mapped(lambda one: (one.id, one.name))
        )
        return [
            {
                "number": number,
                **row,
                "brick": bricks.get(row.pop("brick_id")) or "",
                "action": names.get(row.pop("action_id"), ""),
            }
            for number, row in enumerate(
                (row for row in self._query_posted() if row["side"] in sides), 1
            )
        ]

    def _content_bricks(self, bricks, lines, expenses):
        """``[{id, code, name, actions, table}]``: the expenses of each brick."""
        charges = [line for line in lines if line["side"] == "charge"]
        found = []
        for number, code in bricks.items():
            brick = self.env["tierslieux.funding.brick"].browse(number)
            actions = self.agreement_id.action_ids & brick.action_ids
            actual = _by_form_line(
                *(line for line in expenses if line["brick"] == code)
            )
            found.append(
                {
                    "id": number,
                    "code": code,
                    "name": brick.name,
                    "actions": actions.mapped("name"),
                    "table": table(charges, self._planned_costs(actions), actual),
                }
            )
        return found

    def _planned_costs(self, actions):
        """``{line: cents}`` of the planned costs of actions, money alone."""
        return {
            category.code: cents(amount)
            for category, amount in self.env["tierslieux.funding.cost"]._read_group(
                [("action_id", "in", actions.ids), ("in_kind", "=", False)],
                ["category_id"],
                ["amount:sum"],
            )
        }

    def _planned(self, actions):
        """``{line: cents}`` planned: costs; of income, the agreements of these actions,
        then what the sources of the plan add to them, then own resources; class 8 on
        both sides."""
        planned = self._planned_costs(actions)
        charges = sum(planned.values())
        income = {}
        by_source = self._planned_sources(actions)
        agreements = self.env["tierslieux.funding.agreement"].search(
            [("action_ids", "in", actions.ids), ("state", "in", GIVEN)]
        )
        for agreement in (self.agreement_id | agreements).filtered(
            lambda one: one.action_ids <= actions
        ):
            amount = cents(agreement.amount)
            code = agreement.line_id.code or "74"
            income[code] = income.get(code, 0) + amount
            source = agreement.source_id
            by_source[source] = max(0, by_source.get(source, 0) - amount)
        for source, amount in by_source.items():
            room = charges - sum(income.values())
            code = source.line_id.code or "own"
            taken = max(0, min(room, amount))
            if taken:
                income[code] = income.get(code, 0) + taken
        own, _over = own_resources(charges, sum(income.values()))
        if own:
            income["own"] = income.get("own", 0) + own
        return {**planned, **income, **self._planned_in_kind(actions)}

    def _planned_sources(self, actions):
        """``{source: cents}`` that the plan expects of each for these actions; of the
        shares of a phase, as much as the actions take in its costs."""
        found = {}
        for action in actions:
            if action.share_ids:
                shares, cost, whole = action.share_ids, 1, 1
            else:
                shares = action.phase_id.share_ids
                cost = cents(action.planned_cost)
                whole = cents(action.phase_id.shared_cost)
            for share in shares:
                part = Fraction(cents(share.amount) * cost, whole) if whole else 0
                found[share.source_id] = found.get(share.source_id, 0) + part
        return {source: nearest(amount) for source, amount in found.items()}

    def _planned_in_kind(self, actions):
        """Planned uses in kind, and as much of contributions: what is used was given.
        Volunteers give time, services are services, the rest is gifts."""
        uses = {
            category.code: cents(amount)
            for category, amount in self.env["tierslieux.funding.cost"]._read_group(
                [("action_id", "in", actions.ids), ("in_kind", "=", True)],
                ["category_id"],
                ["amount:sum"],
            )
        }
        given = {}
        for code, amount in uses.items():
            source = {"864": "870", "862": "871", "861": "871"}.get(code, "875")
            given[source] = given.get(source, 0) + amount
        return {**uses, **given}

    def _content_tranches(self):
        return [
            {
                "name": one.name,
                "condition": one.condition or "",
                "expected": one.expected_on and one.expected_on.isoformat() or "",
                "called": one.called_on and one.called_on.isoformat() or "",
                "received_on": one.received_on and one.received_on.isoformat() or "",
                "amount": cents(one.amount),
                "received": cents(one.received_amount),
            }
            for one in self.agreement_id.tranche_ids
        ]

    def _content_entries(self):
        """Entries of the grant itself: the award, what is put aside of it, what other
        projects handed on to it, calls, and the payments that came."""
        agreement = self.agreement_id
        postings = self.env["tierslieux.funding.posting"].search(
            Domain("date", "<=", self.posted_until)
            & (
                Domain("agreement_id", "=", agreement.id)
                | Domain("receiver_id", "=", agreement.id)
            )
        )
        kinds = dict(postings._fields["kind"]._description_selection(self.env))
        came = self.env._("Fonds dédiés of another project")
        entries = [
            (
                one.date,
                came if one.receiver_id == agreement else kinds[one.kind],
                one.move_id.name,
                cents(one.amount),
            )
            for one in postings
        ]
        matched = self.agreement_id.tranche_ids.call_line_id.matched_credit_ids
        entries += [
            (
                one.credit_move_id.date,
                self.env._("Payment received"),
                one.credit_move_id.move_id.name,
                cents(one.amount),
            )
            for one in matched
            if one.credit_move_id.date <= self.posted_until
        ]
        return [
            {"date": day.isoformat(), "kind": kind, "entry": entry, "amount": amount}
            for day, kind, entry, amount in sorted(entries)
        ]

    def _content_keys(self):
        """The keys adopted for shared costs of the period: their words for the annex,
        and the part of each action in thousandths of a per cent."""
        keys = self.env["tierslieux.funding.driver"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("adopted_on", "!=", False),
                ("date_from", "<=", self.date_to),
                ("date_to", ">=", self.date_from),
                ("part_ids.action_id", "in", self.agreement_id.action_ids.ids),
            ],
            order="date_from, id",
        )
        kinds = dict(keys._fields["kind"]._description_selection(self.env))
        return [
            {
                "name": key.name,
                "driver": kinds[key.kind],
                "wording": key.wording,
                "parts": [
                    {
                        "name": part.display_name,
                        "quantity": round(part.quantity * 1000),
                        "share": share,
                    }
                    for part, share in key._percents().items()
                ],
            }
            for key in keys
        ]

    def _content_time(self):
        """Confirmed time given to the actions. A funder reads who gave it by initials:
        the association keeps the names."""
        times = self.env["tierslieux.volunteer.time"].search(
            [
                ("action_id", "in", self.agreement_id.action_ids.ids),
                ("state", "=", "confirmed"),
                ("date", ">=", self.date_from),
                ("date", "<=", min(self.date_to, self.posted_until)),
            ],
            order="date, id",
        )
        return [
            {
                "date": one.date.isoformat(),
                "person": initials(one.partner_id.name),
                "action": one.action_id.name,
                "note": one.note or "",
                "qualification": one.qualification_id.name or "",
                "minutes": one.minutes,
                "rate": cents(one.rate_id.hourly),
                "value": cents(one.value),
            }
            for one in times
        ]


def _by_form_line(*lines):
    """``{line of the form: cents}``; what has none yet is a control's to tell."""
    found = {}
    for line in lines:
        if line["line"]:
            found[line["line"]] = found.get(line["line"], 0) + line["cost"]
    return found
