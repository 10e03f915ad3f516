# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import unittest
from collections import Counter
from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.tierslieux_demo.domain import bookables, bookings, network, passes
from odoo.addons.tierslieux_network.domain import opening_hours

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2031, 12, 31))
MONTHS = 3
PATIENT = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def generate(now, venues=20, people=200):
    """The network with its passes, bookables, closures and bookings."""
    today = now.date()
    data = network.generate(venues, people, today)
    for venue in data["venues"]:
        venue["week"] = opening_hours.parse(venue["hours"])
    first = passes.months_before(today, MONTHS)
    closures = bookables.closures(
        data["venues"], first, today + timedelta(days=120), today
    )
    closed = bookables.closed_days(closures)
    managed = list(data["roles"]["managers"])
    data["passes"] = passes.generate(
        data["venues"],
        data["people"],
        managed,
        data["roles"]["member"],
        closed,
        today,
        MONTHS,
    )
    rows = bookables.generate(data["venues"], data["people"], managed, today)
    return data, rows, closed, bookings.generate(data, rows, closed, now)


class TestBookings(unittest.TestCase):
    @PATIENT
    @given(MOMENTS)
    def test_bookings_can_stand(self, now):
        data, rows, closed, made = generate(now)
        bookable = {row["key"]: row for row in rows}
        venue = {row["key"]: row for row in data["venues"]}
        starts = [row.start for row in made]
        self.assertEqual(starts, sorted(starts))
        held = {}
        for row in made:
            one = bookable[row.bookable]
            place = venue[one["venue"]]
            day = row.start.date()
            self.assertGreaterEqual(day, place["opening_date"])
            self.assertNotIn(day, closed.get(one["venue"], ()))
            midnight = datetime.combine(day, time.min)
            begin, end = (
                (moment - midnight) // timedelta(minutes=1)
                for moment in (row.start, row.stop)
            )
            spans = opening_hours.parse(place["hours"])[day.weekday()]
            self.assertTrue(any(a <= begin < end <= b for a, b in spans))
            self.assertFalse(begin % one["slot"] or end % one["slot"])
            self.assertLessEqual(end - begin, one["longest"] or 1440)
            stop = row.stop + timedelta(minutes=one["after"])
            held.setdefault(row.bookable, []).append((row.start, stop))
            if one["room"] is not None:
                held.setdefault(("in", one["room"]), []).append((row.start, stop))
        for key, one in bookable.items():
            if one["seats"] > 1:
                days = Counter(start.date() for start, _stop in held.get(key, ()))
                self.assertLessEqual(max(days.values(), default=0), one["seats"])
                continue
            own = sorted(held.get(key, ()))
            for (_start, stop), (start, _stop) in zip(own, own[1:], strict=False):
                self.assertLessEqual(stop, start)
            for start, stop in held.get(("in", key), ()):
                self.assertFalse(any(a < stop and start < b for a, b in own))

    @PATIENT
    @given(MOMENTS)
    def test_people_and_states_agree(self, now):
        data, rows, _closed, made = generate(now)
        visits = data["passes"]["visits"]
        holders = data["passes"]["holders"]
        held_by = {holder["person"]: holder for holder in holders}
        trade = {row["key"]: row["trade"] for row in rows}
        venue = {row["key"]: row["venue"] for row in rows}
        days = Counter((row.person, row.start.date()) for row in made if row.person)
        self.assertEqual(set(days.values()), {1})
        for row in made:
            self.assertEqual(row.person is None, row.purpose == "maintenance")
            self.assertEqual(row.state == "cancelled", row.cancelled_on is not None)
            if row.state != "cancelled":
                self.assertEqual(row.state != "confirmed", row.stop <= now)
            else:
                self.assertLess(row.cancelled_on, now)
            if row.visit is not None:
                index, place, check_in, _check_out, _estimated = visits[row.visit]
                self.assertEqual(holders[index]["person"], row.person)
                self.assertEqual(place, venue[row.bookable])
                self.assertTrue(row.start <= check_in < row.stop)
            elif row.person in held_by and row.state != "cancelled":
                self.assertGreater(row.start.date(), now.date())
                self.assertIn(trade[row.bookable], ("desk", "room"))

    @PATIENT
    @given(MOMENTS)
    def test_who_signs_in_has_something_to_see(self, now):
        data, rows, _closed, made = generate(now)
        mine = [row for row in made if row.person == data["roles"]["member"]]
        self.assertGreaterEqual(sum(row.start > now for row in mine), 2)
        self.assertGreaterEqual(sum(row.stop <= now for row in mine), 2)
        managed = next(iter(data["roles"]["managers"]))
        venue = {row["key"]: row["venue"] for row in rows}
        today = [
            row
            for row in made
            if row.start.date() == now.date() and venue[row.bookable] == managed
        ]
        self.assertGreaterEqual(len(today), 6)
        self.assertIn("maintenance", {row.purpose for row in today})

    def test_the_same_for_the_same_moment(self):
        now = datetime(2026, 11, 22, 17, 30)
        self.assertEqual(generate(now)[1:], generate(now)[1:])


class TestBookables(unittest.TestCase):
    def test_each_open_venue_has_something(self):
        data, rows, _closed, _made = generate(datetime(2026, 11, 22, 9), 60, 400)
        opened = {row["key"] for row in data["venues"] if row["state"] == "open"}
        for trade in ("desk", "room"):
            found = {row["venue"] for row in rows if row["trade"] == trade}
            self.assertEqual(found, opened)
        by_key = {row["key"]: row for row in rows}
        for row in rows:
            self.assertTrue(row["prices"])
            if row["room"] is not None:
                room = by_key[row["room"]]
                self.assertEqual((room["venue"], room["kind"]), (row["venue"], "space"))

    def test_statuses_are_mixed_and_dated(self):
        data = network.generate(201, 300, date(2026, 11, 22))
        statuses = bookables.vat(
            data["venues"], data["organisations"], data["holders"], date(2026, 11, 22)
        )
        self.assertEqual(
            {values["regime"] for _venue, values in statuses},
            {"exempt_261_7_1", "franchise_293b", "liable", "out_of_scope"},
        )
        count = Counter(venue for venue, _values in statuses)
        self.assertEqual(set(count), {venue["key"] for venue in data["venues"]})
        self.assertIn(2, count.values())
        for _venue, values in statuses:
            self.assertEqual(values["regime"] == "liable", values["rate"] > 0)
            self.assertEqual(values["regime"] == "liable", not values["mention"])
