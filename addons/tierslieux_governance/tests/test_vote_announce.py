# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta

from odoo.tests import RecordCapturer, tagged

from .common import START, GovernanceCommon


@tagged("post_install", "-at_install")
class TestVoteAnnounce(GovernanceCommon):
    """A vote between two dates: the mail of its opening, its end by itself. Atelier
    has an address and nobody who votes for it; Ada votes for the town too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.convene(is_asynchronous=True, date_end=datetime(2099, 1, 1, 12))
        cls.clock.move_to(START)
        cls.assembly.action_open()
        cls.motion = cls.assembly.motion_ids[0]

    def setUp(self):
        super().setUp()
        self.clock_at(START)

    def opened(self):
        with RecordCapturer(self.env["mail.mail"], []) as sent:
            self.motion.action_open()
        return sent.records

    def test_who_has_a_vote_is_told_once(self):
        mails = self.opened()
        self.assertEqual(mails.recipient_ids, self.ada | self.hedy | self.lea)
        self.assertEqual(len(mails), 3)
        for mail in mails:
            link = self.assembly._personal_url(
                mail.recipient_ids, f"/vote-{self.motion.id}"
            )
            self.assertIn(link, mail.body_html)
            self.assertIn("jeudi 1er janvier 2099", mail.body_html)
            self.assertEqual(mail.subject, "À vous de voter : Approbation des comptes")
        with RecordCapturer(self.env["mail.mail"], []) as again:
            self.motion._send_announcement(self.assembly.convocation_ids.ids[:1])
            self.motion._queue_announcement()
        self.assertFalse(again.records)

    def test_too_late_nobody_is_told(self):
        self.motion.closes_at = START - timedelta(days=1)
        self.assertFalse(self.opened())

    def test_who_gave_a_proxy_is_not_told(self):
        self.give(self.hedy, self.ada)
        self.assertEqual(self.opened().recipient_ids, self.ada | self.lea)

    def close_by_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("tierslieux_governance.ir_cron_close").method_direct_trigger()

    def test_closed_at_its_end(self):
        self.opened()
        self.motion._cast(self.hedy, {self.elector(self.hedy).id: "for"})
        self.close_by_cron()
        self.assertEqual(self.motion.state, "open")
        # The database has a clock of its own
        now = self.env.execute_query(self.motion._query_now())[0][0]
        self.motion.closes_at = now - timedelta(minutes=1)
        self.clock_at(now)
        self.close_by_cron()
        self.assertEqual(self.motion.state, "closed")
        self.close_by_cron()
        self.assertEqual(len(self.motion.resolution_ids), 1)
