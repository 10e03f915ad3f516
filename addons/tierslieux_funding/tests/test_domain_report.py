# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
import unittest

from ..domain.financial_report import (
    euros,
    is_significant,
    nearest,
    own_resources,
    percent,
    table,
    totals,
    variances,
)
from ..domain.report_diff import line_changes, table_changes, text_changes

LINES = [
    {"code": code, "name": code, "side": side, "parent": parent}
    for code, side, parent in (
        ("60", "charge", None),
        ("60a", "charge", "60"),
        ("60b", "charge", "60"),
        ("61", "charge", None),
        ("61a", "charge", "61"),
        ("70", "product", None),
        ("74", "product", None),
        ("74e", "product", "74"),
    )
]


class TestFinancialReport(unittest.TestCase):
    def test_rounding_is_that_of_a_sheet(self):
        self.assertEqual([nearest(5, 2), nearest(-5, 2), nearest(7, 5)], [3, -3, 1])
        self.assertEqual(percent(1, 3), 333)
        self.assertIsNone(percent(1, 0))

    def test_whole_euros_sum(self):
        self.assertEqual(euros([50, 50, 50], 2), [1, 1, 0])
        self.assertEqual(euros([-50, 150], 1), [0, 1])
        chance = random.Random(7)
        for _one in range(200):
            cents = [chance.randrange(-5000, 90000) for _two in range(9)]
            total = nearest(sum(cents), 100)
            shared = euros(cents, total)
            self.assertEqual(sum(shared), total)
            for part, exact in zip(shared, cents, strict=True):
                self.assertLess(abs(100 * part - exact), 200)

    def test_table(self):
        rows = {
            row["code"]: row
            for row in table(
                LINES,
                {"60a": 1000_00, "74e": 1000_00},
                {"60a": 700_40, "60b": 100_40, "61": 50_40, "74e": 851_20},
            )
        }
        self.assertEqual(rows["60"]["actual"], 800_80)
        self.assertEqual(rows["61"]["own_actual"], 50_40)
        self.assertEqual(rows["60"]["percent"], 801)
        self.assertEqual(rows["60a"]["variance"], -299_60)
        self.assertEqual(rows["60a"]["variance_percent"], -300)
        sums = totals(rows.values())
        self.assertEqual(sums["charge"]["actual"], sums["product"]["actual"])
        self.assertEqual(sums["charge"]["actual_euros"], 851)
        self.assertEqual(rows["60"]["actual_euros"] + rows["61"]["actual_euros"], 851)
        self.assertEqual(
            rows["60a"]["actual_euros"] + rows["60b"]["actual_euros"],
            rows["60"]["actual_euros"],
        )
        self.assertEqual(sums["in_kind_charge"]["actual"], 0)

    def test_line_that_is_not_there(self):
        with self.assertRaises(KeyError):
            table(LINES, {}, {"99": 1})

    def test_significant_variances(self):
        def row(planned, actual):
            return {"planned": planned, "variance": actual - planned}

        self.assertTrue(is_significant(row(1000_00, 1500_00)))
        self.assertTrue(is_significant(row(0, -500_00)))
        self.assertFalse(is_significant(row(1000_00, 1499_99)))
        self.assertFalse(is_significant(row(10_000_00, 10_999_99)))
        rows = table(LINES, {"60a": 1000_00}, {"60a": 3000_00})
        self.assertEqual([one["code"] for one in variances(rows)], ["60a"])

    def test_own_resources(self):
        self.assertEqual(own_resources(100, 80), (20, 0))
        self.assertEqual(own_resources(100, 130), (0, 30))


class TestDiff(unittest.TestCase):
    def test_table(self):
        before = table(LINES, {}, {"60a": 5, "70": 5})
        after = table(LINES, {"60a": 9}, {"60b": 5, "70": 5})
        self.assertEqual(
            [
                (one["code"], one["column"], one["before"], one["after"])
                for one in table_changes(before, after)
            ],
            [
                ("60", "planned", 0, 9),
                ("60a", "planned", 0, 9),
                ("60a", "actual", 5, 0),
                ("60b", "actual", 0, 5),
            ],
        )

    def test_lines(self):
        changes = line_changes(
            [{"id": 1, "base": 5}, {"id": 2, "base": 6}, {"id": 3, "base": 1}],
            [
                {"id": 1, "base": 5},
                {"id": 1, "base": -5},
                {"id": 3, "base": 1},
                {"id": 4, "base": 2},
            ],
            ("id",),
            ("base",),
        )
        self.assertEqual(
            [(one["line"]["id"], one["before"], one["after"]) for one in changes],
            [
                (1, {"base": 5}, {"base": 0}),
                (4, None, {"base": 2}),
                (2, {"base": 6}, None),
            ],
        )

    def test_texts(self):
        self.assertEqual(text_changes({"a": "x"}, {"a": "x", "b": "y"}), ["b"])
