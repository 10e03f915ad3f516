# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.tierslieux_fonciere.domain import capital, entries, redemption

from .common_domain import movement, unhurried

QUARTER = Fraction(1, 4)
FRACTIONS = st.integers(0, 99).map(lambda percent: Fraction(percent, 100))


class TestCapital(BaseCase):
    def test_highest_capital_in_the_order_in_which_movements_count(self):
        rows = [
            movement(1, None, 1, 10),
            movement(2, 1, None, 6, day="2026-03-01"),
            movement(3, None, 2, 5, day="2026-02-01"),
        ]
        self.assertEqual(capital.capital(rows), 9 * 10000)
        # what counts from February on was there before what left in March
        self.assertEqual(capital.highest(rows), 15 * 10000)

    def test_a_corrected_movement_never_was(self):
        rows = [
            movement(1, None, 1, 10),
            movement(2, None, 2, 1000),
            movement(3, 2, None, 1000, corrects=2, kind="correction"),
        ]
        self.assertEqual(capital.highest(rows), 10 * 10000)

    def test_the_floor_is_rounded_up(self):
        self.assertEqual(capital.floor(1001, QUARTER), 251)

    def test_subscribed_called_and_paid_are_three_numbers(self):
        self.assertEqual(capital.steps(4, 10000), (40000, 40000, 40000))
        self.assertEqual(capital.steps(4, 10000, 10000, 5000), (40000, 10000, 5000))
        for wrong in ((4, 10000, 50000), (4, 10000, 10000, 20000), (1, 100.5)):
            with self.subTest(wrong), self.assertRaises(ValueError):
                capital.steps(*wrong)

    @unhurried
    @given(
        st.integers(1, 1000),
        st.integers(1, 10**6),
        st.integers(0, 100),
        st.integers(0, 100),
    )
    def test_an_allotment_ends_in_paid_uncalled_and_owed_capital(
        self, quantity, nominal, called, paid
    ):
        called = quantity * nominal * called // 100
        paid = called * paid // 100
        found = entries.balances(
            entries.of_allotment(capital.steps(quantity, nominal, called, paid))
        )
        self.assertEqual(-sum(found.get(role, 0) for role in entries.CAPITAL), called)
        self.assertEqual(-found.get("paid_capital", 0), paid)
        self.assertEqual(found.get("called_claim", 0), called - paid)
        self.assertEqual(found.get("awaiting", 0), paid)


class TestRedemption(BaseCase):
    def test_nobody_overtakes(self):
        queue = [("large", 80), ("small", 1)]
        self.assertEqual(redemption.payable(100, 100, QUARTER, queue), [])
        turns = redemption.simulate(100, 100, QUARTER, queue)
        self.assertEqual([turn.rank for turn in turns], [1, 2])
        self.assertEqual(turns[1].ahead, 80)

    def test_in_order_while_the_floor_holds(self):
        queue = [("a", 50), ("b", 25), ("c", 1)]
        self.assertEqual(redemption.payable(100, 100, QUARTER, queue), ["a", "b"])

    @unhurried
    @given(
        st.integers(0, 10**6),
        st.integers(0, 10**6),
        FRACTIONS,
        st.lists(st.integers(1, 10**5), max_size=6),
    )
    def test_what_is_missing_is_just_enough(self, capital_now, more, fraction, amounts):
        most = capital_now + more
        queue = list(enumerate(amounts))
        for turn in redemption.simulate(capital_now, most, fraction, queue):
            after = capital_now + turn.missing
            highest = max(most, after)
            floor = capital.floor(highest, fraction)
            if turn.missing:
                self.assertGreaterEqual(after - turn.ahead - turn.amount, floor)
                less = redemption.simulate(
                    after - 1, max(most, after - 1), fraction, queue
                )
                self.assertTrue(less[turn.key].missing)

    @unhurried
    @given(
        st.integers(0, 10**6),
        st.integers(0, 10**6),
        FRACTIONS,
        st.lists(st.integers(1, 10**5), max_size=6),
    )
    def test_the_floor_is_never_broken(self, capital_now, more, fraction, amounts):
        most = capital_now + more
        queue = list(enumerate(amounts))
        paid = redemption.payable(capital_now, most, fraction, queue)
        if paid:
            self.assertGreaterEqual(
                capital_now - sum(amounts[key] for key in paid),
                capital.floor(most, fraction),
            )
        self.assertEqual(paid, list(range(len(paid))))
