# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from fractions import Fraction
from unittest import TestCase

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.tierslieux_funding.domain.claim import (
    Terms,
    balance,
    base_of,
    claim,
    share,
)

RATES = st.fractions(Fraction(1, 1000), 1, max_denominator=100_000)
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
CENTS = st.integers(0, 10**9)


class TestClaim(TestCase):
    def test_worked_example_of_contributions_in_kind(self):
        """80 % × 3 600 = 2 880, against 3 000 spent in cash."""
        terms = Terms(award=5000_00, rate=Fraction(80, 100), in_kind=True)
        found = claim(terms, {60: 3000_00}, in_kind=600_00)
        self.assertEqual(
            (found.eligible, found.due, found.limit), (3600_00, 2880_00, "rate")
        )

    def test_a_grant_never_pays_more_than_the_cash_spent(self):
        terms = Terms(award=5000_00, rate=Fraction(80, 100), in_kind=True)
        found = claim(terms, {60: 3000_00}, in_kind=2000_00)
        self.assertEqual((found.due, found.limit), (3000_00, "in_kind"))

    def test_contributions_in_kind_count_where_the_terms_say_so(self):
        terms = Terms(award=5000_00, rate=Fraction(80, 100))
        self.assertEqual(claim(terms, {60: 3000_00}, in_kind=600_00).due, 2400_00)

    def test_award_limits_and_room(self):
        terms = Terms(award=1000_00, rate=Fraction(1, 2))
        found = claim(terms, {60: 3000_00})
        self.assertEqual((found.due, found.limit, found.room), (1000_00, "award", 0))
        self.assertEqual(found.consumption, Fraction(3, 2))
        self.assertEqual(balance(found.due, 1200_00), -200_00)

    def test_caps_of_lines_and_of_lines_above_them(self):
        terms = Terms(award=10**9, caps={64: 100, 641: 80}, parents={641: 64, 645: 64})
        found = claim(terms, {641: 90, 645: 30, 60: 7})
        # 641: 90 → 80; 64: 80 + 30 = 110 → 100
        self.assertEqual(found.due, 107)
        self.assertEqual(found.capped, {641: 10, 64: 10})
        self.assertEqual(found.limit, "cap")

    def test_flat_rate_of_indirect_costs(self):
        terms = Terms(award=10**9, indirect_rate=Fraction(7, 100))
        found = claim(terms, {60: 1000_00})
        self.assertEqual((found.flat, found.due), (70_00, 1070_00))

    def test_caps_in_percent_are_of_all_that_is_shown(self):
        terms = Terms(
            award=10**9, rate=Fraction(1, 2), percents={64: Fraction(40, 100)}
        )
        found = claim(terms, {64: 900_00, 60: 100_00})
        # 40 % of 1 000, at 50 %: 200 of 450; and 50
        self.assertEqual((found.due, found.capped), (250_00, {64: 250_00}))

    def test_no_award_no_consumption(self):
        found = claim(Terms(award=0), {60: 1000})
        self.assertEqual((found.due, found.consumption), (0, None))

    @SLOW
    @given(CENTS, RATES)
    def test_base_is_the_least_that_gives_the_share(self, amount, rate):
        base = base_of(amount, rate)
        self.assertGreaterEqual(share(base, rate), amount)
        if base:
            self.assertLess(share(base - 1, rate), amount)

    @SLOW
    @given(
        st.dictionaries(st.integers(1, 9), CENTS),
        st.dictionaries(st.integers(1, 9), CENTS),
        RATES,
        CENTS,
        CENTS,
    )
    def test_due_is_below_every_limit(self, eligible, caps, rate, award, in_kind):
        parents = {line: line // 2 for line in range(2, 10)}
        terms = Terms(award=award, rate=rate, caps=caps, parents=parents, in_kind=True)
        found = claim(terms, eligible, in_kind=in_kind)
        cash = sum(eligible.values())
        self.assertLessEqual(found.due, award)
        self.assertLessEqual(found.due, cash)
        self.assertLessEqual(found.due, share(cash + in_kind, rate))
        if 1 in caps:
            self.assertLessEqual(found.due, caps[1] + share(in_kind, rate) + 1)
        self.assertGreaterEqual(found.due, 0)
        self.assertEqual(found.room, award - found.due)
