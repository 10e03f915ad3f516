# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command
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

    def test_the_team_answers_on_its_page(self):
        self.get("/my/volunteering/team", 404)
        self.assertNotIn("/my/volunteering/team", self.get("/my/volunteering").text)
        venue = self.create_venue("Le Lieu")
        self.enter(venue_id=venue.id)
        self.enter(venue_id=venue.id, note="Fermeture")
        self.assertIn("alert-danger", self.enter(venue_id="9999999").text)
        times = self.mine()
        self.assertEqual(times.venue_id, venue)
        team = self.create_user("venue_manager", "team")
        team.password = "team"
        venue.manager_ids = team
        need = self.home(team)[0]["team_times"]
        self.assertEqual((need["count"], need["url"]), (2, "/my/volunteering/team"))
        facilitator = self.create_user("facilitator")
        self.assertNotIn("team", self.home(facilitator)[1])
        venue.facilitator_ids = self.env["tierslieux.profile"].create(
            {"partner_id": facilitator.partner_id.id}
        )
        needs, ways = self.home(facilitator)
        self.assertEqual(needs["team_times"]["count"], 2)
        self.assertEqual(ways["team"]["url"], "/my/volunteering/team")
        self.session = self.authenticate("team", "team")
        self.assertIn("/my/volunteering/team", self.get("/my/volunteering").text)
        page = self.get("/my/volunteering/team").text
        self.assertIn(self.volunteer.name, page)
        self.assertIn("Carte des lieux", page)
        self.assertIn(
            "alert-danger", self.post("/my/volunteering/team", confirm="1").text
        )
        self.post("/my/volunteering/team", confirm="1", time=times[0].id)
        self.post("/my/volunteering/team", refuse="1", refusal="?", time=times[1].id)
        self.assertEqual(times.mapped("state"), ["confirmed", "refused"])
        self.assertNotIn("team_times", self.home(team)[0])
        self.assertNotIn('name="time"', self.get("/my/volunteering/team").text)

    def test_queries_of_the_pages(self):
        """The same at two sizes, of a volunteer and of the team of a venue."""
        venue = self.create_venue("Le Lieu", manager_ids=[Command.set(self.other.ids)])
        self.other.group_ids += self.env.ref("tierslieux_network.group_venue_manager")

        def queries(login, address):
            self.authenticate(login, login)
            self.url_open(address)
            before = self.cr.sql_log_count
            self.assertEqual(self.url_open(address).status_code, 200)
            return self.cr.sql_log_count - before

        def both():
            return [
                queries("volunteer", "/my/volunteering"),
                queries("other_volunteer", "/my/volunteering/team"),
            ]

        def create(count):
            times = self.times.with_user(self.volunteer).create(
                [
                    {
                        "date": "2026-05-04",
                        "minutes": 60,
                        "action_id": self.action.id,
                        "venue_id": venue.id,
                    }
                    for _number in range(count)
                ]
            )
            times[::2].with_user(self.treasurer).action_confirm()

        create(4)
        few = both()
        create(16)
        self.assertEqual(both(), few)
