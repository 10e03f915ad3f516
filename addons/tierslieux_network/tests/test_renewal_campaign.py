# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from odoo.addons.queue_job.tests.common import trap_jobs

from .common_membership import TODAY, MembershipCommon


class TestRenewalCampaign(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls.env["tierslieux.renewal.campaign"].create(
            {"name": "Cotisations 2027", "college_ids": cls.venues.ids}
        )
        cls.members = cls.memberships.browse(
            [
                cls.create_member(f"Membre {n}", email=f"m{n}@example.org").id
                for n in range(3)
            ]
        )

    def launch(self):
        self.campaign.action_prepare()
        with trap_jobs() as trap:
            self.campaign.action_launch()
            trap.perform_enqueued_jobs()

    def test_who_is_called(self):
        paid_ahead = self.create_member("Prévoyant")
        self.pay(paid_ahead._renew())
        invoiced = self.create_member("Facturé")
        invoiced._renew()
        self.create_member("Offert", free_member=True)
        self.create_member("Coopérative", self.companies, is_company=True)
        gone = self.create_member("Parti")
        gone._decide("withdrawal", reason="Déménagement")
        self.campaign.action_prepare()
        self.assertEqual(self.campaign.call_ids.membership_id, self.members)
        self.assertEqual(set(self.campaign.call_ids.mapped("amount")), {60})
        self.assertEqual(
            set(self.campaign.call_ids.mapped("date_from")), {date(2027, 1, 1)}
        )
        self.assertFalse(self.campaign.call_ids.move_id)

    def test_invoices_letters_and_payment(self):
        self.launch()
        self.assertEqual(self.campaign.progress, 100)
        moves = self.campaign.call_ids.move_id
        self.assertEqual(len(moves), 3)
        self.assertEqual(set(moves.mapped("state")), {"posted"})
        self.assertEqual(set(moves.mapped("invoice_date_due")), {date(2026, 11, 19)})
        letters = self.env["mail.mail"].search(
            [("model", "=", "tierslieux.renewal.call")]
        )
        self.assertEqual(letters.recipient_ids, self.members.partner_id)
        self.pay(moves[0])
        self.assertEqual(self.campaign.paid_count, 1)
        self.assertEqual(
            self.campaign.call_ids.filtered(lambda c: c.state == "paid").membership_id,
            moves[0].invoice_line_ids.tierslieux_membership_id,
        )

    def test_running_a_job_again_invoices_nothing_twice(self):
        self.launch()
        moves = self.campaign.call_ids.move_id
        self.campaign.call_ids._invoice_and_send()
        self.campaign.action_launch()
        self.assertEqual(self.campaign.call_ids.move_id, moves)
        self.assertEqual(len(self.members.line_ids), 6)

    def test_an_interrupted_campaign_takes_up_what_is_left(self):
        self.campaign.action_prepare()
        with trap_jobs() as trap:
            self.campaign.action_launch()
            trap.assert_jobs_count(1)
            self.campaign.call_ids[0]._invoice()
            self.assertAlmostEqual(self.campaign.progress, 100 / 3)
            trap.perform_enqueued_jobs()
        self.assertEqual(self.campaign.progress, 100)
        self.assertEqual(len(self.campaign.call_ids.move_id), 3)

    def test_one_that_cannot_be_invoiced_does_not_stop_the_others(self):
        self.campaign.action_prepare()
        bad = self.campaign.call_ids[1]
        self.patch(
            type(self.memberships),
            "_prepare_invoice",
            self._refusing(bad.membership_id),
        )
        self.campaign.call_ids._invoice()
        self.assertEqual(bad.error, "No address")
        self.assertEqual(self.campaign.error_count, 1)
        self.assertEqual(len(self.campaign.call_ids.move_id), 2)

    def _refusing(self, membership):
        prepare = type(self.memberships)._prepare_invoice

        def refuse(record, *arguments):
            if record == membership:
                raise UserError(self.env._("No address"))
            return prepare(record, *arguments)

        return refuse

    def test_the_database_refuses_to_call_twice_for_a_period(self):
        self.campaign.action_prepare()
        other = self.campaign.copy({"name": "Bis"})
        other.action_prepare()
        self.assertFalse(other.call_ids)
        call = self.campaign.call_ids[0]
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            call.copy({"campaign_id": other.id})

    def test_reminders(self):
        self.launch()
        self.pay(self.campaign.call_ids[0].move_id)
        letters = self.env["mail.mail"]
        for day, count in [
            (date(2026, 11, 18), 0),
            (date(2026, 11, 19), 2),
            (date(2026, 11, 20), 2),
            (date(2026, 12, 19), 4),
        ]:
            with freeze_time(day):
                self.campaign._cron_remind()
            reminders = letters.search_count(
                [
                    ("model", "=", "tierslieux.renewal.call"),
                    ("subject", "like", "Rappel"),
                ]
            )
            self.assertEqual(reminders, count, day)

    def test_of_two_reminders_that_are_late_one_leaves(self):
        self.launch()
        with freeze_time(date(2027, 1, 10)):
            self.campaign._cron_remind()
            self.campaign._cron_remind()
        self.assertEqual(set(self.campaign.call_ids.mapped("reminder_count")), {2})
        reminders = [
            ("model", "=", "tierslieux.renewal.call"),
            ("subject", "like", "Rappel"),
        ]
        self.assertEqual(self.env["mail.mail"].search_count(reminders), 3)

    def test_what_was_launched_is_kept_and_nothing_is_not_launched(self):
        nobody = self.campaign.copy({"paid_to": self.campaign.paid_from})
        nobody.action_prepare()
        with self.assertRaises(UserError):
            nobody.action_launch()
        nobody.unlink()
        self.launch()
        with self.assertRaises(UserError):
            self.campaign.unlink()

    def test_nothing_starts_before_the_list_is_seen(self):
        with self.assertRaises(UserError):
            self.campaign.action_launch()

    def test_same_invoices_as_the_core_makes(self):
        """What the campaign posts, the core recomputes to the same."""
        self.launch()
        [move] = self.campaign.call_ids[0].move_id
        plain = self.env["account.move"].create(
            self.members[0]._prepare_invoice(
                TODAY, date(2028, 1, 1), date(2028, 12, 31), 6000
            )
        )
        plain.invoice_date_due = move.invoice_date_due
        plain.action_post()
        fields = [
            "account_id",
            "balance",
            "amount_residual",
            "date_maturity",
            "tax_ids",
        ]
        self.assertEqual(
            [[line[name] for name in fields] for line in move.line_ids],
            [[line[name] for name in fields] for line in plain.line_ids],
        )
        self.assertEqual(move.amount_total, plain.amount_total)
