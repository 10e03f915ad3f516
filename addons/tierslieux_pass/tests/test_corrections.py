# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo.exceptions import UserError

from .common import NOW, PassCommon


class TestCorrections(PassCommon):
    """What is asked for in time, and what becomes of it without an answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env["tierslieux.settlement.rule"].create(
            {
                "name": "Règles",
                "date_from": date(2026, 1, 1),
                "adopted_on": date(2026, 1, 1),
                "correction_days": 10,
                "answer_days": 5,
            }
        )
        cls.cron = cls.env.ref("tierslieux_pass.cron_answer_requests")

    def setUp(self):
        super().setUp()
        self.clock.move_to(NOW)
        self.visit = self.env["tierslieux.visit"].create(
            {
                "pass_id": self.ada.id,
                "partner_id": self.ada.partner_id.id,
                "venue_id": self.venue.id,
                "check_in": NOW - timedelta(hours=4),
                "check_out": NOW - timedelta(hours=1),
                "minutes": 180,
            }
        )

    def ask(self, **values):
        shorter = {"check_out": NOW - timedelta(hours=2)}
        return self.visit._ask_correction("Partie plus tôt", **(values or shorter))

    def answer_after(self, days):
        self.clock.move_to(NOW + timedelta(days=days))
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_asked_within_the_delay_of_the_rules(self):
        self.clock.move_to(NOW + timedelta(days=10))
        with self.assertRaisesRegex(UserError, "within 10 days"):
            self.ask()
        self.clock.move_to(NOW + timedelta(days=9))
        self.assertEqual(self.ask().state, "asked")

    def test_without_an_answer_it_is_accepted(self):
        request = self.ask()
        self.assertEqual(request.answer_by, date(2026, 10, 26))
        self.answer_after(5)
        self.assertEqual(request.state, "asked", "the last day is the venue's")
        self.answer_after(6)
        self.assertEqual(request.state, "accepted")
        self.assertIn("26", request.answer)
        self.assertEqual(self.visit.corrected_by_ids.minutes, 120)
        self.answer_after(7)
        self.assertEqual(len(self.visit.corrected_by_ids), 1)

    def test_without_an_answer_it_is_refused_if_the_rules_say_so(self):
        self.rule.copy(
            {
                "date_from": date(2026, 10, 1),
                "adopted_on": date(2026, 10, 1),
                "unanswered": "refused",
            }
        )
        request = self.ask(void=True)
        self.answer_after(6)
        self.assertEqual(request.state, "refused")
        self.assertTrue(request.answer)
        self.assertFalse(self.visit.corrected_by_ids)

    def test_the_visit_was_corrected_in_the_meantime(self):
        request = self.ask()
        self.visit._correct("Erreur", void=True)
        self.answer_after(6)
        self.assertEqual(request.state, "refused")
        self.assertTrue(request.answer)

    def test_before_the_first_rules_there_is_no_delay(self):
        self.env["tierslieux.settlement.rule"].create(
            {
                "name": "Règles à venir",
                "date_from": date(2026, 11, 1),
                "correction_days": 1,
            }
        )
        visit = self.visit.copy(
            {
                "check_in": NOW - timedelta(days=400, hours=2),
                "check_out": NOW - timedelta(days=400),
                "minutes": 120,
            }
        )
        request = visit._ask_correction("Pas venue", void=True)
        self.assertFalse(request.answer_by)
        self.answer_after(300)
        self.assertEqual(request.state, "asked")

    def test_time_to_leave_is_the_venue_s(self):
        before = self.venue._cut_off(NOW)
        self.venue.leave_minutes = 15
        after = self.venue._cut_off(NOW)
        self.assertEqual(after.end, before.end)
        self.assertEqual(after.deadline, before.end + timedelta(minutes=15))

    def test_the_first_page(self):
        """What a venue answers, the month to close, one's pass."""
        self.ask()
        needs, ways = self.home(self.manager)
        need = needs[f"corrections_{self.venue.id}"]
        self.assertEqual(
            (need["count"], need["url"]), (1, f"/my/venues/{self.venue.id}/visits")
        )
        self.assertIn(self.venue.name, need["detail"])
        for key in ("desk", "statements"):
            self.assertIn(f"{key}_{self.venue.id}", ways)
        needs, ways = self.home(self.create_user("treasurer"))
        self.assertIn(needs["close"]["value"].lower(), ("september", "septembre"))
        self.assertEqual(needs["close"]["url"], ways["closes"]["url"])
        self.assertNotIn(f"corrections_{self.venue.id}", needs)
        member = self.create_user("member")
        self.assertNotIn("pass", self.home(member)[1])
        self.create_holder("Bea", partner=member.partner_id)
        self.assertEqual(self.home(member)[1]["pass"]["url"], "/my/pass")
        self.answer_after(6)
        self.assertNotIn(f"corrections_{self.venue.id}", self.home(self.manager)[0])
