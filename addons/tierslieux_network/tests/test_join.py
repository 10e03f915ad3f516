# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from unittest.mock import patch

from lxml import html

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import NetworkCommon


@tagged("post_install", "-at_install")
class TestJoin(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.venues = cls.env.ref("tierslieux_network.college_venue")
        cls.memberships = cls.env["tierslieux.membership"]
        cls.person = {
            "kind": "person",
            "name": "Zoé Bêta",
            "email": "zoe@example.org",
        }

    def send(self, code, **values):
        page = self.url_open(f"/adherer/{code}").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
        return self.url_open(f"/adherer/{code}", data={"csrf_token": token, **values})

    def members(self):
        return self.memberships.search([("partner_id.name", "=", "Zoé Bêta")])

    def test_colleges_with_their_fees(self):
        page = html.fromstring(self.url_open("/adherer").text)
        names = page.xpath("//article//h2/text()")
        self.assertEqual(len(names), 3)
        self.assertEqual(len(page.xpath("//a[starts-with(@href, '/adherer/')]")), 3)

    def test_application(self):
        answer = self.send("venue", **self.person)
        self.assertTrue(answer.url.endswith("/adherer/merci"))
        membership = self.members()
        self.assertEqual(membership.state, "applied")
        self.assertEqual(membership.college_id, self.venues)
        mail = self.env["mail.mail"].search([("model", "=", "tierslieux.membership")])
        self.assertEqual(mail.recipient_ids, membership.partner_id)

    def test_sent_twice_it_is_one_application(self):
        page = html.fromstring(self.url_open("/adherer/venue").text)
        [key] = page.xpath("//input[@name='application_key']/@value")
        for _time in range(2):
            answer = self.send("venue", **self.person, application_key=key)
            self.assertTrue(answer.url.endswith("/adherer/merci"))
        # at once, neither sees the other
        with (
            patch.object(type(self.memberships), "_was_sent", lambda self, key: False),
            mute_logger("odoo.sql_db"),
        ):
            answer = self.send("venue", **self.person, application_key=key)
        self.assertTrue(answer.url.endswith("/adherer/merci"))
        self.assertEqual(len(self.members()), 1)
        self.send("venue", **{**self.person, "name": ""}, application_key="other")
        self.send("venue", **self.person, application_key="other")
        self.assertEqual(len(self.members()), 2)

    def test_an_organisation_gives_one_of_its_two_numbers(self):
        for numbers in ({"siret": "73282932000074", "rna": ""}, {"rna": "w691234567"}):
            answer = self.send(
                "company",
                kind="organisation",
                name="Zoé Bêta",
                email="zoe@example.org",
                delegate_name="Léa Gamma",
                delegate_email="lea@example.org",
                **numbers,
            )
            self.assertTrue(answer.url.endswith("/adherer/merci"), numbers)
        self.assertEqual(self.members().partner_id.mapped("rna"), [False, "W691234567"])

    def test_errors_stand_beside_their_fields(self):
        answer = self.send(
            "company", kind="organisation", name="<b>SCIC</b>", siret="123"
        )
        page = html.fromstring(answer.text)
        for field in ("email", "siret", "delegate_name", "delegate_email"):
            box = page.get_element_by_id(f"join_{field}")
            self.assertEqual(box.get("aria-invalid"), "true")
            described = box.get("aria-describedby").split()[0]
            self.assertTrue(page.get_element_by_id(described).text.strip())
            self.assertTrue(page.xpath(f"//*[@role='alert']//a[@href='#join_{field}']"))
        self.assertEqual(
            page.get_element_by_id("join_name").get("value"), "<b>SCIC</b>"
        )

    def test_robots_write_nothing(self):
        answer = self.send("venue", website_address="http://x", **self.person)
        self.assertTrue(answer.url.endswith("/adherer/merci"))
        self.assertFalse(self.members())

    def test_without_the_token_nothing_is_written(self):
        answer = self.url_open("/adherer/venue", data=self.person)
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.members())

    def test_a_known_address_answers_like_another(self):
        self.env["res.users"].create(
            {"name": "Zoé", "login": "zoe@example.org", "email": "zoe@example.org"}
        )
        answer = self.send("venue", **self.person)
        self.assertTrue(answer.url.endswith("/adherer/merci"))
        membership = self.members()
        membership.action_admit()
        self.assertFalse(membership.partner_id.user_ids)
        self.assertIn("login", membership.message_ids[0].body)

    def test_signed_in_applicants_keep_their_contact(self):
        user = NetworkCommon.create_user.__func__(self, "funder")
        self.authenticate(user.login, user.login)
        self.send("venue", **self.person)
        self.assertEqual(
            self.memberships.search([("partner_id", "=", user.partner_id.id)]).state,
            "applied",
        )
        again = html.fromstring(self.send("venue", **self.person).text)
        self.assertTrue(again.xpath("//*[@role='alert']"))

    def test_unknown_college(self):
        self.assertEqual(self.url_open("/adherer/nowhere").status_code, 404)
        self.venues.active = False
        self.assertEqual(self.url_open("/adherer/venue").status_code, 404)
