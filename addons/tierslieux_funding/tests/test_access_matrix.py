# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.tierslieux_network.tests.matrix import Matrix, MatrixApi, MatrixTests

from .common_expense import ExpenseCommon
from .matrix_books import books_records
from .matrix_report import report_records


class FundingMatrix(Matrix, ExpenseCommon):
    """``access_matrix.csv`` is the table to review: who may r(ead), w(rite), c(reate)
    and u(nlink) what. The funder's user works for the funder of the agreement "the
    funder's"; the others are of another one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.create_users(
            funder=cls.funder_user, treasurer=cls.treasurer, board=cls.board
        )
        cls.other_funder = cls.env["res.partner"].create({"name": "Autre financeur"})
        cls.other_agreement = cls.create_agreement(
            "Subvention d’un autre", funder_id=cls.other_funder.id
        )
        cls.records = {
            **cls.plan_records(),
            **cls.expense_records(),
            **books_records(cls),
            **cls.agreement_records("the funder's", cls.create_agreement("Signée")),
            **cls.agreement_records("another's", cls.other_agreement),
            **report_records(cls, "the funder's", cls.agreement),
            **report_records(cls, "another's", cls.other_agreement),
        }

    @classmethod
    def plan_records(cls):
        cost = cls.create_cost(cls.action, 100)
        share = cls.env["tierslieux.funding.share"].create(
            {"phase_id": cls.phase.id, "source_id": cls.grants.id, "percent": 100}
        )
        return {
            (record._name, "any"): record
            for record in (
                cls.grants,
                cls.category,
                cls.plan,
                cls.phase,
                cls.brick,
                cls.action,
                cost,
                share,
                cls.env.ref("tierslieux_funding.rule_convention_2001"),
            )
        }

    @classmethod
    def expense_records(cls):
        expense = cls.spend(100)
        key = cls.env["tierslieux.funding.driver"].create(
            {
                "name": "Loyer",
                "date_from": "2026-01-01",
                "date_to": "2026-12-31",
                "analytic_account_id": cls.action.analytic_account_id.id,
                "part_ids": [Command.create({"quantity": 1})],
            }
        )
        return {
            (record._name, "any"): record
            for record in (
                expense,
                expense.part_ids,
                cls.allocate(expense),
                key,
                key.part_ids,
            )
        }

    @classmethod
    def agreement_records(cls, whose, agreement):
        agreement.cap_ids = [
            Command.create({"category_id": cls.category.id, "amount": 100})
        ]
        parts = {"agreement_id": agreement.id, "name": "Partie"}
        tranche = cls.env["tierslieux.funding.tranche"].create(
            {**parts, "kind": "balance"}
        )
        requirement = cls.env["tierslieux.funding.requirement"].create(
            {**parts, "due_on": "2026-12-31"}
        )
        cls.sign(agreement)
        agreement.action_amend()
        return {
            (record._name, whose): record
            for record in (
                agreement,
                agreement.terms_id,
                agreement.draft_terms_id.cap_ids,
                agreement.event_ids[0],
                tranche,
                requirement,
                agreement.document_ids,
            )
        }


class TestAccessMatrix(MatrixTests, FundingMatrix):
    """The matrix as the ORM answers."""


@tagged("post_install", "-at_install")
class TestAccessApi(MatrixApi, FundingMatrix, HttpCase):
    """The same matrix, asked from outside with an API key a user."""
