# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime, timedelta

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .common import NOW, PassCommon


class TestVisits(PassCommon):
    """Lyon is two hours ahead of UTC until 25 October 2026, one hour after."""

    def setUp(self):
        super().setUp()
        self.clock.move_to(NOW)
        self.number = 0

    def tap(self, venue=None, instant=None, holder=None, direction=None, **kwargs):
        self.number += 1
        kwargs.setdefault("key", str(self.number))
        kwargs.setdefault("source", "scanner")
        return (holder or self.ada)._tap(
            venue or self.venue, instant, direction=direction, **kwargs
        )

    def visits(self, holder=None):
        return [
            (v.venue_id, v.check_in, v.check_out, v.minutes, v.estimated)
            for v in self.env["tierslieux.visit"]._effective(
                [("pass_id", "=", (holder or self.ada).id)], order="check_in, id"
            )
        ]

    def present(self, holder=None):
        return self.env["tierslieux.presence"].search(
            [("pass_id", "=", (holder or self.ada).id)]
        )

    def test_in_then_out(self):
        came = self.tap()
        self.assertEqual(came["outcome"], "in")
        self.assertEqual(self.present().venue_id, self.venue)
        self.clock.move_to(NOW + timedelta(minutes=95, seconds=30))
        left = self.tap()
        self.assertEqual((left["outcome"], left["minutes"]), ("out", 95))
        self.assertFalse(self.present())
        self.assertEqual(
            self.visits(),
            [(self.venue, NOW, NOW + timedelta(minutes=95, seconds=30), 95, False)],
        )

    def test_the_same_key_gets_the_same_answer(self):
        first = self.tap(key="k", instant=NOW)
        self.clock.move_to(NOW + timedelta(hours=1))
        self.assertEqual(self.tap(key="k", instant=NOW), first)
        self.assertEqual(self.visits(), [])
        with self.assertRaisesRegex(UserError, "another tap"):
            self.tap(key="k", instant=NOW + timedelta(minutes=1))
        bea = self.create_holder("Bea Beta")
        with self.assertRaisesRegex(UserError, "another tap"):
            self.tap(key="k", instant=NOW, holder=bea)

    def test_a_refusal_is_kept_and_repeated(self):
        self.agreements[0].date_to = date(2026, 10, 1)
        refused = self.tap(key="k", instant=NOW)
        self.assertEqual(refused["reason"], "no_agreement")
        self.agreements[0].date_to = False
        self.assertEqual(self.tap(key="k", instant=NOW), refused)
        self.assertFalse(self.present())

    def test_read_twice(self):
        self.tap()
        self.clock.move_to(NOW + timedelta(seconds=20))
        self.assertEqual(self.tap()["outcome"], "ignored")
        self.assertTrue(self.present())

    def test_two_venues_at_once(self):
        self.tap()
        later = NOW + timedelta(hours=1)
        self.clock.move_to(later)
        self.assertEqual(self.tap(self.far_venue)["outcome"], "in")
        self.assertEqual(self.present().venue_id, self.far_venue)
        self.assertEqual(self.visits(), [(self.venue, NOW, later, 60, True)])

    def test_forgotten_check_out(self):
        self.tap()
        # closing at 20:00 in Lyon is 18:00 UTC, and the longest stay ends with it
        self.clock.move_to(datetime(2026, 10, 21, 18, 30))
        self.close()
        self.assertTrue(self.present(), "People may still leave.")
        self.clock.move_to(datetime(2026, 10, 21, 19, 1))
        self.close()
        self.assertFalse(self.present())
        self.assertEqual(
            self.visits(),
            [(self.venue, NOW, datetime(2026, 10, 21, 18, 0), 480, True)],
        )

    def test_forgotten_check_out_is_capped(self):
        self.venue.longest_stay = 3
        self.tap()
        self.clock.move_to(NOW + timedelta(hours=5))
        self.close()
        self.assertEqual(
            self.visits(), [(self.venue, NOW, NOW + timedelta(hours=3), 180, True)]
        )

    def close(self):
        with self.enter_registry_test_mode():
            self.env.ref("tierslieux_pass.cron_close_visits").method_direct_trigger()
        self.env.invalidate_all()

    def test_forgotten_check_out_before_the_next_visit(self):
        self.tap()
        self.clock.move_to(NOW + timedelta(days=1))
        self.assertEqual(self.tap()["outcome"], "in")
        self.assertEqual(self.visits()[0][3:], (480, True))
        self.assertEqual(self.present().check_in, NOW + timedelta(days=1))

    def test_taps_out_of_order(self):
        """A device without a network sends its taps late, the last one first."""
        times = [NOW - timedelta(hours=hours) for hours in (4, 2, 1)]
        came, left, back = times
        self.tap(instant=back, source="offline", direction="in")
        self.tap(instant=left, source="offline", direction="out")
        self.assertEqual(self.visits(), [])
        self.tap(instant=came, source="offline", direction="in")
        self.assertEqual(self.present().check_in, came)
        # the way out came before its way in was known: refused, and sent again
        self.tap(instant=left, source="offline", direction="out")
        self.assertEqual(self.visits(), [(self.venue, came, left, 120, False)])
        self.assertEqual(self.present().check_in, back)

    def test_a_late_tap_corrects_what_was_written(self):
        came, left = NOW - timedelta(hours=3), NOW - timedelta(hours=1)
        self.tap(instant=came, source="offline")
        self.tap(self.far_venue, instant=left, source="offline")
        self.assertEqual(self.visits(), [(self.venue, came, left, 120, True)])
        first = self.env["tierslieux.visit"].search([("pass_id", "=", self.ada.id)])
        real = NOW - timedelta(hours=2)
        self.tap(instant=real, source="offline")
        self.assertEqual(self.visits(), [(self.venue, came, real, 60, False)])
        self.assertTrue(first.exists())
        self.assertEqual(first.corrected_by_ids.minutes, 60)

    def test_a_person_s_correction_stays_when_taps_arrive_late(self):
        came, left = NOW - timedelta(hours=3), NOW - timedelta(hours=1)
        self.tap(instant=came, source="offline")
        self.tap(self.far_venue, instant=left, source="offline")
        visit = self.env["tierslieux.visit"].search([("pass_id", "=", self.ada.id)])
        said = NOW - timedelta(hours=2, minutes=30)
        visit._correct("Partie plus tôt", check_out=said)
        self.tap(instant=NOW - timedelta(hours=2), source="offline")
        self.assertEqual(self.visits(), [(self.venue, came, said, 30, False)])

    def test_clocks(self):
        self.assertEqual(self.tap(instant=NOW + timedelta(hours=1))["reason"], "future")
        self.assertEqual(self.tap(instant=NOW - timedelta(days=8))["reason"], "too_old")

    def test_status_at_the_desk(self):
        event = self.env["tierslieux.pass.event"]
        for kind, day, reason in (
            ("paused", date(2026, 10, 1), "paused"),
            ("ended", date(2026, 10, 20), "ended"),
        ):
            event.create({"pass_id": self.ada.id, "kind": kind, "date": day})
            with self.subTest(kind):
                self.clock.tick(timedelta(minutes=2))
                self.assertEqual(self.tap()["reason"], reason)
        bea = self.create_holder("Bea Beta", since=date(2026, 11, 1))
        self.assertEqual(self.tap(holder=bea)["reason"], "planned")

    def test_whoever_is_in_may_leave_though_the_pass_has_ended(self):
        self.tap()
        self.env["tierslieux.pass.event"].create(
            {"pass_id": self.ada.id, "kind": "ended", "date": date(2026, 10, 21)}
        )
        self.clock.move_to(NOW + timedelta(hours=1))
        self.assertEqual(self.tap()["outcome"], "out")

    def test_across_midnight_and_the_end_of_summer_time(self):
        self.venue.opening_hours = "24/7"
        came = datetime(2026, 10, 24, 22, 30)
        self.clock.move_to(came)
        self.tap()
        self.clock.move_to(came + timedelta(hours=5))
        self.assertEqual(self.tap()["minutes"], 300)

    def test_codes(self):
        taps = self.env["tierslieux.visit.tap"]
        code = self.ada.card_ids.code
        typed = f" {code[:5].lower()}-{code[5:]} "
        self.assertEqual(
            taps._receive(self.venue, typed, "scanner", "a")["outcome"], "in"
        )
        unknown = taps._receive(self.venue, "X" * 20, "scanner", "b")
        self.assertEqual((unknown["reason"], unknown["pass"]), ("unknown", None))
        self.ada._replace_card("Téléphone perdu")
        self.clock.tick(timedelta(minutes=5))
        self.assertEqual(
            taps._receive(self.venue, code, "scanner", "c")["reason"], "revoked"
        )
        new = self.ada.card_ids.filtered(lambda card: not card.revoked_on)
        self.assertEqual(
            taps._receive(self.venue, new.code, "scanner", "d")["outcome"], "out"
        )

    def test_what_the_desk_sees(self):
        self.assertIsNone(self.tap()["name"])
        self.env["tierslieux.profile"].create(
            {"partner_id": self.ada.partner_id.id, "visibility_name": "network"}
        )
        self.assertEqual(self.ada._desk_cards()[self.ada.id]["name"], "Ada Alpha")

    def test_present(self):
        self.tap()
        self.clock.move_to(NOW + timedelta(minutes=42))
        here = self.venue.with_user(self.manager)._present()
        self.assertEqual(
            [(one["number"], one["minutes"]) for one in here], [(self.ada.number, 42)]
        )
        with self.assertRaises(AccessError):
            self.far_venue.with_user(self.manager)._present()

    def test_corrections(self):
        self.tap(instant=NOW - timedelta(hours=2))
        self.tap()
        visit = self.env["tierslieux.visit"].search([("pass_id", "=", self.ada.id)])
        for wrong in (
            {"check_out": NOW - timedelta(hours=3)},
            {"check_out": NOW + timedelta(hours=3)},
            {"check_in": NOW - timedelta(hours=30)},
        ):
            with self.subTest(wrong), self.assertRaises(UserError):
                visit._correct("Erreur", **wrong)
        with self.assertRaises(UserError):
            visit._correct(" ", void=True)
        shorter = visit._correct("Erreur", check_out=NOW - timedelta(hours=1))
        self.assertEqual((shorter.minutes, shorter.corrects_id), (60, visit))
        with self.assertRaisesRegex(UserError, "already"):
            visit._correct("Encore", void=True)
        shorter._correct("Jamais venue", void=True)
        self.assertEqual(self.visits(), [])

    def test_nothing_is_rewritten(self):
        self.tap(instant=NOW - timedelta(hours=2))
        self.tap()
        for model in ("tierslieux.visit", "tierslieux.visit.tap"):
            record = self.env[model].search([("pass_id", "=", self.ada.id)], limit=1)
            with (
                self.subTest(model),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.IntegrityError),
                self.env.cr.savepoint(),
            ):
                record.unlink()

    def test_a_tap_costs_the_same_whatever_the_history(self):
        def cost(holder):
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.tap(holder=holder)
            self.env.flush_all()
            return self.env.cr.sql_log_count - start

        bea = self.create_holder("Bea Beta")
        cost(bea)
        self.clock.tick(timedelta(hours=1))
        fresh = cost(bea)
        for day in range(1, 6):
            for hour in range(4):
                self.tap(
                    instant=NOW - timedelta(days=day, hours=-hour), source="offline"
                )
        self.tap()
        self.clock.tick(timedelta(hours=1))
        self.assertLessEqual(cost(self.ada), fresh)
