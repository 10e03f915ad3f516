# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import unittest

import openpyxl

from odoo.tests import TransactionCase

from odoo.addons.tierslieux_network.tests.recalculate import (
    SOFFICE,
    formulas,
    recalculated,
    stored,
)

from ..report.workbook import build
from .sample_report import sample


class TestWorkbook(TransactionCase):
    def build(self, seed, **values):
        return build(
            self.env,
            {"content": sample(seed, **values), "digest": "a" * 64, "signature": None},
        )

    @unittest.skipUnless(SOFFICE, "LibreOffice (soffice) is not installed")
    def test_stored_values_are_those_reckoned_again(self):
        """Without its stored values, LibreOffice finds the same ones, to the cent."""
        for seed, count, bricks in ((1, 60, 3), (2, 0, 1), (3, 400, 2)):
            workbook = self.build(seed, count=count, bricks=bricks)
            expected, found = stored(workbook), recalculated(workbook)
            self.assertGreater(len(expected), 200)
            differences = {
                place: (value, found.get(place))
                for place, value in expected.items()
                # an empty text is written as nothing at all
                if (value or "") != (found.get(place) or "")
            }
            self.assertFalse(differences, f"of sample {seed}")

    def test_sums_are_formulas(self):
        cells = formulas(self.build(1))
        self.assertTrue(any("SUMIFS" in formula for formula in cells.values()))
        self.assertTrue(any("SUM(" in formula for formula in cells.values()))
        checks = [
            formula for formula in cells.values() if formula.startswith("=IF(ROUND")
        ]
        self.assertGreaterEqual(len(checks), 4)

    def test_same_content_same_bytes(self):
        self.assertEqual(self.build(4), self.build(4))

    def test_words_are_not_formulas(self):
        book = openpyxl.load_workbook(io.BytesIO(self.build(5)))
        vendors = [row[2] for row in book["Expenses"].iter_rows(min_row=5)]
        self.assertIn("=Imprimerie d’essai", [cell.value for cell in vendors])
        self.assertNotIn("f", {cell.data_type for cell in vendors})

    def test_no_code_of_ours_where_one_reads(self):
        """A line without a number on the form stands there in words."""
        words = {
            str(cell.value)
            for sheet in openpyxl.load_workbook(io.BytesIO(self.build(6)))
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None and cell.data_type == "s"
        }
        self.assertFalse([text for text in words if text.startswith("indirect")])
        self.assertNotIn("own", words)
        self.assertLessEqual({"Own res.", "Ind. fixed", "Ind. costs"}, words)

    def test_pages_are_ready_to_print(self):
        book = openpyxl.load_workbook(io.BytesIO(self.build(6)))
        for sheet in book.worksheets:
            self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title)
            self.assertEqual(sheet.page_setup.paperSize, 9, sheet.title)
            self.assertIn("SHA-256", sheet.oddFooter.left.text, sheet.title)
        self.assertEqual(book["Expenses"].print_title_rows, "$4:$4")
