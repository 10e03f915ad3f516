# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import unittest

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.tierslieux_network.domain.search_terms import (
    normalise,
    query_words,
    searchable,
)


class TestSearchTerms(unittest.TestCase):
    def test_no_accents_no_case(self):
        self.assertEqual(
            normalise("L'Établi, fablab à Écully"), "l etabli fablab a ecully"
        )
        self.assertEqual(searchable("Cœur", None, "C++"), "coeur c++")

    def test_little_words_are_left_out_unless_alone(self):
        self.assertEqual(
            query_words("Un atelier à Villeurbanne"), ["atelier", "villeurbanne"]
        )
        self.assertEqual(query_words("de la"), ["de", "la"])
        self.assertEqual(query_words("  "), [])

    @given(st.text())
    def test_words_never_hold_a_pattern(self, text):
        words = query_words(text)
        self.assertLessEqual(len(words), 6)
        for word in words:
            self.assertRegex(word, r"^[a-z0-9+#]+$")

    @given(st.text())
    def test_normalising_twice_changes_nothing(self, text):
        self.assertEqual(normalise(normalise(text)), normalise(text))
