# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest import TestCase

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.tierslieux_funding.domain.indirect import parts, percents

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
QUANTITIES = st.lists(st.integers(0, 10**6), min_size=1, max_size=9).filter(any)


class TestIndirect(TestCase):
    def test_a_shared_cost(self):
        keys = {"m2": [("a", 60), ("b", 30), (None, 10)]}
        self.assertEqual(
            parts(100_01, [(100, None, "m2")], keys),
            {("a", True): 60_01, ("b", True): 30_00, (None, True): 10_00},
        )

    def test_direct_and_shared_in_one_expense(self):
        keys = {"m2": [("a", 1), ("b", 1)]}
        self.assertEqual(
            parts(100_00, [(50, "a", None), (30, None, "m2")], keys),
            {
                ("a", False): 50_00,
                ("a", True): 15_00,
                ("b", True): 15_00,
                (None, False): 20_00,
            },
        )

    def test_thirds(self):
        self.assertEqual(percents([1, 1, 1]), [33_334, 33_333, 33_333])
        self.assertEqual(percents([0, 0]), [0, 0])

    @SLOW
    @given(QUANTITIES)
    def test_a_key_sums_to_a_hundred(self, quantities):
        self.assertEqual(sum(percents(quantities)), 100_000)

    @SLOW
    @given(
        st.integers(0, 10**9),
        st.lists(
            st.tuples(
                st.integers(0, 100),
                st.sampled_from("abc"),
                st.sampled_from((None, "m2", "hours")),
            ),
            max_size=4,
        ),
        QUANTITIES,
        QUANTITIES,
    )
    def test_no_cent_is_lost(self, cents, shares, surfaces, hours):
        keys = {
            "m2": list(zip("abcdefghi", surfaces, strict=False)),
            "hours": [(None, quantity) for quantity in hours],
        }
        self.assertEqual(sum(parts(cents, shares, keys).values()), cents)
