# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import csv
import io

from odoo.tests import tagged

from ..models.tierslieux_census_messages import EXPECTED
from .common_census import CensusCommon, standard_file, standard_row


@tagged("post_install", "-at_install")
class TestCensusErrors(CensusCommon):
    """Every refusal says the line, the column, the value and what was expected."""

    def problem(self, content, **values):
        (problem,) = self.problems(self.census(content, **values))
        return problem

    def check(self, column, value, expected):
        content = standard_file(standard_row(1), standard_row(2, **{column: value}))
        line, name, text, sentence = self.problem(content)
        self.assertEqual((line, name, text), (3, column, value))
        self.assertIn(expected, sentence)

    def test_values(self):
        for column, value, expected in (
            ("nom", "", "required"),
            ("date_maj", "", "required"),
            ("date_maj", "hier", "2024-04-02"),
            ("code_insee", "6912", "INSEE code of five characters"),
            ("code_postal", "690", "five digits"),
            ("horaires", "9h-18h", "not understood: “9h-18h”"),
            ("telephone", "12", "+33472000000"),
            ("courriels", "contact", "contact@example.org"),
            ("site_web", "ftp://a.fr", "https://example.org"),
            ("pivot", "123", "fourteen zeros"),
            ("pivot", "43493312300028", "check digits"),
            ("presentation_resume", "x" * 281, "280 characters: 281"),
            ("itinerance", "Mobile", "Itinérant | Fixe"),
            ("publics_specifiquement_adresses", "Jeunes|Tous", "Jeunes | Étudiants"),
        ):
            with self.subTest(column=column, value=value):
                self.check(column, value, expected)

    def test_coordinates(self):
        row = standard_row(1, latitude="91", longitude="4.8")
        self.assertEqual(self.problem(standard_file(row))[:3], (2, "latitude", "91"))
        row = standard_row(1, latitude="45.7")
        self.assertEqual(
            self.problem(standard_file(row)),
            (2, "longitude", "", "both latitude and longitude, or neither"),
        )

    def test_duplicate_lines(self):
        rows = standard_row(1), standard_row(2), standard_row(3, id="lieu-1")
        self.assertEqual(
            self.problem(standard_file(*rows)),
            (4, "id", "lieu-1", "a venue once: line 2 speaks of it already"),
        )

    def test_ambiguous_line(self):
        self.create_venue("Jumeau")
        self.create_venue("Jumeau")
        line, column, value, sentence = self.problem("Lieu,Ville\nJumeau,Lyon\n")
        self.assertEqual((line, column, value), (2, "Lieu", "Jumeau"))
        self.assertIn("several venues", sentence)

    def test_states(self):
        header = "Nom,Ville,Statut,Ouverture,Fermeture\n"
        for text, column, value in (
            ("A,Lyon,Fermé,,", "Fermeture", ""),
            ("A,Lyon,Ouvert,2999-01-01,", "Ouverture", "2999-01-01"),
            ("A,Lyon,Fermé,2024-02-01,2024-01-01", "Fermeture", "2024-01-01"),
        ):
            with self.subTest(text):
                problem = self.problem(header + text + "\n")
                self.assertEqual(problem[:3], (2, column, value))

    def test_files(self):
        for content, expected in (
            (b"\n", "empty"),
            (b"id,nom\n", "at least one line"),
            (b"%PDF-1.7", "export it as CSV"),
            (b"nom,v\n\x81,1\n", "UTF-8"),
            (b"id,nom\n1,A\n", "pivot, commune, code_postal, adresse, date_maj"),
        ):
            with self.subTest(content):
                self.assertIn(expected, self.problem(content)[3])
        line, *__, sentence = self.problem(b"nom,v\nA,1\nB\n")
        self.assertEqual(line, 3)
        self.assertIn("2 ≠ 1", sentence)
        content = standard_file(standard_row(1)).replace(b"prise_rdv", b"rdv")
        census = self.census(content, file_format="standard")
        self.assertIn("rdv", self.problems(census)[0][3])

    def test_many_errors_are_all_in_the_report(self):
        rows = [standard_row(n, code_insee="1") for n in range(250)]
        census = self.census(standard_file(*rows))
        self.assertEqual(len(self.problems(census)), 200)
        self.assertEqual(census.error_count, 250)
        text = base64.b64decode(census.report_file).decode()
        table = list(csv.reader(io.StringIO(text)))
        self.assertEqual(len(table), 251)
        self.assertEqual(table[0], ["Line", "Column", "Value", "Expected"])
        self.assertEqual(table[250][:3], ["251", "code_insee", "1"])

    def test_report_shows_the_values_and_runs_nothing(self):
        row = standard_row(1, code_postal="<script>alert(1)</script>")
        census = self.census(standard_file(row))
        self.problems(census)
        self.assertNotIn("<script>", census.report_html)
        self.assertIn("&lt;script&gt;", census.report_html)

    def test_every_sentence_is_in_french(self):
        fr = self.env(context={"lang": "fr_FR"})
        for code, sentence in EXPECTED.items():
            self.assertNotEqual(fr._(sentence), sentence._source, code)
