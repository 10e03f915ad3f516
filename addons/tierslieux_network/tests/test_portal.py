# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
import json
import zipfile

from lxml import html
from PIL import Image

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from .common import NetworkCommon


@tagged("post_install", "-at_install")
class TestPortal(NetworkCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls.create_user("member")
        cls.manager = cls.create_user("venue_manager")
        (cls.member | cls.manager).lang = "fr_FR"
        cls.venue.manager_ids = cls.manager
        cls.woodworking = cls.env.ref("tierslieux_network.skill_woodworking")
        png = io.BytesIO()
        Image.new("RGB", (40, 30), "#1f4e5f").save(png, "PNG")
        cls.photo = png.getvalue()

    def sign_in(self, user):
        self.authenticate(user.login, user.login)

    def post(self, url, data, files=None):
        data = {"csrf_token": Request.csrf_token(self), **data}
        response = self.url_open(url, data=data, files=files, allow_redirects=False)
        self.env.invalidate_all()
        return response

    def hours(self, **ranges):
        """The hours part of the form, empty but for ``ranges``."""
        form = {
            f"{end}_{day}_{n}": ""
            for end in ("from", "to")
            for day in range(7)
            for n in range(2)
        }
        return {**form, **ranges}

    # -- my profile -----------------------------------------------------------

    def test_a_person_says_who_sees_what(self):
        self.sign_in(self.member)
        self.assertIn("Mon profil et qui le voit", self.url_open("/my/profile").text)
        response = self.post(
            "/my/profile",
            {
                "headline": "Menuisière",
                "biography": "Bonjour",
                "skill_ids": [str(self.woodworking.id), "999999999", "x"],
                "home_venue_id": str(self.other_venue.id),
                "visibility_name": "public",
                "visibility_headline": "public",
                "visibility_biography": "network",
                "visibility_email": "everybody-of-the-world",
            },
        )
        self.assertEqual(response.status_code, 303)
        profile = self.member.partner_id.profile_ids
        self.assertEqual(profile.skill_ids, self.woodworking)
        self.assertFalse(profile.home_venue_id, "an unpublished venue cannot be chosen")
        self.assertEqual(profile.visibility_email, "nobody")
        self.assertEqual(
            profile._visible_values("public")[profile.id],
            {"name": self.member.name, "headline": "Menuisière"},
        )
        preview = self.url_open("/my/profile/preview?audience=public").text
        self.assertIn("Menuisière", preview)
        self.assertNotIn("Bonjour", preview)
        self.assertIn(
            "Bonjour", self.url_open("/my/profile/preview?audience=network").text
        )

    def test_photo_is_checked(self):
        self.sign_in(self.member)
        self.post("/my/profile", {}, {"photo": ("me.png", self.photo)})
        self.assertTrue(self.member.partner_id.image_1920)
        kept = self.member.partner_id.image_1920
        svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
        for content in (b"not an image", svg):
            refused = self.post("/my/profile", {}, {"photo": ("me.png", content)})
            self.assertIn("pas une image lisible", refused.text)
            self.env.invalidate_all()
            self.assertEqual(self.member.partner_id.image_1920, kept)
        self.post("/my/profile", {"remove_photo": "1"})
        self.assertFalse(self.member.partner_id.image_1920)

    def test_only_members_have_a_profile(self):
        funder = self.create_user("funder")
        self.sign_in(funder)
        response = self.url_open("/my/profile", allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertTrue(response.headers["Location"].endswith("/my"))

    def test_my_data(self):
        profile = self.env["tierslieux.profile"].create(
            {"partner_id": self.member.partner_id.id, "headline": "Menuisière"}
        )
        self.sign_in(self.member)
        response = self.url_open("/my/profile/export")
        self.assertEqual(response.headers["Content-Type"], "application/zip")
        with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
            data = {name: json.loads(archive.read(name)) for name in archive.namelist()}
        self.assertIn(profile.headline, data["profil.json"][0].values())
        self.assertIn(self.member.name, data["contact.json"].values())
        self.assertIn(self.member.login, data["compte.json"][0].values())
        self.assertLessEqual(
            {"factures.json", "inscriptions.json", "messages.json"}, data.keys()
        )

    def test_asking_to_be_erased_once(self):
        self.sign_in(self.member)
        for _again in range(2):
            self.post("/my/profile/erasure", {})
        activities = self.env["mail.activity"].search(
            [
                ("res_model", "=", "res.partner"),
                ("res_id", "=", self.member.partner_id.id),
            ]
        )
        self.assertEqual(len(activities), 1)
        self.assertTrue(activities.user_id.has_group("tierslieux_network.group_board"))
        self.assertIn("le conseil s’en occupe", self.url_open("/my/profile").text)

    # -- my venues ------------------------------------------------------------

    def test_a_manager_keeps_the_page_true(self):
        self.sign_in(self.manager)
        self.assertIn("Établi du Rhône", self.url_open("/my/venues").text)
        response = self.post(
            f"/my/venues/{self.venue.id}",
            {
                **self.hours(
                    from_0_0="09:00", to_0_0="12:30", from_0_1="14:00", to_0_1="00:00"
                ),
                "summary": "Neuf",
                "surface": "1 200",
                "website": "exemple.fr",
                "accessibility": "full",
                "service_ids": [
                    str(self.env.ref("tierslieux_network.service_wifi").id),
                    "999999999",
                ],
                "state": "closed",
                "manager_ids": "2",
            },
            {"photo": ("venue.png", self.photo)},
        )
        self.assertEqual(response.status_code, 303, response.text[-3000:])
        venue = self.venue
        self.assertEqual(venue.opening_hours, "Mo 09:00-12:30,14:00-24:00")
        self.assertEqual((venue.summary, venue.surface), ("Neuf", 1200))
        self.assertEqual(venue.website, "https://exemple.fr")
        self.assertEqual(venue.service_ids.code, "wifi")
        self.assertEqual((venue.state, venue.manager_ids), ("open", self.manager))
        self.assertTrue(base64.b64decode(venue.image_1920))
        page = self.url_open(venue.website_url)
        self.assertIn("9\xa0h – 12\xa0h\xa030", page.text)

    def test_what_is_wrong_is_said_beside_it_and_nothing_is_written(self):
        self.sign_in(self.manager)
        response = self.post(
            f"/my/venues/{self.venue.id}",
            {
                **self.hours(
                    from_1_0="18:00",
                    to_1_0="09:00",
                    from_2_0="09:00",
                    to_2_0="12:00",
                    from_2_1="11:00",
                    to_2_1="13:00",
                ),
                "summary": "Neuf",
                "surface": "beaucoup",
                "email": "bonjour",
                "website": "javascript://x",
            },
        )
        self.assertEqual(response.status_code, 200)
        page = html.fromstring(response.content)
        for name, words in {
            "day_1": "de quand à quand",
            "day_2": "se chevauchent",
            "surface": "Écrivez un nombre",
            "email": "adresse électronique",
            "website": "adresse web",
        }.items():
            self.assertIn(
                words, page.get_element_by_id(f"tl_{name}_error").text_content()
            )
        self.assertEqual(page.get_element_by_id("tl_surface").value, "beaucoup")
        self.assertEqual(page.xpath("//input[@name='from_1_0']/@value"), ["18:00"])
        self.assertFalse(self.venue.summary)

    def test_two_weeks_that_take_turns_stay_two(self):
        self.venue.opening_hours = "Mo 09:00-12:00"
        calendar = self.venue.calendar_id
        calendar.switch_calendar_type()
        turn = self.venue._turn(self.venue._here().date())
        self.venue._set_turns([{0: [(540, 720)]}, {1: [(600, 1080)]}])
        self.sign_in(self.manager)
        url = f"/my/venues/{self.venue.id}"
        page = html.fromstring(self.url_open(url).content)
        names = page.xpath("//input[starts-with(@name, 'from_')]/@name")
        self.assertEqual(len(names), 28)
        self.assertEqual(names[0], f"from_{7 * turn}_0", "this week comes first")
        self.assertEqual(page.xpath("//input[@name='from_0_0']/@value"), ["09:00"])
        self.assertEqual(page.xpath("//input[@name='to_8_0']/@value"), ["18:00"])
        form = {
            name: (page.xpath(f"//input[@name='{name}']/@value") or [""])[0]
            for name in names + [name.replace("from", "to") for name in names]
        }
        # saved as it is: nothing is lost
        before = calendar.attendance_ids
        self.assertEqual(self.post(url, form).status_code, 303)
        self.assertEqual(calendar.attendance_ids, before)
        # another hour in one week leaves the other alone
        form.update(from_9_0="14:00", to_9_0="00:00")
        self.assertEqual(self.post(url, form).status_code, 303)
        self.assertTrue(calendar.two_weeks_calendar)
        self.assertEqual(self.venue._weekly_hours(0), {0: [(540, 720)]})
        self.assertEqual(
            self.venue._weekly_hours(1), {1: [(600, 1080)], 2: [(840, 1440)]}
        )
        # a form of one week, opened before, writes nothing and says so
        answer = self.post(url, {**self.hours(from_0_0="08:00"), "summary": "Neuf"})
        self.assertEqual(answer.status_code, 200)
        self.assertIn("ont changé entre-temps", answer.text)
        self.assertFalse(self.venue.summary)
        self.assertEqual(self.venue._weekly_hours(0), {0: [(540, 720)]})
        # one week again, said by the office
        self.venue.opening_hours = "Mo 10:00-11:00"
        self.assertFalse(calendar.two_weeks_calendar)
        self.assertEqual(self.venue._weekly_hours(), {0: [(600, 660)]})

    def test_guessed_addresses_are_not_found(self):
        self.sign_in(self.manager)
        for venue_id in (self.other_venue.id, 999999999):
            url = f"/my/venues/{venue_id}"
            self.assertEqual(self.url_open(url).status_code, 404)
            answer = self.post(url, {**self.hours(), "summary": "Volé"})
            self.assertEqual(answer.status_code, 404)
        self.assertFalse(self.other_venue.summary)
        self.sign_in(self.member)
        self.assertEqual(self.url_open(f"/my/venues/{self.venue.id}").status_code, 404)

    def test_signing_in_comes_first(self):
        for url in ("/my/profile", "/my/venues", "/my/profile/export"):
            response = self.url_open(url, allow_redirects=False)
            self.assertIn("/web/login", response.headers["Location"], url)

    def test_entries_of_the_portal(self):
        self.sign_in(self.manager)
        page = html.fromstring(self.url_open("/my").content)
        self.assertLessEqual(
            {"/my/profile", "/my/venues"}, set(page.xpath("//a/@href"))
        )
