# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
from datetime import date

from odoo import fields, models
from odoo.tools import format_date

from .. import papers
from ..domain import funding, organisations
from .tierslieux_demo_users import FUNDER, LOGINS
from .tierslieux_demo_venues import DISCLAIMER

DOCUMENTS = {
    "application": "Demande de subvention",
    "budget": "Budget prévisionnel",
    "notification": "Lettre de notification",
    "convention": "Convention signée",
    "amendment": "Avenant signé",
}
#: What a funder gave or signed, it may look at again.
SHOWN = {"budget", "convention", "amendment"}


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _stages(self):
        return [
            *super()._stages(),
            (self.env._("funding plans"), "_load_funding_plans"),
            (self.env._("funding agreements"), "_load_agreements"),
        ]

    def _load_funding_plans(self, data, ids):
        """``ids["actions"]`` is ``{(year, name): id}``."""
        today = fields.Date.context_today(self)
        data["funding"] = funding.generate(today)
        codes = {
            name: self._codes(f"tierslieux.funding.{name}")
            for name in ("source", "category")
        }
        found = ids["actions"] = {}
        plans = data["funding"]["plans"]
        for done, plan in enumerate(plans, 1):
            record = self.env["tierslieux.funding.plan"].create(
                {
                    "name": plan["name"],
                    "phase_ids": [
                        fields.Command.create(
                            self._phase_values(plan["year"] + rank, *phase, codes)
                        )
                        for rank, phase in enumerate(plan["phases"])
                    ],
                }
            )
            for action in record.action_ids:
                found[action.phase_id.date_from.year, action.name] = action.id
            yield done, len(plans)

    def _phase_values(self, year, shares, bricks, codes):
        create = fields.Command.create
        return {
            "name": str(year),
            "date_from": date(year, 1, 1),
            "date_to": date(year, 12, 31),
            "share_ids": self._shares(shares, codes),
            "brick_ids": [
                create(
                    {
                        "name": name,
                        "sequence": rank,
                        "action_ids": [
                            create(self._action_values(place, *action, codes=codes))
                            for place, action in enumerate(actions)
                        ],
                    }
                )
                for rank, (name, actions) in enumerate(bricks)
            ],
        }

    def _action_values(self, rank, name, costs, shares=None, *, codes):
        return {
            "name": name,
            "sequence": rank,
            "share_ids": self._shares(shares or {}, codes),
            "cost_ids": [
                fields.Command.create(
                    {
                        "category_id": codes["category"][code],
                        "name": label,
                        "quantity": quantity,
                        "unit": unit,
                        "unit_price": price,
                    }
                )
                for code, label, quantity, unit, price in costs
            ],
        }

    def _shares(self, shares, codes):
        return [
            fields.Command.create(
                {"source_id": codes["source"][source], "percent": percent}
            )
            for source, percent in shares.items()
        ]

    def _load_agreements(self, data, ids):
        """Agreements as they went through their states; ``ids["agreements"]`` is
        ``{key: id}``."""
        funders = self._load_funders(data, ids)
        treasurer = self.env["res.users"].search(
            [("login", "=", LOGINS["treasurer"])], limit=1
        )
        # an activity is assigned without a letter
        loader = self.with_context(mail_activity_quick_update=True)
        found = ids["agreements"] = {}
        rows = data["funding"]["agreements"]
        for done, row in enumerate(rows, 1):
            agreement = loader._create_agreement(row, ids, funders, treasurer)
            loader._follow_agreement(agreement, row)
            found[row["key"]] = agreement.id
            yield done, len(rows)

    def _load_funders(self, data, ids):
        forms = self._codes("tierslieux.legal.form")
        name, _insee_code = organisations.METROPOLISES["lyon"]
        metropolis = next(row for row in data["organisations"] if row["name"] == name)
        foundation = self.env["res.partner"].search(
            [("name", "=", FUNDER["name"]), ("is_company", "=", True)], limit=1
        )
        rows = data["funding"]["funders"]
        partners = self.env["res.partner"].create(
            [
                {
                    "name": row["name"],
                    "is_company": True,
                    "country_id": self.env.ref("base.fr").id,
                    "legal_form_id": forms[row["legal_form"]],
                    "comment": DISCLAIMER,
                    "lang": "fr_FR",
                    "tz": "Europe/Paris",
                }
                for row in rows
            ]
        )
        return {
            funding.METROPOLIS: ids["organisations"][metropolis["key"]],
            funding.FOUNDATION: foundation.id,
            **dict(zip((row["key"] for row in rows), partners.ids, strict=True)),
        }

    def _create_agreement(self, row, ids, funders, treasurer):
        codes = {
            name: self._codes(f"tierslieux.funding.{name}")
            for name in ("source", "category")
        }
        create = fields.Command.create
        actions = [
            ids["actions"][year, name]
            for year, names in row["actions"].items()
            for name in names
        ]
        day = row["events"][0][1] if row["events"] else fields.Date.context_today(self)
        agreement = self.env["tierslieux.funding.agreement"].create(
            {
                "name": row["name"],
                "reference": row.get("reference"),
                "funder_id": funders[row["funder"]],
                "source_id": codes["source"][row["source"]],
                "line_id": codes["category"][row["line"]],
                "user_id": treasurer.id,
                "notification_secures": row.get("binding", False),
                "action_ids": [fields.Command.set(actions)],
                **row["terms"],
                "category_ids": [
                    fields.Command.link(codes["category"][code])
                    for code in row.get("categories", [])
                ],
                "cap_ids": [
                    create({"category_id": codes["category"][code], "amount": amount})
                    for code, amount in row.get("caps", [])
                ],
                "tranche_ids": [
                    create(
                        {
                            "sequence": rank,
                            "name": self._tranche_name(rank, row["tranches"]),
                            "kind": "percent" if percent else "balance",
                            "percent": percent,
                            "condition": condition,
                            "expected_on": expected,
                        }
                    )
                    for rank, (percent, condition, expected) in enumerate(
                        row.get("tranches", []), 1
                    )
                ],
                "requirement_ids": [
                    create({"kind": kind, "name": name, "due_on": due})
                    for kind, name, due, _met_on in row.get("requirements", [])
                ],
            }
        )
        self._file_documents(agreement, row, day)
        return agreement

    def _tranche_name(self, rank, tranches):
        if rank == len(tranches):
            return "Solde"
        return "Acompte" if rank == 1 else f"{rank}ᵉ acompte"

    def _file_documents(self, agreement, row, day):
        days = {**dict(row["events"]), "requested": day}
        on = {
            "application": "requested",
            "budget": "requested",
            "notification": "notified",
            "convention": "signed",
        }
        documents = []
        for kind in row.get("documents", []):
            date_ = days[on[kind]] if kind in on else row["amendment"]["date"]
            documents.append(
                {
                    "agreement_id": agreement.id,
                    "kind": kind,
                    "name": f"{DOCUMENTS[kind]}, {row['name']}",
                    "date": date_,
                    "filename": f"{kind}-{agreement.id}.pdf",
                    "file": self._paper(agreement, DOCUMENTS[kind], date_),
                    "funder_visible": kind in SHOWN,
                }
            )
        self.env["tierslieux.funding.document"].create(documents)

    def _paper(self, agreement, title, day):
        lines = [
            agreement.name,
            f"{agreement.funder_id.name} et {agreement.company_id.name}",
            f"Référence : {agreement.reference or 'sans'}",
            f"Montant : {agreement.currency_id.format(agreement.amount)}",
            f"Le {format_date(self.env, day)}",
        ]
        return base64.b64encode(papers.paper(title, lines))

    def _follow_agreement(self, agreement, row):
        """Its history, by the acts of a treasurer, on the days of the past."""
        for state, day in row["events"]:
            agreement._become(state, day, row.get("reason"))
        if amendment := row.get("amendment"):
            agreement.action_amend()
            terms = agreement.draft_terms_id
            terms.write(
                {
                    **amendment["values"],
                    "changes": amendment["changes"],
                    "effective_on": amendment["date"],
                }
            )
            terms._sign(amendment["date"])
        requirements = {one.name: one for one in agreement.requirement_ids}
        for _kind, name, _due, met_on in row.get("requirements", []):
            if met_on:
                requirements[name]._meet(met_on)
