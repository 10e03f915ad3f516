# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError

from .access_matrix import AccessCase
from .matrix import MatrixTests


class TestAccessMatrix(MatrixTests, AccessCase):
    def test_managers_write_the_page_of_their_venue_only(self):
        manager = self.users["venue_manager"]
        self.other_venue.manager_ids = manager
        venue = self.other_venue.with_user(manager)
        venue.write({"capacity": 12})
        for name, value in {
            "state": "closed",
            "is_published": True,
            "manager_ids": self.users["member"].ids,
            "structure_id": self.stranger.partner_id.id,
            "partner_id": self.stranger.partner_id.id,
        }.items():
            with self.subTest(name), self.assertRaises(AccessError):
                venue.write({name: value})

    def test_people_do_not_make_themselves_facilitators(self):
        member = self.users["member"]
        profiles = self.env["tierslieux.profile"].with_user(member)
        profile = profiles.create(
            {"partner_id": member.partner_id.id, "headline": "Potière"}
        )
        nobody = self.env["res.partner"].create({"name": "Personne"})
        for name, value in {
            "facilitated_venue_ids": self.venue.ids,
            "public_text": "président",
            "partner_id": nobody.id,
            "email": "autre@example.org",
        }.items():
            with self.subTest(name), self.assertRaises(AccessError):
                profile.write({name: value})

    def test_the_board_keeps_venues_and_people(self):
        board = self.users["board"]
        venue = (
            self.env["tierslieux.venue"]
            .with_user(board)
            .create({"name": "La Nouvelle", "category_id": self.coworking.id})
        )
        venue.write({"phone": "+33400000001", "opening_hours": "Mo 09:00-18:00"})
        person = (
            self.env["tierslieux.profile"].with_user(board).create({"name": "Zoé Bêta"})
        )
        person.write({"email": "zoe@example.org", "facilitated_venue_ids": venue.ids})
        self.assertEqual(venue.facilitator_ids, person)
