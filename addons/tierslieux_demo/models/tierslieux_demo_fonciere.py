# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
from datetime import datetime, time, timedelta

from freezegun import freeze_time

from odoo import fields, models
from odoo.fields import Command

from .. import papers
from ..domain import fonciere


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _stages(self):
        return [
            *super()._stages(),
            (self.env._("foncière"), "_load_fonciere"),
            (self.env._("share register"), "_load_shares"),
        ]

    def _load_fonciere(self, data, ids):
        """A SCIC of its own, its buildings and their issues; ``ids["issues"]`` in the
        order of the buildings."""
        today = fields.Date.context_today(self)
        company = self._create_fonciere()
        yield 1, 3
        loader = self.with_company(company)
        conditions = loader.env["tierslieux.share.conditions"].create(
            {
                "company_id": company.id,
                "version": "1",
                "content": fonciere.CONDITIONS,
                "adopted_on": today - timedelta(days=fonciere.OPENED + 30),
            }
        )
        venues = self.env["tierslieux.venue"].browse(ids["venues"].values())
        venues = venues.filtered("is_published")[: len(fonciere.BUILDINGS)]
        ids["issues"] = []
        for row, values, venue in zip(
            fonciere.BUILDINGS, fonciere.issues(today), venues, strict=True
        ):
            building = loader._create_building(row, company, venue, today)
            issue = loader.env["tierslieux.share.issue"].create(
                {
                    **values,
                    "property_id": building.id,
                    "nominal": fonciere.NOMINAL,
                    "conditions_id": conditions.id,
                    "document_ids": [
                        Command.create(
                            {
                                "kind": kind,
                                "name": f"{name}.pdf",
                                "file": base64.b64encode(
                                    papers.paper(name, [company.name, values["name"]])
                                ),
                            }
                        )
                        for kind, name in fonciere.DOCUMENTS.items()
                    ],
                }
            )
            issue.action_open()
            ids["issues"].append(issue.id)
        yield 3, 3

    def _create_fonciere(self):
        company = self.env["res.company"].create(
            {
                **fonciere.COMPANY,
                "country_id": self.env.ref("base.fr").id,
                "currency_id": self.env.ref("base.EUR").id,
            }
        )
        company.partner_id.write(
            {
                # not before: its domain would be looked up at Odoo's
                "email": "fonciere@reseau.example.org",
                "lang": "fr_FR",
                "tz": "Europe/Paris",
            }
        )
        users = self.env["res.users"].search(
            [
                (
                    "all_group_ids",
                    "in",
                    [
                        self.env.ref("tierslieux_network.group_treasurer").id,
                        self.env.ref("tierslieux_network.group_board").id,
                    ],
                )
            ]
        )
        (users | self.env.user).write({"company_ids": [Command.link(company.id)]})
        self.env["account.chart.template"].try_loading("fr", company)
        journal = self.env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "=", "bank")], limit=1
        )
        journal.bank_account_id = self.env["res.partner.bank"].create(
            {
                "acc_number": fonciere.IBAN,
                "partner_id": company.partner_id.id,
                "company_id": company.id,
            }
        )
        return company

    def _create_building(self, row, company, venue, today):
        create = Command.create
        return self.env["tierslieux.property"].create(
            {
                **{
                    name: row[name]
                    for name in ("name", "summary", "description", "surface", "state")
                },
                "company_id": company.id,
                "partner_id": venue.partner_id.id,
                "venue_ids": [Command.set(venue.ids)],
                "image_1920": venue.image_1920,
                "is_published": True,
                "cost_ids": [
                    create({"kind": kind, "name": name, "amount": amount})
                    for kind, name, amount in row["costs"]
                ],
                "financing_ids": [
                    create(
                        {
                            "kind": kind,
                            "name": name,
                            "amount_planned": planned,
                            "amount_granted": granted,
                        }
                    )
                    for kind, name, planned, granted in row["financing"]
                ],
                "work_ids": [
                    create({"name": name, "state": state, "amount": amount})
                    for name, state, amount in row["works"]
                ],
                "valuation_ids": [
                    create(
                        {
                            "date": today - timedelta(days=200),
                            "amount": row["value"],
                            "valuer": "Cabinet Lacroix, expert près la cour d’appel",
                        }
                    )
                ],
            }
        )

    def _load_shares(self, data, ids):
        """What happened since the issue opened, on the day it did."""
        today = fields.Date.context_today(self)
        issue, small = self.env["tierslieux.share.issue"].browse(ids["issues"])
        scene = self.with_company(issue.company_id)
        people = scene._subscribers(data, ids)
        found = {}
        rows = fonciere.events(today, len(people))
        for done, (day, what, rank, shares) in enumerate(rows, 1):
            with freeze_time(datetime.combine(day, time(10))):
                act = getattr(scene, f"_share_{what}")
                act(issue.with_env(scene.env), people, found, rank, shares)
            if done % 20 == 0:
                yield done, len(rows) + 1
        scene._fill_small_issue(small.with_env(scene.env), people, today)
        self.env["tierslieux.share.subscription"].with_env(scene.env)._cron_expire()
        yield len(rows) + 1, len(rows) + 1

    def _subscribers(self, data, ids):
        """The member who signs in, and others."""
        member = ids["contacts"][data["roles"]["member"]]
        others = [number for number in ids["contacts"].values() if number != member]
        return self.env["res.partner"].browse([member, *others])

    def _share_subscribe(self, issue, people, found, rank, shares):
        found[rank] = issue._subscribe(people[rank], shares, issue.conditions_id)

    def _share_pay(self, issue, people, found, rank, shares):
        self._pay_shares(found[rank], found[rank].amount)

    def _share_part(self, issue, people, found, rank, shares):
        self._pay_shares(found[rank], shares * fonciere.NOMINAL)

    def _share_admit(self, issue, people, found, rank, shares):
        paid = issue.subscription_ids.filtered(
            lambda one: one.state == "paid" and not one.admitted_on
        )
        paid._admit(fields.Date.context_today(self))

    def _share_refuse(self, issue, people, found, rank, shares):
        found[rank]._refuse("Le dossier est incomplet : une pièce manque.")

    def _share_transfer(self, issue, people, found, rank, shares):
        self.env["tierslieux.share.transfer"].create(
            {
                "company_id": issue.company_id.id,
                "giver_id": people[rank].id,
                "receiver_id": people[0].id,
                "quantity": shares,
                "gratuitous": True,
                "deed": "Ordre de mouvement n° 1",
            }
        ).action_record()

    def _share_withdraw(self, issue, people, found, rank, shares):
        self.env["tierslieux.share.redemption"]._request(
            issue.company_id, people[rank], shares, "Déménagement"
        )

    def _pay_shares(self, subscription, amount):
        journal = self.env["account.journal"].search(
            [("company_id", "=", subscription.company_id.id), ("type", "=", "bank")],
            limit=1,
        )
        self.env["account.bank.statement.line"].create(
            {
                "journal_id": journal.id,
                "date": fields.Date.context_today(self),
                "amount": amount,
                "payment_ref": f"VIR {subscription.partner_id.name} "
                f"{subscription.reference}",
            }
        )

    def _fill_small_issue(self, issue, people, today):
        """All its shares are taken: one paid too late, and waits."""
        start = datetime.combine(today - timedelta(days=15), time(10))
        with freeze_time(start):
            late = issue._subscribe(people[5], 10, issue.conditions_id)
        with freeze_time(start + timedelta(days=5)):
            first = issue._subscribe(people[8], 20, issue.conditions_id)
            self._pay_shares(first, first.amount)
        issue._subscribe(people[9], 40, issue.conditions_id)
        self._pay_shares(late, late.amount)
