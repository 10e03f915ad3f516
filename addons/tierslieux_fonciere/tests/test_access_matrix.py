# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.tierslieux_network.tests.matrix import Matrix, MatrixApi, MatrixTests

from .common import FonciereCommon


class FonciereMatrix(Matrix, FonciereCommon):
    """``access_matrix.csv`` is the table to review: who may r(ead), w(rite), c(reate)
    and u(nlink) what."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.create_users(treasurer=cls.treasurer, board=cls.board)
        cls.users["administrator"].company_ids |= cls.company
        cls.records = {
            **cls.office_records(),
            **cls.holder_records("the member's", cls.users["member"].partner_id),
            **cls.holder_records("another's", cls.people[0]),
        }

    @classmethod
    def office_records(cls):
        cls.property.write(
            {
                "cost_ids": [Command.create({"name": "Achat", "amount": 100})],
                "financing_ids": [
                    Command.create({"name": "Prêt", "amount_planned": 100})
                ],
                "work_ids": [Command.create({"name": "Toiture"})],
                "valuation_ids": [Command.create({"amount": 100, "valuer": "Notaire"})],
            }
        )
        cls.issue.document_ids = [
            Command.create({"kind": "statutes", "name": "Statuts", "file": "UERG"})
        ]
        register = cls.env["tierslieux.share.register"]._of(cls.company)
        accounts = cls.env["tierslieux.share.account"].with_company(cls.company)
        accounts._mapping(cls.company)
        draft = cls.conditions.copy({"version": "2"})
        return {
            (record._name, "any"): record
            for record in (
                cls.property,
                cls.property.cost_ids,
                cls.property.financing_ids,
                cls.property.work_ids,
                cls.property.valuation_ids,
                draft,
                cls.issue,
                cls.issue.document_ids,
                register,
                cls.env.ref("tierslieux_fonciere.rule_floor_1947"),
                accounts.search([("company_id", "=", cls.company.id)], limit=1),
            )
        }

    @classmethod
    def holder_records(cls, whose, partner):
        """What a subscription that was paid, and half given back, leaves."""
        issue = cls.open_issue()
        subscription = issue._subscribe(partner, 2, issue.conditions_id)
        subscription._receive(200, cls.today, f"transaction-{partner.id}")
        redemption = cls.env["tierslieux.share.redemption"]._request(
            cls.company, partner, 1
        )
        records = (
            subscription,
            subscription.movement_ids[0],
            subscription.posting_ids[0],
            redemption,
            cls.env["tierslieux.share.letter"].create(
                {
                    "kind": "paid",
                    "partner_id": partner.id,
                    "company_id": cls.company.id,
                    "subscription_id": subscription.id,
                }
            ),
            cls.env["tierslieux.share.certificate"]._issue(cls.company, partner),
        )
        return {(record._name, whose): record for record in records}


class TestAccessMatrix(MatrixTests, FonciereMatrix):
    """The matrix as the ORM answers."""


@tagged("post_install", "-at_install")
class TestAccessApi(MatrixApi, FonciereMatrix, HttpCase):
    """The same matrix, asked from outside with an API key a user."""
