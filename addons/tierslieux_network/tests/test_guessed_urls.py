# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .access_matrix import PIXEL, AccessCase

OUTSIDE = ("public", "portal", "member", "funder", "venue_manager", "facilitator")


@tagged("post_install", "-at_install")
class TestGuessedUrls(AccessCase, HttpCase):
    """Addresses made up by somebody who knows how Odoo names them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.users.values():
            if user != cls.users["public"]:
                user.password = user.login
        cls.person = cls.stranger.partner_id.profile_ids
        cls.paper = cls.env["ir.attachment"].create(
            {
                "name": "secret.txt",
                "raw": b"secret",
                "res_model": "tierslieux.profile",
                "res_id": cls.person.id,
            }
        )

    def visit_as(self, group):
        login = None if group == "public" else self.users[group].login
        self.authenticate(login, login)

    def addresses(self):
        partner, user = self.stranger.partner_id.id, self.stranger.id
        sizes = ("image_1920", "image_128", "avatar_128")
        for size in sizes:
            for model, number in (
                ("res.partner", partner),
                ("res.users", user),
                ("tierslieux.profile", self.person.id),
            ):
                yield f"/web/image/{model}/{number}/{size}"
                yield f"/web/image?model={model}&id={number}&field={size}"
                yield f"/web/content/{model}/{number}/{size}"
        yield f"/web/content/{self.paper.id}"
        yield f"/web/image/{self.paper.id}"

    def test_photos_and_papers_of_hidden_people(self):
        secrets = {base64.b64decode(PIXEL), b"secret"}
        for group in OUTSIDE:
            self.visit_as(group)
            for address in self.addresses():
                with self.subTest(group=group, address=address):
                    with mute_logger("odoo.http"):
                        answer = self.url_open(address)
                    self.assertNotIn(answer.content, secrets)

    def test_the_board_sees_them(self):
        """The addresses of the test above are those that would show them."""
        self.visit_as("board")
        for address in self.addresses():
            with self.subTest(address=address):
                answer = self.url_open(address)
                self.assertIn(answer.content, {base64.b64decode(PIXEL), b"secret"})

    def test_hidden_venue(self):
        self.other_venue.image_1920 = PIXEL
        for group in OUTSIDE:
            self.visit_as(group)
            for model, number in (
                ("tierslieux.venue", self.other_venue.id),
                ("res.partner", self.other_venue.partner_id.id),
            ):
                with self.subTest(group=group, model=model):
                    answer = self.url_open(f"/web/image/{model}/{number}/image_512")
                    self.assertNotEqual(answer.content, base64.b64decode(PIXEL))

    def test_back_office_is_closed(self):
        for group in OUTSIDE:
            self.visit_as(group)
            for address in ("/odoo/venues", "/odoo/people", "/odoo/network-dashboard"):
                answer = self.url_open(address)
                with self.subTest(group=group, address=address):
                    self.assertNotIn("/odoo", answer.url.split("?")[0])
