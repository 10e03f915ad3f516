# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.tierslieux_funding.domain.shares import (
    HUNDRED,
    by_percent,
    split,
    table,
    tranches,
)

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
cents = st.integers(0, 10**9)
weights = st.lists(
    st.one_of(st.integers(0, 10**6), st.fractions(0, 1000)), min_size=1, max_size=9
).filter(any)


@st.composite
def percents(draw):
    """Percentages, in thousandths, that are a hundred at most together."""
    cuts = sorted(draw(st.lists(st.integers(0, HUNDRED), min_size=1, max_size=7)))
    return [b - a for a, b in zip([0, *cuts], cuts, strict=False)]


@st.composite
def margins(draw):
    """Rows and columns that sum to the same."""
    rows = draw(st.lists(cents, min_size=1, max_size=6))
    columns = draw(st.lists(st.integers(0, 100), min_size=1, max_size=5).filter(any))
    return rows, split(sum(rows), columns)


class TestShares(BaseCase):
    @unhurried
    @given(cents, weights)
    def test_parts_sum_to_the_whole_and_are_near_their_quota(self, amount, parts):
        shared = split(amount, parts)
        self.assertEqual(sum(shared), amount)
        for cents, weight in zip(shared, parts, strict=True):
            self.assertLess(abs(cents - Fraction(amount) * weight / sum(parts)), 1)

    @unhurried
    @given(cents, weights)
    def test_equal_weights_differ_by_a_cent_at_most_first_come_first(self, amount, w):
        shared = split(amount, [w[0] or 1] * len(w))
        self.assertEqual(shared, sorted(shared, reverse=True))
        self.assertLessEqual(shared[0] - shared[-1], 1)

    def test_nobody_to_share_among(self):
        self.assertEqual(split(0, [0, 0]), [0, 0])
        with self.assertRaisesRegex(ValueError, "nobody"):
            split(1, [0, 0])

    def test_the_study_year_0(self):
        amounts, left = by_percent(10_700_000, [46_000, 4_000, 50_000])
        self.assertEqual((amounts, left), ([4_922_000, 428_000, 5_350_000], 0))

    @unhurried
    @given(cents, percents())
    def test_percentages_and_the_rest_sum_to_the_whole(self, amount, parts):
        amounts, left = by_percent(amount, parts)
        self.assertEqual(sum(amounts) + left, amount)
        if sum(parts) == HUNDRED:
            self.assertEqual(left, 0)

    def test_more_than_a_hundred(self):
        with self.assertRaisesRegex(ValueError, "more than the whole"):
            by_percent(100, [60_000, 40_001])

    @unhurried
    @given(margins())
    def test_a_table_sums_to_both_margins(self, both):
        rows, columns = both
        cells = table(rows, columns)
        self.assertEqual([sum(row) for row in cells], rows)
        self.assertEqual([sum(column) for column in zip(*cells, strict=True)], columns)
        total = sum(rows)
        for row, whole in zip(cells, rows, strict=True):
            for cell, column in zip(row, columns, strict=True):
                self.assertGreaterEqual(cell, 0)
                if total:
                    near = Fraction(whole * column, total)
                    self.assertLessEqual(abs(cell - near), len(columns))

    def test_margins_that_differ(self):
        with self.assertRaisesRegex(ValueError, "same"):
            table([1], [2])

    @unhurried
    @given(cents, percents())
    def test_tranches_with_a_balance_sum_to_the_award(self, award, parts):
        amounts, missing = tranches(
            award, [("balance", None), *(("percent", part) for part in parts)]
        )
        self.assertEqual((sum(amounts), missing), (award, 0))

    def test_tranches_that_miss_or_exceed_the_award(self):
        half = ("percent", 50_000)
        self.assertEqual(tranches(1001, [half, half]), ([501, 500], 0))
        self.assertEqual(tranches(1000, [half, ("amount", 300)]), ([500, 300], 200))
        self.assertEqual(
            tranches(1000, [half, ("amount", 600), ("balance", None)]),
            ([500, 600, 0], -100),
        )
