# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta

from odoo.tests import BaseCase

from ..domain import desk
from ..domain.desk import Piece, Tap

DAY = datetime(2026, 10, 21)


def at(hour, minute=0, second=0):
    return DAY + timedelta(hours=hour, minutes=minute, seconds=second)


def cut_off(venue, start):
    """Closed at 18:00; 8 hours at most."""
    hours = [(at(8), at(12)), (at(14), at(18))]
    return desk.cut_off(hours, start, timedelta(hours=8), timedelta(hours=1))


class TestStays(BaseCase):
    def stays(self, *taps, now=None):
        found = desk.stays(
            [Tap(n, venue, when, way) for n, (venue, when, way) in enumerate(taps, 1)],
            cut_off,
            now or at(30),
        )
        return [(s.venue, s.start, s.end, s.estimated) for s in found]

    def test_in_and_out(self):
        self.assertEqual(
            self.stays(("a", at(9), "in"), ("a", at(11), "out")),
            [("a", at(9), at(11), False)],
        )

    def test_order_of_arrival_changes_nothing(self):
        taps = [("a", at(9), "in"), ("a", at(11), "out"), ("b", at(13), "in")]
        first = self.stays(*taps)
        self.assertEqual(self.stays(*reversed(taps)), first)

    def test_still_there(self):
        self.assertEqual(
            self.stays(("a", at(15), "in"), now=at(16)), [("a", at(15), None, False)]
        )

    def test_forgotten_end_is_closed_at_closing_time(self):
        self.assertEqual(self.stays(("a", at(15), "in")), [("a", at(15), at(18), True)])

    def test_forgotten_end_is_never_longer_than_the_longest_stay(self):
        self.assertEqual(self.stays(("a", at(8), "in")), [("a", at(8), at(16), True)])

    def test_lunch_does_not_close_a_day(self):
        self.assertEqual(cut_off("a", at(11)).end, at(18))

    def test_in_after_closing(self):
        self.assertEqual(cut_off("a", at(19)).end, at(27))

    def test_out_a_little_after_closing_is_the_real_end(self):
        self.assertEqual(
            self.stays(("a", at(15), "in"), ("a", at(18, 40), "out")),
            [("a", at(15), at(18, 40), False)],
        )

    def test_out_long_after_closing_comes_too_late(self):
        self.assertEqual(
            self.stays(("a", at(15), "in"), ("a", at(22), "out")),
            [("a", at(15), at(18), True)],
        )

    def test_in_elsewhere_ends_the_first_stay(self):
        self.assertEqual(
            self.stays(("a", at(9), "in"), ("b", at(10), "in"), ("b", at(11), "out")),
            [("a", at(9), at(10), True), ("b", at(10), at(11), False)],
        )

    def test_second_in_and_lone_out_tell_nothing(self):
        self.assertEqual(
            self.stays(
                ("a", at(8), "out"),
                ("a", at(9), "in"),
                ("a", at(10), "in"),
                ("b", at(10, 30), "out"),
                ("a", at(11), "out"),
            ),
            [("a", at(9), at(11), False)],
        )


class TestMeaning(BaseCase):
    taps = [Tap(1, "a", at(9), "in")]

    def meaning(self, venue, when, direction=None, taps=None):
        taps = self.taps if taps is None else taps
        return desk.meaning(taps, venue, when, direction, cut_off)[0]

    def test_state_decides(self):
        self.assertEqual(self.meaning("a", at(8)), "in")
        self.assertEqual(self.meaning("a", at(10)), "out")
        self.assertEqual(self.meaning("b", at(10)), "in")

    def test_since_when(self):
        self.assertEqual(
            desk.meaning(self.taps, "a", at(10), None, cut_off), ("out", at(9))
        )

    def test_read_twice(self):
        self.assertEqual(self.meaning("a", at(9, 0, 30)), "ignored")
        self.assertEqual(self.meaning("a", at(9, 0, 30), "in"), "ignored")
        self.assertEqual(self.meaning("a", at(9, 0, 30), "out"), "out")
        self.assertEqual(self.meaning("b", at(9, 0, 30)), "in")
        self.assertEqual(self.meaning("a", at(9, 1, 1)), "out")

    def test_out_without_in(self):
        self.assertEqual(self.meaning("b", at(10), "out"), "not_in")
        self.assertEqual(self.meaning("a", at(10), "out", []), "not_in")

    def test_the_day_after_is_another_visit(self):
        self.assertEqual(self.meaning("a", at(33)), "in")

    def test_clock(self):
        now = at(12)
        self.assertIsNone(desk.clock_problem(at(12, 2), now))
        self.assertEqual(desk.clock_problem(at(12, 3), now), "future")
        self.assertIsNone(desk.clock_problem(now - timedelta(days=7), now))
        self.assertEqual(
            desk.clock_problem(now - timedelta(days=7, seconds=1), now), "too_old"
        )


class TestPieces(BaseCase):
    def test_without_booking(self):
        self.assertEqual(desk.pieces(at(9), at(12), []), [Piece(at(9), at(12), None)])

    def test_covered_with_a_little_around(self):
        self.assertEqual(
            desk.pieces(at(8, 40), at(12, 20), [(at(9), at(12), "x")]),
            [Piece(at(8, 40), at(12, 20), "x")],
        )

    def test_what_is_beyond_is_apart(self):
        self.assertEqual(
            desk.pieces(at(8), at(15), [(at(9), at(12), "x")]),
            [
                Piece(at(8), at(9), None),
                Piece(at(9), at(12), "x"),
                Piece(at(12), at(15), None),
            ],
        )

    def test_two_bookings_one_after_the_other(self):
        self.assertEqual(
            desk.pieces(at(9), at(12), [(at(9), at(10), "x"), (at(10), at(12), "y")]),
            [Piece(at(9), at(10), "x"), Piece(at(10), at(12), "y")],
        )

    def test_booking_elsewhere_in_the_day(self):
        self.assertEqual(
            desk.pieces(at(9), at(12), [(at(16), at(18), "x")]),
            [Piece(at(9), at(12), None)],
        )

    def test_minutes_are_truncated_at_both_ends(self):
        self.assertEqual(desk.minutes(at(9, 0, 59), at(9, 1, 0)), 1)
        self.assertEqual(desk.minutes(at(9, 0, 0), at(9, 0, 59)), 0)
