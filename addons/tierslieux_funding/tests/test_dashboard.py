# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.fields import Command

from .common_expense import ExpenseCommon


class TestFundingDashboard(ExpenseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agreement.state = "refused"
        cls.web = cls.brick.copy({"name": "Web", "action_ids": []})
        cls.site = cls.create_action("Site", brick_id=cls.web.id)
        cls.create_cost(cls.action, 6000)
        cls.create_cost(cls.site, 3000)
        cls.grant = cls.create_agreement(
            "Acquise",
            amount=9000.01,
            rate=50,
            action_ids=[Command.set((cls.action | cls.site).ids)],
        )
        tranches = cls.env["tierslieux.funding.tranche"].create(
            [
                {
                    "agreement_id": cls.grant.id,
                    "sequence": rank,
                    "name": f"Tranche {rank}",
                    "expected_on": day,
                    **values,
                }
                for rank, (day, values) in enumerate(
                    (
                        ("2026-03-01", {"percent": 10}),
                        ("2026-09-01", {"percent": 30}),
                        ("2026-12-01", {"kind": "balance"}),
                    )
                )
            ]
        )
        cls.sign(cls.grant)
        tranches[0].write(
            {
                "called_on": "2026-03-01",
                "received_on": "2026-03-20",
                "received_amount": tranches[0].amount,
            }
        )
        cls.allocate(cls.spend(4000), 2000, agreement=cls.grant, base=4000)
        cls.dashboard = cls.env["tierslieux.funding.dashboard"]

    def sections(self, user=None):
        sections = self.dashboard.with_user(user or self.board).figures()
        return {section["key"]: section for section in sections}

    def figures(self, section, user=None):
        return {
            figure["key"]: figure for figure in self.sections(user)[section]["figures"]
        }

    def table(self, key):
        tables = self.sections()["funding"]["tables"]
        [table] = [table for table in tables if table["key"] == key]
        return {
            row["label"]: {cell["key"]: cell["value"] for cell in row["cells"]}
            for row in table["rows"]
        }

    def test_figures(self):
        figures = self.figures("funding", self.treasurer)
        self.assertEqual(
            {key: figure["value"] for key, figure in figures.items()},
            {
                "secured": 9000.01,
                "spent": 2000,
                "claimable": 1100,
                "received": 900,
                "late": 2700,
            },
        )

    def test_states_are_apart(self):
        hoped = self.create_agreement("Espérée", amount=500)
        asked = self.create_agreement("Demandée", amount=700)
        asked._become("requested")
        told = self.create_agreement("Notifiée", amount=900)
        told._become("notified")
        figures = self.figures("states")
        self.assertEqual(figures["requested"]["value"], 700)
        self.assertEqual(figures["notified"]["value"], 900)
        listed = self.env["tierslieux.funding.agreement"].search(
            figures["probable"]["domain"]
        )
        self.assertIn(hoped, listed)
        self.assertEqual(figures["probable"]["value"], sum(listed.mapped("amount")))
        self.assertEqual(self.figures("funding")["secured"]["value"], 9000.01)
        told.notification_secures = True
        self.assertEqual(self.figures("funding")["secured"]["value"], 9900.01)

    def test_each_figure_opens_what_it_sums(self):
        fields = {
            "secured": "secured_amount",
            "spent": "amount",
            "received": "received_amount",
            "late": "amount",
            "planned": "planned_cost",
        }
        funding = self.sections()["funding"]
        by_brick = [row for row in funding["tables"] if row["key"] == "brick"]
        others = [table for table in funding["tables"] if table["key"] != "brick"]
        cells = [*funding["figures"]]
        cells += [c for table in others for row in table["rows"] for c in row["cells"]]
        cells += [
            cell
            for row in by_brick[0]["rows"]
            for cell in row["cells"]
            if cell["key"] in ("spent", "planned")
        ]
        for cell in cells:
            if cell["key"] == "claimable":
                continue
            records = self.env[cell["model"]].search(cell["domain"])
            self.assertAlmostEqual(
                sum(records.mapped(fields[cell["key"]])), cell["value"], msg=cell
            )

    def test_by_funder_source_and_brick(self):
        self.assertEqual(
            self.table("funder_id"),
            {
                "Ville d’essai": {
                    "secured": 9000.01,
                    "spent": 2000,
                    "claimable": 1100,
                    "received": 900,
                    "late": 2700,
                }
            },
        )
        self.assertEqual(list(self.table("source_id")), [self.grants.name])
        # secured as costs are planned, two for one; spent where it is
        self.assertEqual(
            self.table("brick"),
            {
                "2026 · Animation du réseau": {
                    "planned": 6000,
                    "secured": 6000.01,
                    "spent": 2000,
                    "claimable": 1100,
                    "received": 600,
                    "late": 1800,
                },
                "2026 · Web": {
                    "planned": 3000,
                    "secured": 3000,
                    "spent": 0,
                    "claimable": 0,
                    "received": 300,
                    "late": 900,
                },
            },
        )

    def test_an_auditor_above_the_sum_of_public_grants(self):
        public = self.figures("states")["public"]
        self.assertEqual(public["value"], 9000.01)
        self.assertIn("an auditor is named above", public["detail"])
        big = self.create_agreement(
            "Grande", amount=288000, date_from="2026-07-01", date_to="2027-06-30"
        )
        self.sign(big)
        public = self.figures("states")["public"]
        # 184 of 365 days are of this exercise
        self.assertEqual(public["value"], 9000.01 + 145183.56)
        self.assertIn("name an auditor", public["detail"])

    def test_requirements_that_are_late(self):
        requirements = self.grant.requirement_ids
        self.assertEqual(self.figures("states")["requirements"]["value"], 0)
        requirements.due_on = "2026-10-20"
        self.assertEqual(self.figures("states")["requirements"]["value"], 1)

    def test_for_the_treasurer_and_the_board_alone(self):
        with self.assertRaises(AccessError):
            self.dashboard.with_user(self.funder_user).figures()

    def test_queries_do_not_grow(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            self.sections()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.sections()
            return self.env.cr.sql_log_count - before

        few = count()
        for rank in range(12):
            brick = self.brick.copy({"name": f"Brique {rank}", "action_ids": []})
            action = self.create_action(f"Action {rank}", brick_id=brick.id)
            agreement = self.create_agreement(
                f"Convention {rank}",
                funder_id=self.env["res.partner"].create({"name": f"F {rank}"}).id,
                action_ids=[Command.set(action.ids)],
            )
            self.env["tierslieux.funding.tranche"].create(
                {
                    "agreement_id": agreement.id,
                    "name": "Tranche",
                    "kind": "balance",
                    "expected_on": "2026-09-01",
                }
            )
            self.sign(agreement)
            self.allocate(
                self.spend(100, action=action),
                50,
                agreement=agreement,
                action_id=action.id,
            )
        self.assertLessEqual(count(), few)
