# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.fr import siret

from odoo.tests import BaseCase

from ..domain import census_cells as cells
from ..domain.census_problem import CellError


class TestDomainCensusCells(BaseCase):
    def check(self, read, good, bad, code):
        for text, value in good.items():
            self.assertEqual(read(text), value, text)
        for text in bad:
            with self.assertRaises(CellError, msg=text) as caught:
                read(text)
            self.assertEqual(caught.exception.code, code, text)

    def test_insee(self):
        self.check(
            cells.read_insee,
            {"69123": "69123", "2A004": "2A004", "97411": "97411"},
            ["6912", "691234", "20004", "2C004", "69l23", "٦٩123"],
            "insee",
        )

    def test_zip(self):
        self.check(
            cells.read_zip, {"01000": "01000"}, ["1000", "B-100", "٦٩123"], "zip"
        )

    def test_phone(self):
        self.check(
            cells.read_phone,
            {
                "+33472000000": "+33472000000",
                "04 72 00 00 00": "+33472000000",
                "04.72.00.00.00": "+33472000000",
                "0033472000000": "+33472000000",
                "+33 (0)4 72 00 00 00": "+33472000000",
                "+262262000000": "+262262000000",
            },
            ["12", "+4912345678", "0472", "au standard"],
            "phone",
        )

    def test_email(self):
        self.check(
            cells.read_email, {"a@b.fr": "a@b.fr"}, ["a@b", "a b@c.fr", "a.fr"], "email"
        )

    def test_url(self):
        self.check(
            cells.read_url,
            {"https://a.fr/b": "https://a.fr/b", "www.a.fr": "https://www.a.fr"},
            ["ftp://a.fr", "javascript:alert(1)", "néant", "https://a b.fr"],
            "url",
        )

    def test_coordinates(self):
        self.check(
            cells.read_latitude,
            {"45.75781234": 45.7578123, "45,5": 45.5, "-90": -90.0},
            ["90.1", "nord", "nan", "inf", "4532.1", ""],
            "latitude",
        )
        self.check(
            cells.read_longitude, {"-180": -180.0}, ["180.01", "4°50'"], "longitude"
        )

    def test_hours(self):
        self.check(
            cells.read_hours, {"Mo 09:00-10:00": {0: [(540, 600)]}}, ["9h-18h"], "hours"
        )

    def test_summary(self):
        self.check(cells.read_summary, {"é" * 280: "é" * 280}, ["é" * 281], "too_long")

    def test_date(self):
        day = date(2024, 4, 2)
        self.check(
            cells.read_date,
            {"2024-04-02": day, "02/04/2024": day, "2/4/2024": day},
            ["2024-02-30", "31/02/2024", "2024", "20240402", "2024-W14-2", "hier"],
            "date",
        )

    def test_count(self):
        self.check(
            cells.read_count,
            {"12": 12, "1 200 m²": 1200, "12,5": 13, "0": 0},
            ["-1", "douze", "99999999999"],
            "count",
        )

    def test_boolean(self):
        self.check(
            cells.read_boolean,
            {"Oui": True, "non": False, "1": True, "FAUX": False},
            ["peut-être"],
            "boolean",
        )

    def test_rna(self):
        self.check(cells.read_rna, {"w691234567": "W691234567"}, ["691234567"], "rna")

    def test_pivot(self):
        self.check(
            cells.read_pivot,
            {
                "43493312300029": ("siret", "43493312300029"),
                "W691234567": ("rna", "W691234567"),
                "123456789A": ("other", "123456789A"),
            },
            ["12345678", "434 933 123 00029", "4349331230002X9"],
            "pivot",
        )
        self.check(cells.read_pivot, {}, ["43493312300028"], "siret")

    def test_choices(self):
        self.assertEqual(cells.read_choices("B|A|B", ("A", "B")), ("B", "A"))
        with self.assertRaises(CellError) as caught:
            cells.read_choices("A|C", ("A", "B"))
        self.assertEqual(caught.exception.expected, "A | B")

    @settings(deadline=None)
    @given(st.from_regex(r"(356000000[0-9]{5}|[0-9]{14})", fullmatch=True))
    def test_siret_is_checked_as_stdnum_does(self, number):
        self.assertEqual(cells.is_siret(number), siret.is_valid(number))

    def test_siret_of_the_head_office_and_an_office_of_la_poste(self):
        self.assertTrue(cells.is_siret("35600000000048"))
        self.assertTrue(cells.is_siret("35600000000010"))
        self.assertTrue(cells.is_siret("73282932000074"))
        self.assertFalse(cells.is_siret("73282932000079"))
