# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
from datetime import datetime, time, timedelta

from freezegun import freeze_time

from odoo import fields, models
from odoo.fields import Command

#: Euros for an application.
FEE = 120
#: Days before today.
FIRST_RULES, SECOND_RULES = 1200, 60
LICENCES = 12
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120">'
    '<circle cx="60" cy="60" r="56" fill="#1f4e5f"/>'
    '<path d="M30 82V54l30-24 30 24v28z" fill="#fff"/></svg>'
)
#: Criterion → what a venue writes to show it.
SHOWN = {
    "opening": "Ouvert du lundi au vendredi, une soirée publique par semaine.",
    "territory": "Un atelier de réparation monté avec la commune et deux écoles.",
    "accessibility": "Rampe posée en 2025 ; les sanitaires restent à refaire.",
    "user": "Les usagers se réunissent chaque trimestre et proposent le programme.",
    "economy": "Locations 52 %, ateliers 28 %, subventions 20 %.",
    "open_model": "Tarifs, plans et budget sont publiés sur le site du lieu.",
}
SEEN = "Vu lors de la visite, avec deux usagers."
#: Ranks by criterion, in their order: the first view, a year on, now.
FIRST, LATER, NOW = (1, 2, 1, 1, 2, 1), (2, 2, 1, 2, 3, 1), (3, 3, 2, 2, 3, 2)


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _stages(self):
        return [
            *super()._stages(),
            (self.env._("marks and licences"), "_load_brand"),
        ]

    def _load_brand(self, data, ids):
        """A mark in force: licences in each state, one with two years of reviews and a
        plan, and an application at each step."""
        today = fields.Date.context_today(self)
        roles = data["roles"]
        users = self.env["res.users"]
        rules = self._load_rules(
            users.search(
                [("partner_id", "in", [ids["contacts"][key] for key in roles["board"]])]
            ),
            today,
        )
        mark = rules[0].brand_id
        applications = self.env["tierslieux.brand.application"]
        venues = self.env["tierslieux.venue"].browse(
            [ids["venues"][key] for key in roles["managers"]]
        )
        # first those that could apply: their pages say so today
        eligible = venues.filtered(
            lambda venue: all(
                gate.passed
                for gate, _text in applications.new(
                    {"brand_id": mark.id, "venue_id": venue.id}
                )._check_gates()
            )
        )
        venues = eligible | venues.filtered(lambda venue: venue.state == "open")
        yield 1, 3
        self._load_assessed(rules[0], venues[:1], venues[1:2].manager_ids, today)
        self._load_steps(rules[1], venues[1:5], venues[0].manager_ids, today)
        yield 2, 3
        self._load_standings(rules, venues[5:9], today)
        for venue in venues[9 : 9 + LICENCES]:
            self._license(rules[0], venue, today, 500)
        yield 3, 3

    def _load_rules(self, committee, today):
        """The rules of use in two versions."""
        rules = self.env.ref("tierslieux_brand.rules_territorial_1")
        rules.write(
            {
                "date_from": today - timedelta(days=FIRST_RULES),
                "adopted_on": today - timedelta(days=FIRST_RULES),
                "decision": "Assemblée générale constitutive",
            }
        )
        second = rules.copy(
            {
                "number": 2,
                "date_from": today - timedelta(days=SECOND_RULES),
                "replaces_id": rules.id,
                "decision": "Assemblée générale, révision du règlement d’usage",
                "appeal_days": 90,
                "users": rules.users
                + " Un lieu qui déménage le dit dans le mois : la licence suit après "
                "une visite.",
            }
        )
        second.adopted_on = today - timedelta(days=SECOND_RULES)
        # no letter to whoever follows the registration
        rules.brand_id.with_context(mail_activity_quick_update=True).write(
            {
                "committee_ids": committee.ids,
                "product_id": self._fee_product().id,
                "registration_ids": [
                    Command.create(
                        {
                            "number": "00 0000001",
                            "classes": "35, 41, 43",
                            "date_from": today - timedelta(days=FIRST_RULES),
                            "date_to": today + timedelta(days=3652 - FIRST_RULES),
                            "user_id": committee[:1].id,
                        }
                    )
                ],
                "asset_ids": [
                    Command.create(
                        {
                            "name": "Logo (SVG)",
                            "file_name": "logo.svg",
                            "file": base64.b64encode(LOGO.encode()),
                        }
                    )
                ],
            }
        )
        return rules + second

    def _fee_product(self):
        return self.env["product.product"].create(
            {
                "name": "Étude d’une demande de licence",
                "type": "service",
                "list_price": FEE,
                "property_account_income_id": self.env["account.chart.template"]
                .ref("pcg_706")
                .id,
            }
        )

    def _at(self, today, days):
        return datetime.combine(today - timedelta(days=days), time(9))

    def _assess(self, kind, user, ranks, sent=None, **values):
        """A view of a venue; ``ranks`` in the order of the criteria."""
        parent = values.get("application_id") or values["licence_id"]
        if kind == "yearly":
            grid = self.env["tierslieux.brand.licence"].browse(parent).rules_id.grid_id
        else:
            grid = self.env["tierslieux.brand.application"].browse(parent).grid_id
        assessment = self.env["tierslieux.brand.assessment"].create(
            {
                "kind": kind,
                "user_id": user.id,
                "summary": "Un lieu vivant, bien tenu." if kind == "peer" else False,
                "line_ids": [
                    Command.create(
                        {
                            "criterion_id": criterion.id,
                            "rank": rank,
                            "comment": rank >= 0
                            and (SEEN if kind == "peer" else SHOWN[criterion.code]),
                        }
                    )
                    for criterion, rank in zip(grid.criterion_ids, ranks, strict=True)
                ],
                **values,
            }
        )
        if sent:
            assessment._submit(sent)
            assessment.flush_recordset()

    def _apply(self, rules, venue, today, days, **values):
        """An application sent some days ago, with the venue's own view."""
        manager = venue.manager_ids[:1]
        sent = self._at(today, days)
        application = self.env["tierslieux.brand.application"].create(
            {
                "brand_id": rules.brand_id.id,
                "venue_id": venue.id,
                "user_id": manager.id,
                "grid_id": rules.grid_id.id,
                "statement": "Rejoindre la démarche et apprendre des autres lieux.",
                "rules_id": rules.id,
                "accepted_by_id": manager.id,
                "accepted_at": sent,
                "submitted_at": sent,
                "state": "submitted",
                **values,
            }
        )
        application.gates = [
            [gate.code, gate.passed, sentence]
            for gate, sentence in application._check_gates()
        ]
        self._assess("self", manager, FIRST, sent, application_id=application.id)
        with freeze_time(sent):
            application._invoice_fee()
        return application

    def _decided(self, application, today, days, state, motive):
        committee = application.brand_id.committee_ids
        for user in committee:
            self._opine(
                application, user, "for" if state == "granted" else "against", motive
            )
        count = len(committee)
        application.write(
            {
                "state": state,
                "decided_at": self._at(today, days),
                "decided_by_id": committee[:1].id,
                "motive": motive,
                "verdict": {
                    "outcome": state,
                    "present": count,
                    "quorum": application.rules_id.quorum,
                    "in_favour": count if state == "granted" else 0,
                    "against": 0 if state == "granted" else count,
                },
            }
        )
        self._pay(
            application.move_id,
            today - timedelta(days=days),
            self.env._("Fees received by transfer"),
        )

    def _opine(self, application, user, choice, motive):
        self.env["tierslieux.brand.opinion"].create(
            {
                "application_id": application.id,
                "user_id": user.id,
                "choice": choice,
                "motive": motive,
            }
        )

    def _license(self, rules, venue, today, days, *events, months=36, application=None):
        """A licence granted some days ago, and what happened to it since."""
        start = today - timedelta(days=days)
        decider = rules.brand_id.committee_ids[:1]
        grant = {
            "kind": "grant",
            "date": start,
            "date_to": fields.Date.add(start, months=months),
            "rules_id": rules.id,
            "motive": "Les six critères sont tenus.",
            "application_id": application and application.id,
        }
        licences = self.env["tierslieux.brand.licence"]
        rank = licences.search_count([]) + 1
        return licences.create(
            {
                "number": f"{rules.brand_id.code}-{start.year}-{rank:04}",
                "brand_id": rules.brand_id.id,
                "venue_id": venue.id,
                "event_ids": [
                    Command.create({"user_id": decider.id, **event})
                    for event in (grant, *events)
                ],
            }
        )

    def _load_assessed(self, rules, venue, peer, today):
        """A licence with its reviews of two years, its plan, and its renewal begun."""
        manager = venue.manager_ids[:1]
        application = self._apply(rules, venue, today, 850)
        self._assess(
            "peer",
            peer[:1],
            FIRST,
            self._at(today, 830),
            application_id=application.id,
        )
        motive = "Les six critères sont tenus ; l’accessibilité est à suivre."
        self._decided(application, today, 800, "granted", motive)
        licence = self._license(rules, venue, today, 800, application=application)
        application.licence_id = licence
        criteria = {one.code: one for one in rules.grid_id.criterion_ids}
        application.target_ids = [
            Command.create(
                {
                    "criterion_id": criteria[code].id,
                    "rank": rank,
                    "date": today + timedelta(days=days),
                    "action": action,
                }
            )
            for code, rank, days, action in (
                ("accessibility", 3, -30, "Refaire les sanitaires, tarif solidaire."),
                ("user", 4, 300, "Un conseil d’usagers qui vote le programme."),
                ("open_model", 3, 200, "Publier le guide de l’atelier."),
            )
        ]
        for days, ranks in ((435, LATER), (70, NOW)):
            self._assess(
                "yearly", manager, ranks, self._at(today, days), licence_id=licence.id
            )
        renewal = self.env["tierslieux.brand.application"].create(
            {
                "brand_id": rules.brand_id.id,
                "venue_id": venue.id,
                "licence_id": licence.id,
                "user_id": manager.id,
                "grid_id": rules.grid_id.id,
                "statement": "Trois ans après, nous voulons aller plus loin.",
            }
        )
        self._assess("self", manager, NOW, application_id=renewal.id)

    def _load_standings(self, rules, venues, today):
        """A licence suspended, with an open appeal, one withdrawn, one expired and
        one renewed under the new rules."""
        first, second = rules
        days = today - timedelta(days=20)
        told = (
            (
                {
                    "kind": "suspension",
                    "date": days,
                    "motive": "Revue annuelle restée sans réponse.",
                },
                {
                    "kind": "appeal",
                    "date": today - timedelta(days=5),
                    "motive": "La revue est prête : nous avions perdu l’accès.",
                },
            ),
            (
                {
                    "kind": "withdrawal",
                    "date": days,
                    "motive": "La marque servait à un autre lieu.",
                },
            ),
            (),
            (
                {
                    "kind": "renewal",
                    "date": today - timedelta(days=30),
                    "date_to": fields.Date.add(today, months=35),
                    "rules_id": second.id,
                    "motive": "Trois années de progrès.",
                },
            ),
        )
        granted = (500, 620, 1110, 1070)
        for venue, start, events in zip(venues, granted, told, strict=False):
            self._license(first, venue, today, start, *events)

    def _load_steps(self, rules, venues, reviewer, today):
        """An application sent, one under review, one before the committee with a first
        opinion, one refused."""
        applications = [
            self._apply(rules, venue, today, days)
            for venue, days in zip(venues, (3, 12, 25, 40), strict=False)
        ]
        peers = (None, reviewer[:1], venues[:1].manager_ids[:1], reviewer[:1])
        for rank, (application, peer) in enumerate(
            zip(applications, peers, strict=False)
        ):
            if not peer:
                continue
            sent = self._at(today, 8) if rank > 1 else None
            ranks = LATER if rank == 2 else (0, *FIRST[1:])
            self._assess(
                "peer",
                peer,
                ranks if sent else (-1,) * len(FIRST),
                sent,
                application_id=application.id,
            )
            application.state = "committee" if sent else "review"
            if rank == 2:
                self._opine(
                    application,
                    rules.brand_id.committee_ids[:1],
                    "for",
                    "Le regard du pair est clair.",
                )
            if rank == 3:
                motive = "Le lieu n’est pas encore ouvert à tous : revenir dans un an."
                self._decided(application, today, 2, "refused", motive)
