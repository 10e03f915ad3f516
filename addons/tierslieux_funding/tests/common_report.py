# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from base64 import b64encode

from odoo import Command

from .common_expense import ExpenseCommon


class ReportCommon(ExpenseCommon):
    """A year of two actions of two bricks: expenses with receipts charged to a commune
    and a department, income, volunteering, and a plan to compare with."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.rna = "W691234567"
        cls.commune_line = cls.line("74e")
        # the only one of these actions is ours
        cls.agreement.action_ids = [Command.clear()]
        cls.agreement = cls.create_agreement(
            "Carte et rencontres", rate=80, line_id=cls.commune_line.id
        )
        cls.second_brick = cls.env["tierslieux.funding.brick"].create(
            {"name": "Rencontres", "phase_id": cls.phase.id, "sequence": 20}
        )
        cls.other_action.brick_id = cls.second_brick
        for code, amount in (("60a", 1200), ("61a", 2000), ("62c", 800)):
            cls.create_cost(cls.action, amount, category_id=cls.line(code).id)
        cls.create_cost(cls.other_action, 1000, category_id=cls.line("62a").id)
        cls.env["tierslieux.funding.share"].create(
            [
                {"phase_id": cls.phase.id, "source_id": source.id, "percent": percent}
                for source, percent in ((cls.grants, 80), (cls.services, 20))
            ]
        )
        cls.services.line_id = cls.line("70")
        cls.department = cls.env["res.partner"].create({"name": "Département"})
        cls.other_agreement = cls.create_agreement(
            "Aide du département",
            funder_id=cls.department.id,
            line_id=cls.line("74c").id,
            amount=1000,
        )
        cls.sign(cls.agreement)
        cls.sign(cls.other_agreement)

    @classmethod
    def amend(cls, **values):
        """Change the terms of the agreement as one does: by an amendment."""
        cls.agreement.action_amend()
        draft = cls.agreement.draft_terms_id
        draft.write({"changes": "Article 3", "effective_on": "2026-02-01", **values})
        draft.action_sign()

    @classmethod
    def line(cls, code):
        return cls.env.ref(f"tierslieux_funding.category_{code}")

    @classmethod
    def post_analytic(cls, date, code, other, balance, action=None, journal=None):
        """Post ``balance`` on an account for an action, and the opposite elsewhere."""
        distribution = {
            str((action or cls.action).analytic_account_id.id): 100,
        }
        move = cls.env["account.move"].create(
            {
                "journal_id": (journal or cls.journal).id,
                "date": date,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": cls.accounts[account].id,
                            "balance": sign * balance,
                            "analytic_distribution": distribution
                            if account[0] in "678"
                            else False,
                        }
                    )
                    for account, sign in ((code, 1), (other, -1))
                ],
            }
        )
        move.action_post()
        return move

    @classmethod
    def create_report(cls, **values):
        return cls.env["tierslieux.funding.report"].create(
            {
                "agreement_id": cls.agreement.id,
                "posted_until": "2027-01-31",
                "text_action": "La carte de 250 lieux est en ligne.",
                "text_public": "Environ 900 personnes.",
                "text_places": "Toute l’année, dans onze communes.",
                "text_objectives": "Oui.",
                "text_variances": "Les locations ont coûté moins que prévu.",
                **values,
            }
        )

    @classmethod
    def spend_year(cls):
        """What the ordinary tests report on."""
        cls.supplies = cls.spend(600, 250.55, ref="F-1")
        cls.allocate(cls.supplies[0], base=600, amount=480)
        cls.allocate(cls.supplies[1], 200, base=250.55)
        cls.allocate(cls.supplies[1], 50.55, agreement=cls.other_agreement)
        cls.rent = cls.spend(1500, account="613200", date="2026-05-02", ref="F-2")
        cls.allocate(cls.rent, 1000, base=1500)
        cls.unclaimed = cls.spend(99.99, account="625100", date="2026-06-02")
        cls.shared = cls.spend(
            400,
            account="622600",
            date="2026-09-02",
            ref="F-3",
            distribution={cls.action: 25, cls.other_action: 50},
        )
        cls.allocate(cls.shared, 150, base=200, action_id=cls.other_action.id)
        cls.post_analytic("2026-07-01", "706000", "411100", -300)
        cls.post_analytic(
            "2026-08-01", "864000", "875000", 420.5, journal=cls.off_balance
        )

    @classmethod
    def add_annexes(cls, agreement=None):
        for kind in ("report", "accounts"):
            cls.env["tierslieux.funding.document"].create(
                {
                    "agreement_id": (agreement or cls.agreement).id,
                    "kind": kind,
                    "name": f"Pièce {kind}",
                    "filename": f"{kind}.pdf",
                    "file": b64encode(b"%PDF-1.4 " + kind.encode()),
                    "funder_visible": True,
                }
            )
