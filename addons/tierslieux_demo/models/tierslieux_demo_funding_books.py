# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
from datetime import date

from odoo import fields, models
from odoo.tools import format_date

from .. import papers
from ..domain import funding, funding_books
from .tierslieux_demo_users import LOGINS

VOLUNTEERS = 12
#: A balance that the funder has not paid yet.
LATE = ("metropolis_before", "Solde")


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _stages(self):
        return [
            *super()._stages(),
            (self.env._("awards and tranches"), "_load_awards"),
            (self.env._("volunteering and gifts in kind"), "_load_contributions"),
            (self.env._("year-end of funding"), "_load_year_end"),
        ]

    def _as_treasurer(self):
        treasurer = self.env["res.users"].search(
            [("login", "=", LOGINS["treasurer"])], limit=1
        )
        return self.with_user(treasurer)

    def _load_awards(self, data, ids):
        """What was granted is in the books; tranches are called and paid in time, but
        for one."""
        today = fields.Date.context_today(self)
        books = self._as_treasurer()
        agreements = books.env["tierslieux.funding.agreement"]
        for done, (key, number) in enumerate(ids["agreements"].items(), 1):
            agreement = agreements.browse(number)
            if key == "foundation":
                agreement.posting_nature = "contribution"
            if agreement.to_post:
                granted = agreement._granted_on()
                agreement._post_award(granted)
                if agreement.state == "signed":
                    self._load_tranches(key, agreement, granted, today)
            yield done, len(ids["agreements"])

    def _load_tranches(self, key, agreement, granted, today):
        for tranche in agreement.tranche_ids:
            if not tranche.expected_on:
                continue
            called, paid = funding_books.tranche_days(tranche.expected_on, granted)
            if called >= today:
                continue
            tranche.called_on = called
            tranche._post_call()
            if paid < today and (key, tranche.name) != LATE:
                tranche._match(self._bank_payment(tranche, paid).with_env(tranche.env))

    def _bank_payment(self, tranche, day):
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", tranche.company_id.id)], limit=1
        )
        agreement = tranche.agreement_id
        return self.env["account.bank.statement.line"].create(
            {
                "journal_id": journal.id,
                "date": day,
                "amount": tranche.amount,
                "partner_id": agreement.funder_id.id,
                "payment_ref": f"VIR {agreement.funder_id.name} {agreement.reference}",
            }
        )

    def _load_contributions(self, data, ids):
        """Volunteers' time and gifts, confirmed by the treasurer but for this month;
        workshops are at the venue of the first manager, who confirms them there."""
        today = fields.Date.context_today(self)
        year = data["funding"]["year"]
        books = self._as_treasurer()
        qualifications = self._load_rates(year)
        actions = books.env["tierslieux.funding.action"].browse(
            number
            for (of_year, name), number in ids["actions"].items()
            if name in funding_books.VOLUNTEERING and of_year >= year - 1
        )
        actions.volunteering = True
        volunteers = self._volunteers(data, ids)
        rows = funding_books.volunteering(year, today, len(volunteers))
        managed = next(iter(data["roles"]["managers"]), None)
        times = books.env["tierslieux.volunteer.time"].create(
            [
                {
                    "partner_id": volunteers[row["person"]],
                    "action_id": ids["actions"][row["year"], row["action"]],
                    "date": row["date"],
                    "minutes": row["minutes"],
                    "note": row["note"],
                    "venue_id": ids["venues"].get(managed)
                    if row["action"] == funding_books.WORKSHOP
                    else False,
                    "qualification_id": qualifications[row["qualification"]].id,
                }
                for row in rows
            ]
        )
        times.filtered(lambda time: time.date < today.replace(day=1)).action_confirm()
        yield 1, 3
        self._load_gifts(books, year, ids)
        yield 2, 3
        last = fields.Date.subtract(today.replace(day=1), days=1)
        books.env["tierslieux.funding.posting"]._post_contributions(
            self.env.company, last, today
        )
        yield 3, 3

    def _load_rates(self, year):
        found = {
            name: self.env.ref(f"tierslieux_funding.qualification_{name}")
            for name in ("general", "skilled")
        }
        day = date(year - 1, 1, 8)
        source = funding_books.SKILLED["source"]
        found["skilled"].rate_ids.create(
            {
                **funding_books.SKILLED,
                "source": source.format(day=format_date(self.env, day)),
                "qualification_id": found["skilled"].id,
                "date_from": date(year - 1, 1, 1),
                "adopted_on": day,
            }
        )
        return found

    def _volunteers(self, data, ids):
        """The member who signs in, and others."""
        member = ids["contacts"][data["roles"]["member"]]
        others = [number for number in ids["contacts"].values() if number != member]
        return [member, *others[: VOLUNTEERS - 1]]

    def _load_gifts(self, books, year, ids):
        metropolis = self.env["tierslieux.funding.agreement"].browse(
            ids["agreements"][funding.METROPOLIS]
        )
        gifts = books.env["tierslieux.in.kind"].create(
            [
                {
                    "action_id": ids["actions"][row.pop("year"), row.pop("action")],
                    "partner_id": metropolis.funder_id.id,
                    "evidence": base64.b64encode(
                        papers.paper(row["name"], [row["valuation"]])
                    ),
                    "evidence_name": "attestation.pdf",
                    **row,
                }
                for row in funding_books.in_kind(year)
            ]
        )
        gifts.action_confirm()

    def _load_year_end(self, data, ids):
        """Last year is closed: what was not spent is in fonds dédiés."""
        books = self._as_treasurer()
        books.env["tierslieux.funding.year.end"].create(
            {"date_to": date(data["funding"]["year"] - 1, 12, 31)}
        ).action_post()
        yield 1, 1
