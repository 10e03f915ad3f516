# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
from datetime import datetime, timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import RecordCapturer
from odoo.tools import mute_logger

from .common import NOW, GovernanceCommon


class TestConvocation(GovernanceCommon):
    def test_convene_fixes_statutes_agenda_and_text(self):
        with RecordCapturer(self.env["mail.mail"], []) as sent:
            self.convene()
        self.assertEqual(self.assembly.state, "convened")
        self.assertEqual(self.assembly.statutes_version_id, self.statutes)
        self.assertEqual(self.assembly.cutoff_date, NOW.date())
        for change in (
            lambda: self.assembly.motion_ids[0].write({"name": "Autre"}),
            lambda: self.assembly.motion_ids[0].unlink(),
            lambda: self.assembly.motion_ids[0].copy(),
        ):
            with self.assertRaises(UserError):
                change()
        # Ada for herself and the town, Hedy, Lea for Coop, Atelier without a delegate
        called = self.assembly.convocation_ids.partner_id
        atelier = self.atelier
        self.assertEqual(called, self.ada | self.hedy | self.lea | atelier)
        self.assertEqual(sent.records.recipient_ids, called)
        self.assertEqual(len(sent.records), 4)
        text = self.assembly.convocation_text
        self.assertIn("1. Approbation des comptes", text)
        self.assertIn(
            "samedi 24 octobre 2026 à 14\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00", text
        )
        self.assertEqual(
            set(self.assembly.convocation_ids.mapped("digest")),
            {hashlib.sha256(text.encode()).hexdigest()},
        )

    def test_emails_are_personal_and_read_by_nobody_else(self):
        board = self.create_user("board")
        with RecordCapturer(self.env["mail.mail"], []) as sent:
            self.assembly.with_user(board).action_convene()
        for mail in sent.records:
            token = self.assembly._access_token(mail.recipient_ids)
            self.assertIn(token, mail.body_html)
            self.assertIn("Approbation des comptes", mail.body_html)
            with self.assertRaises(AccessError):
                mail.mail_message_id.with_user(board).read(["body"])
        self.assertTrue(all(sent.records.mapped("auto_delete")))
        tokens = {
            self.assembly._access_token(one) for one in sent.records.recipient_ids
        }
        self.assertEqual(len(tokens), 4)

    def test_short_notice_is_refused_then_motivated(self):
        self.assembly.date_start = NOW + timedelta(days=10)
        with self.assertRaises(UserError) as refusal:
            self.assembly.action_convene()
        self.assertIn("article 9", str(refusal.exception))
        self.assertIn("16/10/2026", str(refusal.exception))
        self.assertEqual(self.assembly.state, "draft")
        self.assembly.late_reason = "Urgence de trésorerie"
        self.assembly.action_convene()
        self.assertIn("Urgence de trésorerie", self.assembly.message_ids[0].body)
        self.assertIn("10 jours &lt; 15", self.assembly.message_ids[0].body)

    def test_notice_counts_days_of_the_place(self):
        # 22:30 UTC is the day after in Paris: 15 days, not 16
        self.clock_at(datetime(2026, 10, 8, 22, 30))
        self.assembly.date_start = datetime(2026, 10, 24, 12, 0)
        self.assembly.action_convene()
        verdict, _rule = self.assembly._notice()
        self.assertEqual(verdict.given, 15)

    def test_refused_without_agenda_statutes_or_rule(self):
        empty = self.create_assembly(motion_ids=[])
        with self.assertRaises(UserError):
            empty.action_convene()
        version = self.statutes.copy({"date_from": NOW.date()})
        version.rule_ids.filtered(lambda rule: rule.kind == "election").unlink()
        version.action_adopt()
        with self.assertRaisesRegex(UserError, "Élection"):
            self.assembly.action_convene()

    def test_a_second_click_changes_nothing(self):
        self.convene()
        with self.assertRaises(UserError):
            self.assembly.action_convene()
        self.assembly._send_convocations(self.assembly.convocation_ids.partner_id.ids)
        self.assertEqual(len(self.assembly.convocation_ids), 4)

    def test_letters(self):
        self.hedy.email = False
        self.convene()
        self.assertEqual(self.assembly.uncalled_ids, self.hedy)
        self.assembly.action_record_letters()
        self.assertFalse(self.assembly.uncalled_ids)
        letter = self.assembly.convocation_ids.filtered(
            lambda one: one.means == "letter"
        )
        self.assertEqual(letter.partner_id, self.hedy)

    def test_proof_is_append_only(self):
        self.convene()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.assembly.convocation_ids[0].sent_at = NOW - timedelta(days=30)
            self.env.flush_all()

    def test_cancelling_tells_those_who_were_called(self):
        self.convene()
        with RecordCapturer(self.env["mail.mail"], []) as sent:
            self.assembly.action_cancel()
        self.assertEqual(len(sent.records), 4)
        self.assertTrue(
            all(
                subject.startswith("Annul")
                for subject in sent.records.mapped("subject")
            )
        )
        with self.assertRaises(UserError):
            self.assembly.action_open()
