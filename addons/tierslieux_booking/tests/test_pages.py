# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import timedelta
from unittest.mock import patch

from lxml import html

from odoo.http import Request
from odoo.tests import HttpCase, freeze_time, tagged

from .common import NOW, BookingCommon, utc


class PagesCommon(BookingCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # alone in the database, whatever demo it holds
        cls.env["tierslieux.venue"].search(
            [("id", "not in", (cls.venue | cls.other_venue).ids)]
        ).is_published = False
        cls.member = cls.create_user("member")
        cls.stranger = cls.create_user("member", "test_stranger")
        cls.manager = cls.create_user("venue_manager")
        (cls.member | cls.stranger | cls.manager).lang = "fr_FR"
        cls.venue.manager_ids = cls.manager
        cls.room.capacity = 8

    def sign_in(self, user):
        self.authenticate(user.login, user.login)

    def page(self, url, code=200):
        response = self.url_open(url)
        self.assertEqual(response.status_code, code, url)
        return html.fromstring(response.content)

    def post(self, url, **data):
        data = {"csrf_token": Request.csrf_token(self), **data}
        response = self.url_open(url, data=data, allow_redirects=False)
        self.env.invalidate_all()
        return response

    def times(self, page):
        return [one.text_content().strip() for one in page.cssselect(".tl-time")]

    def names(self, page):
        return [one.text_content().strip() for one in page.cssselect(".tl-offer-name")]

    def queries(self, url):
        """Those of a page that was read before."""
        self.url_open(url)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertEqual(self.url_open(url).status_code, 200)
        return self.env.cr.sql_log_count - before

    def more_bookables(self, count):
        for number in range(count):
            venue = self.create_venue(f"Lieu {number}", state="open")
            venue.opening_hours = "Mo-Fr 09:00-18:00"
            for name in ("Salle", "Atelier"):
                self.create_bookable(
                    f"{name} {number}",
                    venue_id=venue.id,
                    prices=[("public", 3, None, 12), ("member", 2, None, 8)],
                )


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSearchPage(PagesCommon):
    def test_what_is_free(self):
        self.room._book(self.ada, utc("03-02 08:00"), utc("03-02 16:00"))
        page = self.page("/reserver")
        self.assertIn("Coworking", self.names(page))
        # an hour of the room is left, from 17 h
        card = next(
            one
            for one in page.cssselect(".tl-offer")
            if "Salle Ampère" in one.text_content()
        )
        self.assertEqual(
            [one.text for one in card.cssselect(".tl-time")], ["17\u00a0h"]
        )
        self.assertIn("10\u00a0€", card.text_content())

    def test_need(self):
        for query, names in (
            ("what=desk", ["Coworking"]),
            ("what=room", ["Salle Ampère", "Atelier"]),
            ("what=room&people=8", ["Salle Ampère"]),
            ("what=equipment", ["Découpeuse laser", "Imprimante 3D"]),
            ("search=decoupeuze+lazer", ["Découpeuse laser"]),
            ("what=desk&people=5", []),
            ("what=mentor", []),
            ("people=4&what=desk&minutes=480", ["Coworking"]),
            ("day=2026-03-07", []),
            ("day=nonsense&minutes=-5&people=x&lat=9999&from=27:99&what=x", None),
        ):
            with self.subTest(query):
                page = self.page(f"/reserver?{query}")
                if names is not None:
                    self.assertEqual(set(self.names(page)), set(names))

    def test_from_a_time_of_day_and_near(self):
        self.venue.write({"partner_latitude": 45.76, "partner_longitude": 4.84})
        page = self.page("/reserver?what=desk&from=16:00&lat=45.70&lng=4.84")
        self.assertEqual(
            self.times(page), ["16\u00a0h", "16\u00a0h\u00a030", "17\u00a0h"]
        )
        self.assertIn("km", page.cssselect(".tl-offers-venue")[0].text_content())
        self.commune.write({"latitude": 45.76, "longitude": 4.84})
        code = self.commune.insee_code
        page = self.page(f"/reserver?what=desk&commune={code}")
        self.assertIn("0,0 km", page.cssselect(".tl-offers-venue")[0].text_content())

    def test_the_first_day_with_something_free(self):
        with freeze_time("2026-03-06 20:00:00"):
            page = self.page("/reserver")
        self.assertIn("lundi 9 mars", page.cssselect(".tl-count")[0].text_content())

    def test_price_for_me(self):
        self.assertIn("3\u00a0€", self.page("/reserver?what=desk").text_content())
        self.sign_in(self.member)
        audience = "odoo.addons.tierslieux_booking.models.res_partner.ResPartner"
        with patch(
            f"{audience}._booking_audience",
            lambda partners: dict.fromkeys(partners, "member"),
        ):
            page = self.page("/reserver?what=desk")
        self.assertIn("2\u00a0€", page.text_content())

    def test_hidden_ones_are_not_found(self):
        self.room.is_published = False
        self.assertNotIn("Salle Ampère", self.names(self.page("/reserver")))
        self.page(f"/reserver/salle-ampere-{self.room.id}", 404)
        self.page("/reserver/999999999", 404)
        self.page("/reserver/nonsense", 404)
        self.venue.state = "project"
        self.page(f"/reserver/coworking-{self.desks.id}", 404)

    def test_reached_from_the_venue_and_the_directory(self):
        page = self.page(self.venue.website_url)
        self.assertIn("Coworking", self.names(page))
        self.assertTrue(page.cssselect("a[href*='/reserver/']"))
        self.assertTrue(self.page("/lieux").cssselect("a[href^='/reserver']"))

    def test_queries(self):
        counts = []
        for more in (1, 6):
            self.more_bookables(more)
            counts.append(
                [
                    self.queries(url)
                    for url in ("/reserver", self.desks.website_url, "/my")
                ]
            )
        self.assertEqual(*counts)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestBookablePage(PagesCommon):
    def choose(self, page, label):
        [link] = [
            one for one in page.cssselect(".tl-week-day .tl-time") if one.text == label
        ][:1]
        return link.get("href")

    def test_two_clicks(self):
        """From the first page of the portal: a free time, then confirm."""
        self.env["tierslieux.profile"].create(
            {
                "partner_id": self.member.partner_id.id,
                "home_venue_id": self.venue.id,
            }
        )
        self.sign_in(self.member)
        home = self.page("/my")
        link = home.cssselect(".tl-home-booking .tl-time")[0].get("href")
        chosen = self.page(link)
        form = chosen.cssselect(".tl-choice-panel form")[0]
        response = self.post(form.get("action"), **form.fields)
        self.assertEqual(response.status_code, 303)
        booking = self.member.partner_id.booking_ids
        self.assertEqual(booking.state, "confirmed")
        self.assertIn(f"/my/bookings/{booking.id}", response.headers["Location"])
        # what was booked is proposed again
        names = self.names(self.page("/my"))
        self.assertEqual(names[0], booking.bookable_id.name)

    def test_choice_is_kept_while_signing_in(self):
        url = f"{self.room.website_url}?start=20260303T0900Z&minutes=60&seats=1"
        page = self.page(url)
        self.assertFalse(page.cssselect(".tl-choice-panel form"))
        link = page.cssselect(".tl-sign-in a")[0].get("href")
        signing = self.page(link)
        redirect = signing.cssselect("form input[name=redirect]")[0].get("value")
        self.sign_in(self.member)
        self.assertTrue(self.page(redirect).cssselect(".tl-choice-panel form"))

    def test_lost_race(self):
        """The sentence, and the nearest free times as links."""
        self.sign_in(self.member)
        self.room._book(self.ada, utc("03-03 09:00"), utc("03-03 10:00"))
        response = self.post(
            f"{self.room.website_url}/book", start="20260303T0900Z", minutes="60"
        )
        self.assertEqual(response.status_code, 303)
        page = self.page(response.headers["Location"])
        [said] = page.cssselect(".alert")
        self.assertIn("déjà pris", said.text_content())
        links = said.cssselect(".tl-time")
        self.assertEqual(len(links), 3)
        self.assertTrue(self.page(links[0].get("href")).cssselect(".tl-confirm"))
        self.assertFalse(self.member.partner_id.booking_ids)

    def test_refusals(self):
        self.sign_in(self.member)
        for start in ("20260307T0900Z", "20200307T0900Z", "20260303T0907Z"):
            page = self.page(f"{self.room.website_url}?start={start}&minutes=60")
            self.assertTrue(page.cssselect(".alert-warning"), start)
            answer = self.post(
                f"{self.room.website_url}/book", start=start, minutes="60"
            )
            self.assertEqual(answer.status_code, 200)
        for form in ({}, {"start": "x", "minutes": "60"}, {"start": "20260303T0900Z"}):
            answer = self.post(f"{self.room.website_url}/book", **form)
            self.assertEqual(answer.status_code, 303)
        self.assertFalse(self.member.partner_id.booking_ids)

    def test_needs_a_token_and_an_account(self):
        form = {"start": "20260303T0900Z", "minutes": "60"}
        url = f"{self.room.website_url}/book"
        self.assertIn("/web/login", self.url_open(url, data=form).url)
        self.sign_in(self.member)
        self.assertEqual(self.url_open(url, data=form).status_code, 400)
        self.assertFalse(self.room.booking_ids)

    def test_page(self):
        page = self.page(f"{self.desks.website_url}?minutes=120&seats=2")
        text = page.text_content()
        self.assertEqual(len(page.cssselect(".tl-week-day")), 7)
        self.assertIn("Tarifs", text)
        self.assertIn("12\u00a0€", text)
        times = self.times(page)
        self.assertEqual(times[0], "9\u00a0h")
        self.assertEqual(times.count("16\u00a0h"), 5)
        self.assertNotIn("16\u00a0h\u00a030", times)
        following = page.cssselect(".tl-week-nav a")[0].get("href")
        self.assertIn("day=2026-03-09", following)
        self.page(following.split("#")[0])

    def test_mentor(self):
        profile = self.env["tierslieux.profile"].create(
            {"name": "Zoé Bêta", "headline": "Céramiste", "visibility_name": "public"}
        )
        mentor = self.create_bookable(
            "Rendez-vous projet", kind="mentor", profile_id=profile.id
        )
        self.assertIn("Zoé Bêta", self.page(mentor.website_url).text_content())
        profile.visibility_name = "nobody"
        self.assertNotIn("Zoé Bêta", self.page(mentor.website_url).text_content())


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMyBookings(PagesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.booking = cls.room._book(
            cls.member.partner_id, utc("03-05 09:00"), utc("03-05 10:00")
        )
        cls.theirs = cls.desks._book(
            cls.stranger.partner_id, utc("03-05 09:00"), utc("03-05 10:00")
        )

    def test_list_and_page(self):
        self.sign_in(self.member)
        [row] = self.page("/my/bookings").cssselect(".tl-booking-rows li")
        self.assertIn("jeudi 5 mars 2026", row.text_content())
        text = self.page(f"/my/bookings/{self.booking.id}").text_content()
        self.assertIn("10\u00a0€", text)
        self.assertIn("mercredi 4 mars", text)

    def test_cancel_within_the_delay(self):
        self.sign_in(self.member)
        self.post(f"/my/bookings/{self.booking.id}/cancel")
        self.assertEqual(self.booking.state, "cancelled")
        late = self.room._book(
            self.member.partner_id, utc("03-02 14:00"), utc("03-02 15:00")
        )
        answer = self.post(f"/my/bookings/{late.id}/cancel")
        self.assertIn("trop tard", answer.text)
        self.assertEqual(late.state, "confirmed")

    def test_move(self):
        self.sign_in(self.member)
        url = f"/my/bookings/{self.booking.id}/move"
        self.assertIn("11\u00a0h", self.times(self.page(url)))
        page = self.page(f"{url}?start=20260306T0900Z")
        form = page.cssselect(".tl-choice-panel form")[0]
        self.post(form.get("action"), **form.fields)
        self.assertEqual(self.booking.start, utc("03-06 09:00"))
        self.room._book(self.ada, utc("03-06 13:00"), utc("03-06 14:00"))
        answer = self.post(url, start="20260306T1300Z")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(self.booking.start, utc("03-06 09:00"))

    def test_guessed_ids(self):
        self.sign_in(self.member)
        for number in (self.theirs.id, 999999999):
            for end in ("", "/move", ".ics"):
                self.page(f"/my/bookings/{number}{end}", 404)
            for end in ("/cancel", "/move"):
                answer = self.post(
                    f"/my/bookings/{number}{end}", start="20260306T0900Z"
                )
                self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.theirs.state, "confirmed")

    def test_needs_a_token(self):
        self.sign_in(self.member)
        for end in ("cancel", "move"):
            url = f"/my/bookings/{self.booking.id}/{end}"
            answer = self.url_open(url, data={"start": "20260306T0900Z"})
            self.assertEqual(answer.status_code, 400)
        self.assertEqual(self.booking.state, "confirmed")

    def test_calendars(self):
        self.sign_in(self.member)
        one = self.url_open(f"/my/bookings/{self.booking.id}.ics")
        self.assertTrue(one.headers["Content-Type"].startswith("text/calendar"))
        self.assertIn("DTSTART:20260305T090000Z", one.text)
        page = self.page("/my/bookings/calendar")
        address = page.cssselect("#tl_feed")[0].get("value")
        path = re.sub("^https?://[^/]+", "", address)
        self.authenticate(None, None)
        self.assertIn(self.booking.reference, self.url_open(path).text)
        self.assertEqual(self.url_open("/agenda/guessed.ics").status_code, 404)
        self.sign_in(self.member)
        self.post("/my/bookings/calendar/revoke")
        self.assertEqual(self.url_open(path).status_code, 404)

    def test_queries(self):
        self.sign_in(self.member)
        counts = []
        for more in (2, 10):
            for number in range(more):
                start = utc("03-09 08:00") + timedelta(days=more, hours=number / 2)
                one = self.desks._book(
                    self.member.partner_id,
                    start,
                    start + timedelta(hours=0.5),
                    purpose="walk_in",
                )
                if number % 2:
                    one._cancel("essai")
            counts.append(self.queries("/my/bookings"))
        self.assertEqual(*counts)
