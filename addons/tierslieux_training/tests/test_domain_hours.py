# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..domain import hours

QUARTERS = st.sampled_from(range(0, 421, hours.QUARTER))

# The machine of the tests may be busy.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def sheets(draw):
    """Lines of one person over some half-days, with corrections of corrections."""
    lines, key = [], 0
    for half_day in range(draw(st.integers(0, 6))):
        last = None
        for minutes in draw(st.lists(QUARTERS, min_size=1, max_size=4)):
            lines.append(hours.Line(key, half_day, minutes, last))
            last, key = key, key + 1
    return draw(st.permutations(lines))


class TestHours(BaseCase):
    @PATIENT
    @given(sheets(), st.integers(0, 20000))
    def test_sheet_certificate_and_invoice_say_the_same(self, lines, cents):
        """Whatever is corrected, before or after an invoice, what was billed in all
        are the hours of the sheet."""
        price = Decimal(cents) / 100
        attended = hours.total(lines)
        self.assertEqual(attended, sum(hours.present(lines).values()))
        billed, money = 0, Decimal(0)
        in_order = sorted(lines)
        for cut in range(len(in_order) + 1):
            now = hours.total(in_order[:cut])
            line = hours.to_bill(hours.HOUR, price, now, billed, 0)
            self.assertEqual(line is None, now == billed)
            if line:
                billed += line.minutes
                money += line.quantity * line.price_unit
        self.assertEqual(billed, attended)
        self.assertEqual(money, hours.hours(attended) * price)
        self.assertEqual(hours.hours(attended) * 60, attended)

    @PATIENT
    @given(st.lists(QUARTERS, max_size=5), st.integers(0, 500000), st.integers(1, 28))
    def test_a_flat_price_is_due_for_what_was_attended(self, stages, cents, quarters):
        """The lines sum to what is due for the last hours, to the cent, and to no more
        than the price, though the session became longer."""
        price, planned = Decimal(cents) / 100, quarters * hours.QUARTER
        billed, money = 0, Decimal(0)
        for attended in stages:
            line = hours.to_bill(hours.FLAT, price, attended, billed, planned)
            if line:
                billed += line.minutes
                money += line.quantity * line.price_unit
        self.assertEqual(
            money, hours.amount(hours.FLAT, price, stages[-1] if stages else 0, planned)
        )
        self.assertLessEqual(money, price)

    @PATIENT
    @given(sheets())
    def test_one_line_stands_for_a_half_day(self, lines):
        for half_day, minutes in hours.present(lines).items():
            last = max(line for line in lines if line.half_day == half_day)
            self.assertEqual(minutes, last.minutes)

    def test_two_lines_that_stand_are_refused(self):
        with self.assertRaises(ValueError):
            hours.total([hours.Line(1, "a", 210), hours.Line(2, "a", 210)])
        with self.assertRaises(ValueError):
            hours.total([hours.Line(1, "a", 50)])

    def test_words(self):
        self.assertEqual(hours.label(210), "3 h 30")
        self.assertEqual(hours.label(180), "3 h")
        self.assertEqual(hours.hours(465), Decimal("7.75"))
