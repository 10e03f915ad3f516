# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import unittest

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.tierslieux_demo.domain.apportion import apportion

# A busy machine is slow to draw examples: no fault of the rule.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
WEIGHTS = st.lists(st.integers(0, 1000), min_size=1, max_size=30).filter(any)


class TestApportion(unittest.TestCase):
    @PATIENT
    @given(st.integers(0, 10**6), WEIGHTS)
    def test_parts_sum_to_the_whole(self, total, weights):
        self.assertEqual(sum(apportion(total, weights)), total)

    @PATIENT
    @given(st.integers(0, 10**6), WEIGHTS)
    def test_nobody_is_further_than_one_from_their_quota(self, total, weights):
        for share, weight in zip(apportion(total, weights), weights, strict=True):
            self.assertLess(abs(share * sum(weights) - total * weight), sum(weights))

    def test_ties_go_to_the_first(self):
        self.assertEqual(apportion(10, [1, 1, 1]), [4, 3, 3])
