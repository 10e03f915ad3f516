# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import unittest

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.tierslieux_network.domain.opening_hours import (
    OpeningHoursError,
    format_osm,
    is_open,
    parse,
    weekly_minutes,
)


@st.composite
def weekly_hours(draw):
    hours = {}
    for day in range(7):
        cuts = sorted(draw(st.lists(st.integers(0, 1440), unique=True, max_size=6)))
        ranges = list(zip(cuts[::2], cuts[1::2], strict=False))
        if ranges:
            hours[day] = ranges
    return hours


class TestOpeningHours(unittest.TestCase):
    def test_reads_the_example_of_the_standard(self):
        hours = parse("Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00")
        self.assertEqual(hours[0], [(540, 720), (840, 1110)])
        self.assertEqual(hours[5], [(510, 720)])
        self.assertNotIn(6, hours)

    def test_later_rules_replace_earlier_ones(self):
        self.assertEqual(
            parse("Mo-Fr 09:00-18:00; We off"), parse("Mo,Tu,Th,Fr 9:00-18:00")
        )

    def test_past_midnight_is_split_over_two_days(self):
        self.assertEqual(parse("Su 20:00-02:00"), {0: [(0, 120)], 6: [(1200, 1440)]})

    def test_always_open(self):
        self.assertEqual(weekly_minutes(parse("24/7")), 7 * 1440)

    def test_what_is_not_understood_is_named(self):
        for text, part in [
            ("lundi 9h", "lundi 9h"),
            ("Mo 25:00-26:00", "25:00-26:00"),
            ("Xx 09:00-10:00", "Xx"),
            ("Mo 09:00-09:00", "09:00-09:00"),
            ("Mo-Fr", ""),
        ]:
            with self.subTest(text), self.assertRaises(OpeningHoursError) as caught:
                parse(text)
            self.assertEqual(str(caught.exception), part)

    @given(weekly_hours())
    def test_what_is_written_reads_the_same(self, hours):
        self.assertEqual(parse(format_osm(hours)), hours)

    @settings(deadline=None)
    @given(weekly_hours(), st.integers(0, 6))
    def test_open_minutes_are_those_counted(self, hours, day):
        self.assertEqual(
            sum(is_open(hours, day, m) for m in range(1440)),
            weekly_minutes({day: hours.get(day, [])}),
        )
