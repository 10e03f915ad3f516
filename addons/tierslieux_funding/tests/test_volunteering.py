# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from psycopg2.errors import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_books import BooksCommon


@tagged("post_install", "-at_install")
class TestVolunteering(BooksCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.action.volunteering = True
        cls.volunteer = cls.create_user("member", "volunteer")
        cls.other = cls.create_user("venue_manager", "other")
        cls.general = cls.env.ref("tierslieux_funding.qualification_general")

    def times(self, user=None):
        return self.env["tierslieux.volunteer.time"].with_user(user or self.volunteer)

    def time(self, minutes=90, date="2026-05-04", user=None, action=None):
        return self.times(user).create(
            {
                "date": date,
                "minutes": minutes,
                "action_id": (action or self.action).id,
            }
        )

    def confirm(self, *times):
        for one in times:
            one.with_user(self.treasurer).action_confirm()

    def post_all(self, until="2026-05-31", late="2026-05-20"):
        return self.postings._post_contributions(
            self.company, Date.to_date(until), Date.to_date(late)
        )

    def test_worth_at_the_rate_of_the_day(self):
        time = self.time(date="2025-12-31")
        newer = self.time(date="2026-01-01")
        self.confirm(time, newer)
        self.assertEqual(time.sudo().value, 17.82)
        self.assertEqual(newer.sudo().value, 18.03)
        self.assertEqual(time.sudo().rate_id.hourly, 11.88)
        self.assertEqual(newer.hours, 1.5)

    def test_without_a_rate(self):
        skilled = self.env.ref("tierslieux_funding.qualification_skilled")
        time = self.time()
        time.sudo().qualification_id = skilled
        with self.assertRaisesRegex(UserError, "No rate is adopted"):
            self.confirm(time)
        rate = skilled.rate_ids.create(
            {
                "qualification_id": skilled.id,
                "date_from": "2026-01-01",
                "hourly": 18,
                "source": "Bureau du 4 janvier",
            }
        )
        with self.assertRaisesRegex(UserError, "No rate is adopted"):
            self.confirm(time)
        rate.action_adopt()
        self.confirm(time)
        self.assertEqual(time.sudo().value, 27)
        self.assertFixed(lambda: rate.write({"hourly": 19}))

    def assertFixed(self, change):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            change()
            self.env.flush_all()

    def test_a_confirmed_entry_is_fixed(self):
        time = self.time()
        self.confirm(time)
        self.assertFixed(lambda: time.sudo().write({"minutes": 600}))
        self.assertFixed(lambda: time.sudo().unlink())
        with self.assertRaises(AccessError):
            time.minutes = 600
        correction = time.with_user(self.treasurer)._correct(30, "Une demi-heure")
        self.assertEqual((correction.minutes, correction.value), (-60, -12.02))
        self.assertEqual(correction.corrects_id, time.with_user(self.treasurer))
        with self.assertRaisesRegex(UserError, "another one"):
            time.with_user(self.treasurer)._correct(30, "encore")
        with self.assertRaisesRegex(UserError, "Say why"):
            time.with_user(self.treasurer)._correct(60, " ")

    def test_people_keep_their_own(self):
        time = self.time()
        self.assertEqual(time.partner_id, self.volunteer.partner_id)
        self.assertFalse(self.times(self.other).search([("id", "=", time.id)]))
        with self.assertRaises(AccessError):
            time.with_user(self.other).write({"minutes": 5})
        with self.assertRaises(AccessError):
            self.times(self.other).create(
                {
                    "partner_id": self.volunteer.partner_id.id,
                    "minutes": 5,
                    "action_id": self.action.id,
                }
            )
        for values in (
            {"state": "confirmed"},
            {"confirmed_on": "2026-05-05 10:00:00"},
            {"value": 100},
        ):
            with self.assertRaises(AccessError):
                time.write(values)
        with self.assertRaisesRegex(UserError, "nobody of the team"):
            time.action_confirm()
        time.minutes = 45
        time.unlink()

    def test_the_team_of_a_venue_confirms(self):
        facilitator = self.create_user("facilitator")
        profile = self.env["tierslieux.profile"].create(
            {"partner_id": facilitator.partner_id.id}
        )
        stranger = self.create_user("facilitator", "stranger")
        venue = self.create_venue("Le Lieu", manager_ids=[Command.set(self.other.ids)])
        venue.facilitator_ids = profile
        here = {"venue_id": venue.id, "action_id": self.action.id, "minutes": 60}
        first, second, third = (self.times().create(here) for _one in range(3))
        elsewhere = self.time()
        own = self.times(self.other).create(here)
        page = self.times(facilitator)._team_page()
        self.assertEqual(page["entries"], first | second | third | own)
        self.assertEqual(
            self.times(self.other)._team_page()["entries"], first | second | third
        )
        for user, time in (
            (stranger, first),
            (facilitator, elsewhere),
            (self.other, own),
            (self.volunteer, first),
        ):
            with self.assertRaisesRegex(UserError, "nobody of the team|to access"):
                time.with_user(user).action_confirm()
            with self.assertRaises(AccessError):
                time.with_user(user).write({"state": "confirmed"})
        first.with_user(self.other).action_confirm()
        self.assertEqual(first.sudo().value, 12.02)
        self.assertEqual(first.sudo().confirmed_by_id, self.other)
        times = self.times(facilitator)
        with self.assertRaisesRegex(UserError, "Say why"):
            times._team_answer(second.ids, " ")
        times._team_answer(second.ids, "Quel jour ?")
        self.assertEqual((second.state, second.answer), ("refused", "Quel jour ?"))
        times._team_answer((first | third | elsewhere).ids)
        self.assertEqual((third.state, elsewhere.state), ("confirmed", "draft"))
        with self.assertRaisesRegex(UserError, "nothing is chosen"):
            times._team_answer(elsewhere.ids)
        # a correction is the office's
        with self.assertRaisesRegex(UserError, "The treasurer or the board"):
            first.with_user(facilitator)._correct(30, "Une demi-heure")
        self.assertFixed(lambda: first.sudo().write({"minutes": 600}))

    def test_what_is_not_an_entry(self):
        with self.assertRaisesRegex(ValidationError, "not come yet"):
            self.time(date="2026-10-22")
        with self.assertRaisesRegex(ValidationError, "do not report"):
            self.time(action=self.other_action)
        self.assertFixed(lambda: self.time(minutes=0))
        self.assertFixed(lambda: self.time(minutes=24 * 60 + 1))

    def test_refused_and_entered_again(self):
        time = self.time()
        time.with_user(self.board)._refuse("Quel jour ?")
        self.assertEqual((time.state, time.answer), ("refused", "Quel jour ?"))
        values = {"date": "2026-05-05", "action_id": self.action.id}
        self.times()._enter(time, {**values, "minutes": 90, "note": ""})
        self.assertEqual((time.state, time.answer), ("draft", False))

    def test_what_is_confirmed_is_not_refused(self):
        time = self.time()
        self.confirm(time)
        with self.assertRaisesRegex(UserError, "correct it"):
            time.with_user(self.treasurer)._refuse("Trop tard")

    def test_one_entry_a_month_and_action(self):
        self.other_action.volunteering = True
        self.confirm(
            self.time(60, "2026-04-02"),
            self.time(60, "2026-05-04"),
            self.time(30, "2026-05-05", self.other),
            self.time(60, "2026-05-06", action=self.other_action),
        )
        self.time(600, "2026-05-07")  # nobody has confirmed it
        postings = self.post_all()
        self.assertEqual(
            [(str(one.date), one.action_id, one.amount) for one in postings],
            [
                ("2026-04-30", self.action.with_env(self.books), 12.02),
                ("2026-05-31", self.action.with_env(self.books), 18.03),
                ("2026-05-31", self.other_action.with_env(self.books), 12.02),
            ],
        )
        self.assertEqual(self.balances(), {"864000": 42.07, "875000": -42.07})
        self.assertEqual(postings.move_id.journal_id.code, "CVN")
        self.assertFalse(postings.move_id.line_ids.tax_ids)
        self.assertFalse(self.post_all())

    def test_what_is_confirmed_or_corrected_later_is_the_difference(self):
        time = self.time(60)
        self.confirm(time)
        self.post_all()
        self.confirm(self.time(30, "2026-05-08"))
        time.with_user(self.treasurer)._correct(0, "Journée annulée")
        late = self.post_all()
        self.assertEqual(late.amount, -6.01)
        self.assertEqual(self.balances(), {"864000": 6.01, "875000": -6.01})
        self.assertFalse(self.postings._query_disagreements(self.company))

    def test_months_already_closed(self):
        self.confirm(self.time(60, "2026-04-02"))
        self.company.fiscalyear_lock_date = "2026-04-30"
        posting = self.post_all(late="2026-05-20")
        self.assertEqual(str(posting.date), "2026-05-20")

    def test_gifts_in_kind(self):
        giver = self.env["res.partner"].create({"name": "Mairie"})
        gifts = self.books["tierslieux.in.kind"].create(
            [
                {
                    "name": kind,
                    "kind": kind,
                    "partner_id": giver.id,
                    "action_id": self.action.id,
                    "date": "2026-05-10",
                    "value": value,
                    "valuation": "Tarif public",
                }
                for kind, value in (
                    ("aid", 10),
                    ("made_available", 20),
                    ("service", 40),
                )
            ]
        )
        with self.assertRaisesRegex(UserError, "evidence"):
            gifts.action_confirm()
        gifts.evidence = base64.b64encode(b"lettre")
        gifts.action_confirm()
        self.post_all()
        self.assertEqual(
            self.balances(),
            {
                "860000": 10,
                "861000": 20,
                "862000": 40,
                "870000": -10,
                "871000": -60,
            },
        )
        gifts[1]._correct(1500, "Deux jours")
        self.post_all()
        self.assertEqual(self.balances()["861000"], 15)
        self.assertFixed(lambda: gifts[1].write({"value": 1}))

    def test_wizard(self):
        self.confirm(self.time(90))
        self.time(30, "2026-05-08")
        wizard = self.books["tierslieux.contribution.posting"].create({})
        self.assertIn("1 h 30", wizard.explanation)
        self.assertEqual(wizard.waiting, 1)
        wizard.action_post()
        again = self.books["tierslieux.contribution.posting"].create({})
        self.assertIn("posted already", again.explanation)

    def test_the_result_is_not_changed(self):
        self.confirm(self.time(90))
        self.post_all()
        groups = self.env["account.account"].search([("code", "=like", "8%")])
        self.assertEqual(set(groups.mapped("internal_group")), {"off"})
