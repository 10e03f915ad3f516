# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import BaseCase

from ..domain import census_mapping
from ..domain.census_file import read_table
from ..domain.census_problem import FileError

VOCABULARY = {
    "category": {"fablab": "fablab", "espace de coworking": "coworking"},
    "state": {"ouvert": "open"},
    "services": {"wifi": "wifi", "salles de reunion": "meeting_room"},
    "audiences": {"jeunes": "young"},
}


class TestDomainCensusMapping(BaseCase):
    def read_text(self, text, **mapping):
        table = read_table(text.encode())
        guessed = {**census_mapping.guess(table.headers), **mapping}
        return census_mapping.read_mapped(table, guessed, VOCABULARY)

    def test_headers_are_guessed(self):
        headers = ("Nom du lieu", "CP", "Ville", "N° SIRET", "Surface (m²)", "Nom", "?")
        self.assertEqual(
            list(census_mapping.guess(headers).values()),
            ["name", "zip", "city", "siret", "surface", "", ""],
        )

    def test_values(self):
        (entry,), problems = self.read_text(
            "Nom;Catégorie;Commune;Surface;Café;Services;Publics;Ouverture;Tél\n"
            "A;Fablab;Lyon;1 200;oui;WiFi, salles de réunion;Jeunes;02/04/2024;"
            "04 72 00 00 00\n"
        )
        self.assertFalse(problems)
        self.assertEqual(
            entry.values,
            {
                "name": "A",
                "category": "fablab",
                "city": "Lyon",
                "surface": 1200,
                "cafe": True,
                "services": {"wifi", "meeting_room"},
                "audiences": {"young"},
                "opened_on": date(2024, 4, 2),
                "phone": "+33472000000",
            },
        )

    def test_problems_name_the_user_s_own_columns(self):
        __, problems = self.read_text(
            "Nom,Ville,Catégorie,CP,Lat,Lon\n,Lyon,Bar,6900,45,\n"
        )
        self.assertEqual(
            [(p.line, p.column, p.value, p.code) for p in problems],
            [
                (2, "Nom", "", "missing"),
                (2, "Catégorie", "Bar", "choices"),
                (2, "CP", "6900", "zip"),
                (2, "Lon", "", "coordinates"),
            ],
        )
        self.assertIn("espace de coworking", problems[1].expected)

    def test_columns_that_lack(self):
        with self.assertRaises(FileError) as caught:
            self.read_text("Lieu dit,Ville\nA,B\n")
        self.assertEqual(
            (caught.exception.code, caught.exception.expected),
            ("mapping_missing", "name"),
        )
        with self.assertRaises(FileError) as caught:
            self.read_text("Nom,Ville,Autre\nA,B,C\n", Autre="city")
        self.assertEqual(caught.exception.code, "mapping_twice")
