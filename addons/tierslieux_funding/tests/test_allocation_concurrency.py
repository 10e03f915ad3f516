# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.tierslieux_network.tests.at_once import AtOnceCase

TREASURERS = 4


@tagged("post_install", "-at_install")
class TestAllocationConcurrency(AtOnceCase):
    """Several treasurers charge expenses at once."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            company = env.company
            account = env["account.account"].search(
                [("account_type", "=", "expense"), ("code", "=like", "6%")], limit=1
            ) or env["account.account"].create(
                {"name": "Achats", "code": "606999", "account_type": "expense"}
            )
            journal = env["account.journal"].create(
                {"name": "Essai", "code": "TCNC", "type": "general"}
            )
            other = env["account.account"].search(
                [("account_type", "=", "asset_current")], limit=1
            )
            move = env["account.move"].create(
                {
                    "journal_id": journal.id,
                    "date": "2026-03-15",
                    "line_ids": [
                        (0, 0, {"account_id": account.id, "balance": 100}),
                        (0, 0, {"account_id": account.id, "balance": 100}),
                        (0, 0, {"account_id": other.id, "balance": -200}),
                    ],
                }
            )
            env["ir.attachment"].create(
                {
                    "name": "recu.pdf",
                    "raw": b"%PDF-1.4",
                    "res_model": "account.move",
                    "res_id": move.id,
                }
            )
            move.action_post()
            expenses = env["tierslieux.funding.expense"].search(
                [("move_id", "=", move.id)]
            )
            funder = env["res.partner"].create({"name": "Financeur concurrent"})
            agreements = env["tierslieux.funding.agreement"].create(
                [
                    {
                        "name": f"Subvention de {amount}",
                        "funder_id": funder.id,
                        "source_id": env.ref("tierslieux_funding.source_grant").id,
                        "amount": amount,
                        "date_from": "2026-01-01",
                        "date_to": "2026-12-31",
                        "company_id": company.id,
                        "state": "signed",
                    }
                    for amount in (1000, 100)
                ]
            )
            self.expense_ids = expenses.ids
            self.large_id, self.small_id = agreements.ids
            self.removed = (agreements, funder, move, journal)
        self.addCleanup(self.remove)

    def remove(self):
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            agreements, funder, move, journal = (
                one.with_env(env) for one in self.removed
            )
            env["tierslieux.funding.allocation"].search(
                [("expense_id", "in", self.expense_ids)]
            ).unlink()
            agreements.unlink()
            move.button_draft()
            move.with_context(force_delete=True).unlink()
            journal.unlink()
            funder.unlink()

    def charge(self, amount, expense_id, agreement_id):
        def create(env):
            env["tierslieux.funding.allocation"].create(
                {
                    "expense_id": expense_id,
                    "agreement_id": agreement_id,
                    "base": amount,
                    "amount": amount,
                }
            )

        return create

    def charge_one(self, amount):
        """What those who were refused are told when all charge one expense."""
        act = self.charge(amount, self.expense_ids[0], self.large_id)
        answers = self.at_once(*[act] * TREASURERS)
        self.assertEqual(len(answers), TREASURERS)
        return [one for one in answers if one]

    def stored(self):
        """``[(charged, sum of allocations, their number)]`` of the expenses."""
        with self.registry.cursor() as cr:
            cr.execute(
                SQL(
                    """
                    SELECT expense.charged, sum(allocation.amount), count(*)
                      FROM tierslieux_funding_expense expense
                      JOIN tierslieux_funding_allocation allocation
                        ON allocation.expense_id = expense.id
                     WHERE expense.id IN %s GROUP BY expense.id
                    """,
                    tuple(self.expense_ids),
                )
            )
            return cr.fetchall()

    def test_exactly_one_gets_what_is_left(self):
        refused = self.charge_one(100)
        self.assertEqual(len(refused), TREASURERS - 1)
        for sentence in refused:
            self.assertRegex(sentence, r"\b0[.,]00\b.*is left to charge")
        self.assertEqual(self.stored(), [(100, 100, 1)])

    def test_two_get_a_part_each_and_the_others_the_rest_in_words(self):
        refused = self.charge_one(40)
        self.assertEqual(len(refused), TREASURERS - 2)
        for sentence in refused:
            self.assertRegex(sentence, r"\b20[.,]00\b.*is left to charge")
        self.assertEqual(self.stored(), [(80, 80, 2)])

    def test_two_expenses_do_not_pass_the_award_together(self):
        answers = self.at_once(
            *[self.charge(60, one, self.small_id) for one in self.expense_ids]
        )
        self.assertEqual(len(answers), 2)
        [refused] = [one for one in answers if one]
        self.assertRegex(refused, r"the award is .*100[.,]00.*120[.,]00")
        self.assertEqual(self.stored(), [(60, 60, 1)])
