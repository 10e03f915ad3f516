# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import unittest

from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.addons.tierslieux_network.domain.spelling import meant, vocabulary

KNOWN = vocabulary(
    ["l etabli du rhone atelier partage lyon", "fablab de venissieux robotique"]
)
WORD = st.text("abcdefgh", min_size=5, max_size=12)


class TestSpelling(unittest.TestCase):
    def test_typos(self):
        for typo, word in {
            "rone": "rhone",
            "etalbi": "etabli",
            "etabi": "etabli",
            "fabalb": "fablab",
            "venisieux": "venissieux",
            "ateliers": "atelier",
        }.items():
            self.assertEqual(meant(typo, KNOWN), [word])

    def test_a_part_of_a_word_is_no_typo(self):
        self.assertEqual(meant("part", KNOWN), ["part"])

    def test_nothing_alike(self):
        self.assertEqual(meant("xylophone", KNOWN), [])
        self.assertEqual(meant("rhone", {}), [])

    @given(WORD, st.integers(0, 11))
    def test_a_letter_left_out_is_forgiven(self, word, position):
        assume(len(set(word)) > 3 and position < len(word))
        typo = word[:position] + word[position + 1 :]
        self.assertTrue(meant(typo, vocabulary([word])))

    @given(st.lists(WORD, min_size=1), WORD)
    def test_only_known_words_or_the_word_itself(self, words, word):
        found = meant(word, vocabulary(words))
        self.assertLessEqual(set(found), {word, *words})
