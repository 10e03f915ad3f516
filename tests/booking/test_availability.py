# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Availability held to oracles that look at every minute or quarter of an hour."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from tierslieux_booking_domain import availability as a
from tierslieux_booking_domain import search

PARIS = ZoneInfo("Europe/Paris")
ZONES = [PARIS, ZoneInfo("America/Guadeloupe"), ZoneInfo("Indian/Reunion")]
QUARTER = timedelta(minutes=15)
# The nights in which the clocks of 2026 change, and a week without.
STARTS = [datetime(2026, 3, 27), datetime(2026, 10, 23), datetime(2026, 6, 1)]

quarters = st.integers(0, 95).map(lambda number: number * 15)
day_hours = st.lists(st.tuples(quarters, quarters), max_size=3).map(
    lambda pairs: [(min(pair), max(pair) + 15) for pair in pairs]
)
weeks = st.dictionaries(st.integers(0, 6), day_hours)


@st.composite
def intervals(draw, around, days=4, most=4):
    found = []
    for _ in range(draw(st.integers(0, most))):
        begin = draw(st.integers(0, days * 96))
        length = draw(st.integers(1, 60))
        start = around + begin * QUARTER
        found.append((start, start + length * QUARTER))
    return found


def open_at(moment, weeks, closures, zone):
    wall = a.local(moment, zone)
    hours = weeks[0]
    # The first Monday of 2026 begins a first week
    if len(weeks) > 1 and (wall - datetime(2026, 1, 5)).days // 7 % 2:
        hours = weeks[1]
    minute = wall.hour * 60 + wall.minute
    return any(
        start <= minute < stop for start, stop in hours.get(wall.weekday(), ())
    ) and not any(start <= moment < stop for start, stop in closures)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_the_short_way_finds_what_the_long_one_does(data):
    """Of one seat without buffers, and of seats that nobody took."""
    opened = a.merged(data.draw(intervals(STARTS[2])))
    holds = a.merged(data.draw(intervals(STARTS[2], most=6)))
    rows = [(7, 1, start, stop) for start, stop in holds]
    assert search.left(opened, rows) == a.without(opened, holds)
    rules = a.Rules(seats=data.draw(st.integers(2, 4)))
    taken = [(data.draw(st.integers(0, rules.seats)), *one) for one in holds]
    count = data.draw(st.integers(1, rules.seats))
    long = a.spans(a.seats_free(opened, taken, rules), count)
    assert a.free(opened, taken, rules, count) == long


@given(
    st.data(),
    st.lists(weeks, min_size=1, max_size=2),
    st.sampled_from(ZONES),
    st.sampled_from(STARTS),
)
@settings(max_examples=150, deadline=None)
def test_open_is_what_the_clock_on_the_wall_says(data, hours, zone, start):
    stop = start + timedelta(days=4)
    closures = data.draw(intervals(start))
    found = a.opened(hours, closures, zone, start, stop)
    assert all(one[1] < other[0] for one, other in zip(found, found[1:], strict=False))
    moment = start
    while moment < stop:
        inside = any(begin <= moment < end for begin, end in found)
        assert inside == open_at(moment, hours, closures, zone), moment
        moment += QUARTER


def test_nights_of_23_and_25_hours():
    hours = {day: [(0, 1440)] for day in range(7)}
    for day, length in ((29, 23), (30, 24)):
        [(start, stop)] = a.opened(
            [hours], [], PARIS, *a.day_bounds(datetime(2026, 3, day), PARIS)
        )
        assert stop - start == timedelta(hours=length)
    bounds = a.day_bounds(datetime(2026, 10, 25), PARIS)
    [(start, stop)] = a.opened([{6: [(60, 240)]}], [], PARIS, *bounds)
    assert stop - start == timedelta(hours=4), "1 h to 4 h, and 2 h comes twice"
    assert (
        a.opened(
            [{6: [(120, 180)]}], [], PARIS, *a.day_bounds(datetime(2026, 3, 29), PARIS)
        )
        == []
    ), "2 h to 3 h does not exist that night"


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_free_is_what_nobody_holds(data):
    """Seat by seat, minute by minute, buffers on both sides."""
    around = STARTS[2]
    seats = data.draw(st.integers(1, 3))
    rules = a.Rules(
        buffer_before=data.draw(st.sampled_from([0, 15, 30])),
        buffer_after=data.draw(st.sampled_from([0, 15])),
        seats=seats,
    )
    opened = a.merged(data.draw(intervals(around, days=1)))
    taken = [
        (data.draw(st.integers(0, seats)), *one)
        for one in data.draw(intervals(around, days=1, most=6))
    ]
    count = data.draw(st.integers(1, seats))
    free = a.free(opened, taken, rules, count)
    start = around + data.draw(st.integers(0, 100)) * QUARTER
    stop = start + data.draw(st.integers(1, 12)) * QUARTER
    held = (
        start - rules.buffer_before * a.MINUTE,
        stop + rules.buffer_after * a.MINUTE,
    )
    busy = {seat for seat, begin, end in taken if begin < held[1] and held[0] < end}
    left = 0 if 0 in busy else seats - len(busy)
    fits = any(begin <= start and stop <= end for begin, end in opened)
    assert any(begin <= start and stop <= end for begin, end in free) == (
        fits and left >= count
    )


@given(st.data(), st.sampled_from([15, 30, 45, 60, 90]), st.sampled_from(STARTS))
@settings(max_examples=100, deadline=None)
def test_starts_are_steps_of_the_grid_that_fit(data, grid, around):
    found = a.merged(data.draw(intervals(around)))
    minutes = data.draw(st.sampled_from([15, 30, 60, 120]))
    starts = a.starts(found, minutes, grid, PARIS)
    expected = []
    moment = around
    while moment < around + timedelta(days=20):
        wall = a.local(moment, PARIS)
        stop = moment + minutes * a.MINUTE
        if not (wall.hour * 60 + wall.minute) % grid and any(
            begin <= moment and stop <= end for begin, end in found
        ):
            expected.append(moment)
        moment += QUARTER
    assert starts == expected


@pytest.mark.parametrize(
    "start, stop, now, reason",
    [
        ("09:00", "09:00", "08:00", "order"),
        ("09:00", "10:00", "09:30", "past"),
        ("09:00", "10:00", "08:30", "notice"),
        ("09:10", "10:10", "07:00", "grid"),
        ("09:00", "09:30", "07:00", "short"),
        ("09:00", "14:00", "07:00", "long"),
        ("17:00", "18:30", "07:00", "closed"),
        ("09:00", "10:00", "08:00", None),
    ],
)
def test_refusals(start, stop, now, reason):
    def at(text):
        return datetime.strptime(f"2026-06-01 {text}", "%Y-%m-%d %H:%M")

    rules = a.Rules(grid=30, shortest=60, longest=240, notice=60, horizon_days=30)
    opened = [(at("08:00"), at("18:00"))]
    assert a.refusal(at(start), at(stop), 1, rules, PARIS, at(now), opened) == reason
    assert a.refusal(at(start), at(stop), 2, rules, PARIS, at(now), opened) in (
        "seats",
        "order",
    )


class Bookings(RuleBasedStateMachine):
    """A space of two seats with a machine in it, over the night in which the clock is
    put back. The model is the list of bookings, looked at pair by pair."""

    @initialize(zone=st.sampled_from(ZONES), hours=weeks)
    def open(self, zone, hours):
        self.zone = zone
        self.hours = {**hours, 5: [(480, 1200)], 6: [(0, 1440)]}
        self.rules = {
            "room": a.Rules(grid=15, buffer_after=15, seats=2),
            "machine": a.Rules(grid=15, buffer_before=15),
        }
        self.origin = STARTS[1]
        self.opened = a.opened(
            [self.hours], [], zone, self.origin, self.origin + timedelta(days=4)
        )
        self.bookings = []

    def held(self, what, start, stop):
        rules = self.rules[what]
        return (
            start - rules.buffer_before * a.MINUTE,
            stop + rules.buffer_after * a.MINUTE,
        )

    def taken(self, what, without=None):
        for one in self.bookings:
            if one is not without:
                other, seat, start, stop = one
                hold = self.held(other, start, stop)
                yield (seat if other == what else 0), *hold

    def free_seat(self, what, start, stop, without=None):
        taken = list(self.taken(what, without))
        seats = a.seats_free(self.opened, taken, self.rules[what])
        for seat, free in enumerate(seats, 1):
            if any(begin <= start and stop <= end for begin, end in free):
                return seat
        return None

    @rule(
        what=st.sampled_from(["room", "machine"]),
        at=st.integers(0, 380),
        length=st.integers(1, 12),
    )
    def book(self, what, at, length):
        start = self.origin + at * QUARTER
        stop = start + length * QUARTER
        seat = self.free_seat(what, start, stop)
        if seat:
            self.bookings.append((what, seat, start, stop))

    @precondition(lambda self: self.bookings)
    @rule(data=st.data())
    def cancel(self, data):
        self.bookings.remove(data.draw(st.sampled_from(self.bookings)))

    @precondition(lambda self: self.bookings)
    @rule(data=st.data(), by=st.integers(-8, 8))
    def move(self, data, by):
        one = data.draw(st.sampled_from(self.bookings))
        what, _seat, start, stop = one
        start, stop = start + by * QUARTER, stop + by * QUARTER
        seat = self.free_seat(what, start, stop, without=one)
        if seat:
            self.bookings.remove(one)
            self.bookings.append((what, seat, start, stop))

    @invariant()
    def nothing_twice(self):
        for rank, (what, seat, *time) in enumerate(getattr(self, "bookings", ())):
            begin, end = self.held(what, *time)
            moment = time[0]
            while moment < time[1]:
                assert open_at(moment, [self.hours], [], self.zone)
                moment += QUARTER
            for other, other_seat, *other_time in self.bookings[:rank]:
                start, stop = self.held(other, *other_time)
                if begin < stop and start < end:
                    assert what == other and seat != other_seat


TestBookings = Bookings.TestCase
TestBookings.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
