# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import secrets

from odoo import fields, models
from odoo.fields import Command

from odoo.addons.tierslieux_pass.models.tierslieux_pass_card import ALPHABET, LENGTH

from ..domain import identifiers, passes

BATCH = 1000
CREDITOR = "FR78ZZZ424242"


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _stages(self):
        return [
            *super()._stages(),
            (self.env._("agreements and plans of the pass"), "_load_pass_plans"),
            (self.env._("passes"), "_load_passes"),
        ]

    def _load_pass_plans(self, data, ids):
        today = fields.Date.context_today(self)
        plan = data["passes"] = passes.generate(
            data["venues"],
            data["people"],
            list(data["roles"]["managers"]),
            data["roles"]["member"],
            data["closed"],
            today,
            data["months"],
        )
        self.env.company.sepa_creditor_identifier = CREDITOR
        start = plan["start"]
        self.env["tierslieux.venue.agreement"].create(
            [
                {
                    "venue_id": ids["venues"][key],
                    "date_from": start,
                    # some never sent the mandate back: their amounts are held
                    "self_billing_date": key not in plan["unsigned"] and start,
                    "netting": True,
                }
                for key in plan["venues"]
            ]
        )
        rules = self.env["tierslieux.settlement.rule"]
        rules._in_force(start) or rules.create(
            {
                "name": self.env._("Sharing by minutes of presence"),
                "date_from": start,
                "adopted_on": start,
                "resolution": self.env._("General assembly, resolution no. 4"),
                "hourly_rate": passes.HOURLY_RATE,
                "included_minutes": 0,
                "reserve_rate": 0.03,
                "minimum_guarantee": 5,
            }
        )
        ids["plans"] = {
            row["key"]: self._create_plan(row, start) for row in plan["plans"]
        }
        yield 1, 1

    def _create_plan(self, row, start):
        product = self.env["product.product"].create(
            {"name": f"Pass {row['name']}", "type": "service", "list_price": row["fee"]}
        )
        return (
            self.env["tierslieux.pass.plan"]
            .create(
                {
                    "name": row["name"],
                    "description": row["description"],
                    "is_published": True,
                    "product_id": product.id,
                    "rate_ids": [
                        Command.create(
                            {
                                "date_from": start,
                                "adopted_on": start,
                                "monthly_fee": row["fee"],
                                "unlimited": row["unlimited"],
                                "included_minutes": row["minutes"],
                                "hourly_rate": passes.HOURLY_RATE,
                            }
                        )
                    ],
                }
            )
            .id
        )

    def _load_passes(self, data, ids):
        ids["passes"] = []
        for batch, done, total in self._batches(data["passes"]["holders"], BATCH):
            mandates = self._create_mandates(batch, ids)
            created = self.env["tierslieux.pass"].create(
                [
                    self._pass_values(row, mandate, ids)
                    for row, mandate in zip(batch, mandates, strict=True)
                ]
            )
            ids["passes"] += [(one.id, one.partner_id.id) for one in created]
            yield done, total

    def _create_mandates(self, rows, ids):
        banks = self.env["res.partner.bank"].create(
            [
                {
                    "partner_id": ids["contacts"][row["person"]],
                    "acc_number": identifiers.iban(row["person"]),
                }
                for row in rows
            ]
        )
        return self.env["account.banking.mandate"].create(
            [
                {
                    "partner_id": bank.partner_id.id,
                    "partner_bank_id": bank.id,
                    "format": "sepa_core",
                    "type": "recurrent",
                    "signature_date": row["since"],
                    "state": "valid",
                }
                for row, bank in zip(rows, banks, strict=True)
            ]
        )

    def _pass_values(self, row, mandate, ids):
        events = [("subscribed", row["since"], ids["plans"][row["plan"]])]
        if row["end"]:
            events.append(("ended", row["end"], False))
        return {
            "partner_id": ids["contacts"][row["person"]],
            "home_venue_id": ids["venues"][row["home"]],
            "mandate_id": mandate.id,
            "shows_name": row["shows_name"],
            "event_ids": [
                Command.create({"kind": kind, "date": day, "plan_id": plan})
                for kind, day, plan in events
            ],
            "card_ids": [
                Command.create(
                    {"code": "".join(secrets.choice(ALPHABET) for __ in range(LENGTH))}
                )
            ],
        }
