# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_books import BooksCommon


@tagged("post_install", "-at_install")
class TestVolunteeringPages(BooksCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.action.volunteering = True
        cls.volunteer = cls.create_user("member", "volunteer")
        cls.other = cls.create_user("member", "other_volunteer")
        for user in cls.volunteer | cls.other:
            user.password = user.login
        cls.times = cls.env["tierslieux.volunteer.time"]

    def setUp(self):
        super().setUp()
        self.session = self.authenticate("volunteer", "volunteer")

    def get(self, url, status=200):
        with mute_logger("odoo.http"):
            answer = self.url_open(url)
        self.assertEqual(answer.status_code, status, url)
        return answer

    def post(self, url, status=200, **data):
        data["csrf_token"] = Request.csrf_token(self)
        with mute_logger("odoo.http"):
            answer = self.url_open(url, data=data)
        self.assertEqual(answer.status_code, status, url)
        return answer

    def enter(self, url="/my/volunteering", **values):
        return self.post(
            url,
            **{
                "date": "2026-05-18",
                "action_id": self.action.id,
                "hours": "1",
                "minutes": "30",
                "note": "Accueil",
                **values,
            },
        )

    def mine(self):
        return self.times.search([("partner_id", "=", self.volunteer.partner_id.id)])

    def test_entered_changed_deleted(self):
        page = self.get("/my/volunteering").text
        self.assertIn("Carte des lieux", page)
        self.assertNotIn("Rencontres", page)
        self.enter()
        time = self.mine()
        self.assertEqual(
            (time.minutes, time.note, time.state), (90, "Accueil", "draft")
        )
        self.enter(f"/my/volunteering/{time.id}", hours="2", minutes="")
        self.assertEqual(time.minutes, 120)
        self.post(f"/my/volunteering/{time.id}/delete")
        self.assertFalse(self.mine())

    def test_what_was_typed_wrong_is_told(self):
        for values in (
            {"date": ""},
            {"date": "2026-10-22"},
            {"hours": "", "minutes": "0"},
            {"hours": "25"},
            {"hours": "-1"},
            {"hours": "1e3"},
            {"action_id": ""},
            {"action_id": self.other_action.id},
            {"action_id": "9999999"},
        ):
            page = self.enter(**values).text
            self.assertIn("alert-danger", page, values)
            self.assertIn("Accueil", page)
        self.assertFalse(self.mine())

    def test_guessed_numbers(self):
        foreign = self.times.with_user(self.other).create(
            {"date": "2026-05-04", "minutes": 60, "action_id": self.action.id}
        )
        own = self.times.with_user(self.volunteer).create(
            {"date": "2026-05-04", "minutes": 60, "action_id": self.action.id}
        )
        own.with_user(self.treasurer).action_confirm()
        for time in (foreign, own):
            self.get(f"/my/volunteering/{time.id}", 404)
            self.post(f"/my/volunteering/{time.id}/delete", 404)
        self.assertTrue((foreign | own).exists())
        self.authenticate(None, None)
        self.assertIn("/web/login", self.get("/my/volunteering").url)

    def test_queries_of_the_page(self):
        def queries():
            times = self.times.with_user(self.volunteer)
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            page = times._my_page()
            for one in page["entries"]:
                self.assertTrue(one.date and page["names"][one.sudo().action_id.id])
            return self.cr.sql_log_count - before

        def create(count):
            self.times.with_user(self.volunteer).create(
                [
                    {"date": "2026-05-04", "minutes": 60, "action_id": self.action.id}
                    for _number in range(count)
                ]
            )

        create(2)
        queries()
        few = queries()
        create(20)
        queries()
        self.assertEqual(queries(), few)
