# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo.fields import Command, Date, Datetime
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.tierslieux_fonciere.exceptions import SharesGone
from odoo.addons.tierslieux_network.tests.at_once import AtOnceCase

CONNECTIONS = 16


@tagged("post_install", "-at_install")
class TestConcurrency(AtOnceCase):
    """Subscribers over several connections, on rows that are committed and removed
    after."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            company = env.company
            self.company_id = company.id
            self.known_accounts = env["account.account"].search([]).ids
            self.partner_ids = (
                env["res.partner"]
                .create([{"name": f"Habitant {n}"} for n in range(CONNECTIONS)])
                .ids
            )
            conditions = env["tierslieux.share.conditions"].create(
                {
                    "version": "Concurrence",
                    "content": "<p>Statuts</p>",
                    "adopted_on": "2026-01-01",
                }
            )
            self.today = Date.context_today(company)
            issue = env["tierslieux.share.issue"].create(
                {
                    "name": "Dix dernières parts",
                    "property_id": env["tierslieux.property"]
                    .create({"name": "Halle"})
                    .id,
                    "nominal": 100,
                    "target_shares": 10,
                    "maximum_shares": 10,
                    "date_from": self.today,
                    "date_to": self.today,
                    "conditions_id": conditions.id,
                    "document_ids": [
                        Command.create({"kind": kind, "name": kind, "file": "UERG"})
                        for kind in ("statutes", "decision", "information")
                    ],
                }
            )
            issue.action_open()
            self.issue_id = issue.id
        self.addCleanup(self.remove)

    def remove(self):
        """The rows that were committed, in the order in which they may go."""
        with self.registry.cursor() as cr:
            cr.execute(
                SQL(
                    """
                    SELECT move_id
                      FROM tierslieux_share_posting
                     WHERE company_id = %s
                    """,
                    self.company_id,
                )
            )
            moves = tuple(row[0] for row in cr.fetchall()) or (0,)
            lines = SQL("SELECT id FROM account_move_line WHERE move_id IN %s", moves)
            of_company = SQL("company_id = %s", self.company_id)
            of_issue = SQL("issue_id = %s", self.issue_id)
            for table, where in (
                ("tierslieux_share_posting", of_company),
                ("tierslieux_share_movement", of_company),
                (
                    "account_full_reconcile",
                    SQL(
                        "id IN (SELECT full_reconcile_id FROM account_move_line"
                        " WHERE move_id IN %s)",
                        moves,
                    ),
                ),
                (
                    "account_partial_reconcile",
                    SQL(
                        "debit_move_id IN (%s) OR credit_move_id IN (%s)", lines, lines
                    ),
                ),
                ("account_move", SQL("id IN %s", moves)),
                ("tierslieux_share_subscription", of_issue),
                ("tierslieux_share_register", of_company),
                ("tierslieux_share_account", of_company),
                ("tierslieux_share_issue_document", of_issue),
                ("tierslieux_share_issue", SQL("id = %s", self.issue_id)),
                ("tierslieux_share_conditions", SQL("version = 'Concurrence'")),
                ("tierslieux_property", SQL("name = 'Halle'")),
            ):
                self.remove_fixed(cr, where, table)
            env = self.environment(cr)
            env["res.partner"].browse(self.partner_ids).unlink()
            env["account.account"].search(
                [("id", "not in", self.known_accounts)]
            ).unlink()

    def together(self, act, arguments):
        """What each connection was answered; each reads what the others committed."""
        acts = [lambda env, one=one: act(env, one) for one in arguments]
        return self.at_once(*acts, isolation=None)

    def subscribe(self, env, partner_id):
        issue = env["tierslieux.share.issue"].browse(self.issue_id)
        issue._read_committed()
        try:
            one = issue._subscribe(
                env["res.partner"].browse(partner_id), 1, issue.conditions_id
            )
        except SharesGone as gone:
            return gone.left
        return one

    def pay(self, env, subscription_id):
        one = env["tierslieux.share.subscription"].browse(subscription_id)
        one.issue_id._read_committed()
        one._receive(100, self.today, f"test-{subscription_id}")
        return one.id

    def outcome(self):
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            issue = env["tierslieux.share.issue"].browse(self.issue_id)
            movements = env["tierslieux.share.movement"]
            return {
                "states": sorted(issue.subscription_ids.mapped("state")),
                "held": sorted(movements._holdings(issue.company_id).values()),
                "tampered": movements._first_tampered(issue.company_id),
                "owed": sum(issue.subscription_ids.mapped("received_amount")),
            }

    def test_sixteen_subscribers_for_the_last_ten_shares(self):
        results = self.together(self.subscribe, self.partner_ids)
        told = [one for one in results if isinstance(one, int)]
        self.assertEqual(told, [0] * 6)
        self.assertEqual(self.outcome()["states"], ["reserved"] * 10)

    def test_sixteen_late_payments_for_the_last_ten_shares(self):
        ids = []
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            issue = env["tierslieux.share.issue"].browse(self.issue_id)
            for partner in env["res.partner"].browse(self.partner_ids):
                one = issue._subscribe(partner, 1, issue.conditions_id)
                # its time is over: the next one may have the share
                one.reserved_until = Datetime.now() - timedelta(hours=1)
                ids.append(one.id)
        self.together(self.pay, ids)
        outcome = self.outcome()
        self.assertEqual(
            outcome["states"], ["allotted"] * 10 + ["refunded"] * 6, outcome
        )
        self.assertEqual(outcome["held"], [1] * 10)
        self.assertEqual(outcome["owed"], 1000)
        self.assertIsNone(outcome["tampered"])

    def test_a_transaction_that_cannot_see_the_others_fails(self):
        """And is tried again by the server: nothing is decided on what was."""
        with self.registry.cursor() as late, self.registry.cursor() as cr:
            stale = self.environment(late)["tierslieux.share.issue"].browse(
                self.issue_id
            )
            self.assertEqual(stale.available_shares, 10)
            self.subscribe(self.environment(cr), self.partner_ids[0])
            cr.commit()  # pylint: disable=invalid-commit
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(SerializationFailure),
            ):
                stale._lock()
            late.rollback()

    def test_one_payment_told_by_all_at_once(self):
        with self.registry.cursor() as cr:
            one = self.subscribe(self.environment(cr), self.partner_ids[0])
            one_id = one.id
            cr.commit()  # pylint: disable=invalid-commit
        self.together(self.pay, [one_id] * CONNECTIONS)
        outcome = self.outcome()
        self.assertEqual((outcome["held"], outcome["owed"]), ([1], 100))
