# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command, Date, Domain

from odoo.addons.l10n_fr_association.tests.common import kept_company
from odoo.addons.tierslieux_fonciere.models.tierslieux_share_movement_record import (
    Entry,
)
from odoo.addons.tierslieux_network.tests.common import NetworkCommon


class FonciereCommon(NetworkCommon):
    """A SCIC with a property and an issue of shares; people who may subscribe."""

    @classmethod
    def setUpClass(cls):
        company = kept_company("Foncière des Ateliers", "fr")
        super().setUpClass()
        cls.company = cls.env["res.company"].browse(company)
        cls.company.active = True
        cls.env.user.company_ids |= cls.company
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=cls.company.ids)
        )
        cls.today = Date.context_today(cls.env["res.company"])
        cls.bank = cls.env["account.journal"].search(
            [("company_id", "=", cls.company.id), ("type", "=", "bank")], limit=1
        )
        cls.movements = cls.env["tierslieux.share.movement"]
        cls.treasurer, cls.board = (
            cls.create_user(group) for group in ("treasurer", "board")
        )
        for user in cls.treasurer, cls.board:
            user.company_ids |= cls.company
        cls.people = cls.env["res.partner"].create(
            [
                {
                    "name": name,
                    "email": f"{number}@example.org",
                    "street": f"{number} rue des Ateliers",
                    "zip": "69001",
                    "city": "Lyon",
                    "country_id": cls.env.ref("base.fr").id,
                }
                for number, name in enumerate(("Ada", "Basile", "Chloé", "Denis"), 1)
            ]
        )
        cls.conditions = cls.env["tierslieux.share.conditions"].create(
            {
                "company_id": cls.company.id,
                "version": "1",
                "content": "<p>Les parts sont remboursées selon les statuts.</p>",
                "adopted_on": "2026-01-01",
            }
        )
        cls.property = cls.env["tierslieux.property"].create(
            {"name": "Les Ateliers", "company_id": cls.company.id}
        )
        cls.issue = cls.create_issue()

    @classmethod
    def create_issue(cls, **values):
        return cls.env["tierslieux.share.issue"].create(
            {
                "name": "Première campagne",
                "property_id": cls.property.id,
                "nominal": 100,
                "target_shares": 100,
                "maximum_shares": 200,
                "date_from": cls.today,
                "date_to": Date.add(cls.today, months=6),
                "conditions_id": cls.conditions.id,
                "document_ids": [
                    Command.create({"kind": kind, "name": kind, "file": "UERG"})
                    for kind in ("statutes", "decision", "information")
                ],
                **values,
            }
        )

    @classmethod
    def open_issue(cls, **values):
        issue = cls.create_issue(**values)
        issue.action_open()
        return issue

    def subscribe(self, issue, partner, quantity, **values):
        return issue._subscribe(partner, quantity, issue.conditions_id, **values)

    def pays(self, subscription, amount=None, date=None):
        """A payment of the bank that bears the reference."""
        return self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": date or self.today,
                "amount": subscription.amount if amount is None else amount,
                "payment_ref": f"VIR SEPA {subscription.reference} PARTS",
            }
        )

    def holds(self, partner, quantity, day=None):
        """Shares that somebody has, recorded and nothing else."""
        self.number = getattr(self, "number", 0) + 1
        return self.movements._record(
            [
                Entry(
                    company=self.company,
                    kind="subscription",
                    effective_on=day or self.today,
                    quantity=quantity,
                    nominal=100,
                    receiver=partner,
                    price=100 * quantity,
                    source_key=f"test/{self.number}",
                )
            ]
        )

    def held(self, at=None):
        """``{name: shares}``"""
        return {
            self.env["res.partner"].browse(partner).name: shares
            for partner, shares in self.movements._holdings(self.company, at).items()
        }

    def open_lines(self):
        """``{(account, name): open amount}`` of 456, each of one subscription or
        redemption; what is owed both ways would be told twice, and is an error."""
        lines = self.env["account.move.line"].search(
            [
                ("company_id", "=", self.company.id),
                ("account_id.code", "=like", "456%"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("balance", "!=", 0),
            ]
        )
        found = {}
        for line in lines:
            posting = line.move_id.share_posting_ids[:1]
            owner = posting.subscription_id or posting.redemption_id
            key = owner, line.account_id
            before = found.get(key, 0)
            assert before * line.amount_residual >= 0, f"{owner} is owed both ways"
            found[key] = before + line.amount_residual
        return {
            (account.with_company(self.company).code, owner.partner_id.name): amount
            for (owner, account), amount in found.items()
        }

    def balances(self):
        """``{first digits: balance}`` of posted entries, zeros left out."""
        rows = self.env["account.move.line"]._read_group(
            Domain("parent_state", "=", "posted")
            & Domain("company_id", "=", self.company.id),
            ["account_id"],
            ["balance:sum"],
        )
        return {
            account.with_company(self.company).code: round(balance, 2)
            for account, balance in rows
            if round(balance, 2)
        }
