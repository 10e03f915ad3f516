# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from itertools import product

from odoo.exceptions import AccessError

from .common import NetworkCommon


class TestProfile(NetworkCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.env["tierslieux.profile"].create(
            {
                "name": "Zoé Bêta",
                "email": "zoe@example.org",
                "headline": "Menuisière",
                "skill_ids": cls.env.ref("tierslieux_network.skill_woodworking"),
            }
        )

    def test_nothing_is_shown_by_default(self):
        for audience in ("network", "public"):
            self.assertFalse(self.person._visible_values(audience))
            self.assertFalse(self.person[f"{audience}_text"])

    def test_each_audience_sees_what_was_chosen(self):
        self.person.write(
            {
                "visibility_name": "public",
                "visibility_headline": "public",
                "visibility_email": "network",
            }
        )
        public = self.person._visible_values("public")[self.person.id]
        self.assertEqual(public, {"name": "Zoé Bêta", "headline": "Menuisière"})
        network = self.person._visible_values("network")[self.person.id]
        self.assertEqual(network["email"], "zoe@example.org")
        self.assertEqual(self.person.public_text, "zoe beta menuisiere")

    def test_hidden_name_hides_all(self):
        self.person.visibility_email = "public"
        self.assertFalse(self.person._visible_values("public"))

    def test_members_read_only_their_own_profile(self):
        member = self.create_user("member")
        with self.assertRaises(AccessError):
            self.person.with_user(member).read(["headline"])
        own = self.env["tierslieux.profile"].create(
            {"partner_id": member.partner_id.id}
        )
        own.with_user(member).headline = "Moi"
        self.assertEqual(own.headline, "Moi")
        with self.assertRaises(AccessError):
            self.env["tierslieux.profile"].with_user(member).create(
                {"partner_id": self.create_user("board").partner_id.id}
            )

    def test_lists_show_what_pages_show(self):
        """``_visible_cards`` and ``_visible_values`` apply the same choices."""
        self.person.is_mentor = True
        fields = {"name": "name", "headline": "headline", "mentoring": "is_mentor"}
        for choices in product(["nobody", "network", "public"], repeat=3):
            self.person.write(
                {f"visibility_{f}": c for f, c in zip(fields, choices, strict=True)}
            )
            for audience in ("network", "public"):
                cards = self.env["tierslieux.profile"]._visible_cards(
                    self.person.ids, audience
                )
                values = self.person._visible_values(audience)
                self.assertEqual(cards.keys(), values.keys())
                for profile_id, shown in cards.items():
                    self.assertEqual(
                        shown,
                        {f: v for f, v in values[profile_id].items() if f in shown},
                    )
                    self.assertEqual(
                        set(shown) - {"photo"},
                        set(fields.values()) & set(values[profile_id]),
                    )
