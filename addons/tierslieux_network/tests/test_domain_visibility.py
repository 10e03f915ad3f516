# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import unittest

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.tierslieux_network.domain.visibility import visible_fields

CHOICE = st.sampled_from(["nobody", "network", "public"])
CHOICES = st.fixed_dictionaries({"name": CHOICE, "email": CHOICE, "phone": CHOICE})


class TestVisibility(unittest.TestCase):
    @given(CHOICES)
    def test_the_network_sees_what_the_public_sees(self, choices):
        self.assertLessEqual(
            visible_fields(choices, "public"), visible_fields(choices, "network")
        )

    @given(CHOICES)
    def test_nothing_without_the_name(self, choices):
        seen = visible_fields(choices, "public")
        self.assertEqual(bool(seen), choices["name"] == "public")

    @given(CHOICES)
    def test_what_is_for_nobody_is_never_seen(self, choices):
        for field in visible_fields(choices, "network"):
            self.assertNotEqual(choices[field], "nobody")

    def test_unknown_audience(self):
        with self.assertRaises(KeyError):
            visible_fields({"name": "public"}, "everyone")
