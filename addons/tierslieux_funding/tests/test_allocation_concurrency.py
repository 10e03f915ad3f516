# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading

from odoo import api
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

TREASURERS = 4


@tagged("post_install", "-at_install")
class TestAllocationConcurrency(TransactionCase):
    """Several treasurers charge one expense at once, each on a connection of their
    own; the rows are committed, and removed after."""

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
                        (0, 0, {"account_id": other.id, "balance": -100}),
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
            expense = env["tierslieux.funding.expense"].search(
                [("move_id", "=", move.id)]
            )
            funder = env["res.partner"].create({"name": "Financeur concurrent"})
            agreement = env["tierslieux.funding.agreement"].create(
                {
                    "name": "Subvention concurrente",
                    "funder_id": funder.id,
                    "source_id": env.ref("tierslieux_funding.source_grant").id,
                    "amount": 1000,
                    "date_from": "2026-01-01",
                    "date_to": "2026-12-31",
                    "company_id": company.id,
                    "state": "signed",
                }
            )
            self.expense_id, self.agreement_id = expense.id, agreement.id
            self.removed = (agreement, funder, move, journal)
        self.addCleanup(self.remove)

    def environment(self, cr):
        return api.Environment(
            cr, api.SUPERUSER_ID, {"tracking_disable": True, "lang": "en_US"}
        )

    def remove(self):
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            agreement, funder, move, journal = (
                one.with_env(env) for one in self.removed
            )
            env["tierslieux.funding.allocation"].search(
                [("expense_id", "=", self.expense_id)]
            ).unlink()
            agreement.unlink()
            move.button_draft()
            move.with_context(force_delete=True).unlink()
            journal.unlink()
            funder.unlink()

    def charge(self, amount, barrier, results):
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            # the snapshot of the transaction is taken before anybody writes
            left = env["tierslieux.funding.expense"].browse(self.expense_id).left
            barrier.wait(30)

            def create():
                env["tierslieux.funding.allocation"].create(
                    {
                        "expense_id": self.expense_id,
                        "agreement_id": self.agreement_id,
                        "base": amount,
                        "amount": amount,
                    }
                )
                return left

            try:
                results.append(retrying(create, env))
            except UserError as error:
                results.append(error.args[0])

    def at_once(self, amount):
        results = []
        barrier = threading.Barrier(TREASURERS)
        threads = [
            threading.Thread(target=self.charge, args=(amount, barrier, results))
            for _ in range(TREASURERS)
        ]
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(90)
        return results

    def stored(self):
        with self.registry.cursor() as cr:
            cr.execute(
                SQL(
                    """
                    SELECT expense.charged, sum(allocation.amount), count(*)
                      FROM tierslieux_funding_expense expense
                      JOIN tierslieux_funding_allocation allocation
                        ON allocation.expense_id = expense.id
                     WHERE expense.id = %s GROUP BY expense.id
                    """,
                    self.expense_id,
                )
            )
            return cr.fetchone()

    def test_exactly_one_gets_what_is_left(self):
        results = self.at_once(100)
        self.assertEqual(len(results), TREASURERS)
        refused = [one for one in results if isinstance(one, str)]
        self.assertEqual(len(refused), TREASURERS - 1)
        for sentence in refused:
            self.assertRegex(sentence, r"\b0[.,]00\b.*is left to charge")
        self.assertEqual(self.stored(), (100, 100, 1))

    def test_two_get_a_part_each_and_the_others_the_rest_in_words(self):
        results = self.at_once(40)
        refused = [one for one in results if isinstance(one, str)]
        self.assertEqual(len(refused), TREASURERS - 2)
        for sentence in refused:
            self.assertRegex(sentence, r"\b20[.,]00\b.*is left to charge")
        self.assertEqual(self.stored(), (80, 80, 2))
