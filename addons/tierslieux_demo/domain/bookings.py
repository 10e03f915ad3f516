"""The bookings of the demo network, past and coming, as plain data: within the opening
hours of the venues, apart from one another, one a day for each person.

Who holds a pass books a desk at the price for pass holders: when the day is past it is
one on which they came, and the visit names its booking.
"""

import random
from datetime import datetime, timedelta
from typing import NamedTuple

from . import french
from .bookable_tables import CANCELLED, NOTES

AHEAD = timedelta(days=42)
DAY = timedelta(days=1)
GRID = 30
#: Out of a hundred past bookings, those that were cancelled, and where nobody came.
CANCELLED_PERCENT, MISSED_PERCENT = 8, 5
#: Out of a hundred visits, those for which a desk was booked.
BOOKED_VISITS = 25
#: How full venues are, in percent: that of the manager who signs in, those that are
#: managed, the others.
BUSY = (60, 20, 4)
TODAY = 95
# Minutes that each trade is booked for.
LENGTHS = {
    "desk": (120, 180, 240, 240, 480),
    "room": (60, 90, 120, 180),
    "workshop": (120, 180, 240),
    "machine": (60, 90, 120),
    "kit": (120, 240, 480),
    "mentor": (60,),
}
# How often each is asked for on a day that is full; a desk, as often as it has seats.
TRIES = {"room": 4, "machine": 4, "workshop": 1, "kit": 1, "mentor": 1}


class Row(NamedTuple):
    """A booking; times are local and naive, ``person`` and ``visit`` a key and a rank
    or ``None``."""

    bookable: int
    person: int | None
    start: datetime
    stop: datetime
    purpose: str = "booking"
    state: str = "confirmed"
    reason: str = ""
    cancelled_on: datetime | None = None
    visit: int | None = None
    note: str = ""


def generate(data, some_bookables, closed, now):
    """Bookings in order of time.

    :param data: the network, with ``passes``; a venue with its open ``week``,
        ``{weekday: [(start, stop) in minutes]}``
    :param closed: ``{venue: days on which it is closed}``
    :param now: local and naive; what is over by then is done
    """
    diary = _Diary(data, some_bookables, closed, now)
    diary.fill_member()
    diary.fill_visits()
    diary.fill_venues(list(data["roles"]["managers"]))
    return sorted(diary.rows, key=lambda row: (row.start, row.bookable))


class _Diary:
    def __init__(self, data, some_bookables, closed, now):
        venues, people = data["venues"], data["people"]
        self.rng = random.Random(f"tierslieux bookings {len(venues)} {len(people)}")
        self.now, self.today, self.closed = now, now.date(), closed
        self.first = data["passes"]["start"]
        self.hours = {
            venue["key"]: venue["week"] for venue in venues if venue["state"] == "open"
        }
        self.opening = {venue["key"]: venue["opening_date"] for venue in venues}
        self.people = [person["key"] for person in people]
        self.homes = {person["key"]: person["home"] for person in people}
        self.regulars = {}
        for key, home in self.homes.items():
            self.regulars.setdefault(home, []).append(key)
        self.passes = data["passes"]["holders"]
        self.holders = {row["person"]: row for row in self.passes}
        self.visits = data["passes"]["visits"]
        self.member = data["roles"]["member"]
        self.of_venue = {}
        for row in some_bookables:
            self.of_venue.setdefault(row["venue"], []).append(row)
        # what keeps a bookable from being booked: itself, its room, its parts
        self.around = {row["key"]: {row["key"]} for row in some_bookables}
        for row in some_bookables:
            if row["room"] is not None:
                self.around[row["key"]].add(row["room"])
                self.around[row["room"]].add(row["key"])
        self.taken = {}
        self.met = set()
        self.kept = set()
        self.rows = []

    # Where there is room
    def spans(self, venue, day):
        """The open hours of a venue on a day, in minutes."""
        if day in self.closed.get(venue, ()) or day < self.opening[venue]:
            return []
        return self.hours.get(venue, {}).get(day.weekday(), [])

    def room_for(self, bookable, start, stop):
        """Whether it can be booked. Of a place with seats no more are booked a day than
        it has, for a seat is kept until one leaves."""
        around = [
            span
            for key in self.around[bookable["key"]]
            for span in self.taken.get((key, start.date()), ())
        ]
        if bookable["seats"] > 1:
            return len(around) < bookable["seats"]
        after = timedelta(minutes=bookable["after"])
        return all(
            end + after <= start or stop + after <= begin for begin, end in around
        )

    def add(self, bookable, row):
        taken = self.taken.setdefault((bookable["key"], row.start.date()), [])
        taken.append((row.start, row.stop))
        self.met.add((row.person, row.start.date()))
        self.rows.append(row)

    # Who may book
    def may_book(self, person, day, trade):
        """Once a day; who holds a pass, desks to come only: those of the past are the
        visits', and a pass that ends is left alone."""
        if (person, day) in self.met:
            return False
        holder = self.holders.get(person)
        if not holder:
            return True
        return trade == "desk" and day > self.today and not holder["end"]

    def somebody(self, venue, day, trade):
        regulars = self.regulars.get(venue, self.people)
        for _attempt in range(4):
            pool = regulars if self.rng.randrange(100) < 75 else self.people
            person = self.rng.choice(pool)
            if self.may_book(person, day, trade):
                return person
        return None

    # What is booked
    def times(self, bookable, day, spans):
        """A start and a stop on the grid, within one of the open hours."""
        opens, closes = self.rng.choice(spans)
        step = bookable["slot"]
        opens = -(-opens // step) * step
        length = self.rng.choice(LENGTHS[bookable["trade"]])
        length = min(length, (closes - opens) // step * step)
        if length <= 0:
            return None
        begin = opens + self.rng.randrange((closes - opens - length) // step + 1) * step
        midnight = datetime.combine(day, datetime.min.time())
        start = midnight + timedelta(minutes=begin)
        return start, start + timedelta(minutes=length)

    def book(self, bookable, day, spans, person=None, **more):
        """Book some time of a day, if there is one and somebody."""
        times = self.times(bookable, day, spans)
        if not times or not self.room_for(bookable, *times):
            return False
        if person is None and more.get("purpose") != "maintenance":
            person = self.somebody(bookable["venue"], day, bookable["trade"])
            if person is None:
                return False
        fate = more or self.fate(bookable, *times)
        if times[1] <= self.now:
            fate = {"state": "done", **fate}
        self.add(bookable, Row(bookable["key"], person, *times, **fate))
        return True

    def fate(self, bookable, start, stop):
        drawn = self.rng.randrange(100)
        if drawn < CANCELLED_PERCENT:
            return self.cancelled(start)
        if stop <= self.now and drawn < CANCELLED_PERCENT + MISSED_PERCENT:
            return {"state": "no_show"}
        if start <= self.now and bookable["trade"] == "desk" and drawn > 84:
            return {"purpose": "walk_in"}
        note = self.rng.choice(NOTES) if self.rng.randrange(5) == 0 else ""
        return {"note": french.typographic(note)}

    def cancelled(self, start):
        before = start - timedelta(hours=self.rng.randint(26, 120))
        return {
            "state": "cancelled",
            "reason": self.rng.choice(CANCELLED),
            "cancelled_on": min(before, self.now - timedelta(hours=1)),
        }

    def fill_visits(self):
        """Desks that pass holders had booked when they came."""
        desks = {
            venue: next(row for row in rows if row["trade"] == "desk")
            for venue, rows in self.of_venue.items()
        }
        for rank, (index, venue, check_in, check_out, _estimated) in enumerate(
            self.visits
        ):
            holder = self.passes[index]
            if check_in.date() < self.first or holder["end"]:
                continue
            person = holder["person"]
            if person == self.member or self.rng.randrange(100) < BOOKED_VISITS:
                self.book_visit(desks[venue], person, rank, check_in, check_out)

    def book_visit(self, desk, person, rank, check_in, check_out):
        day = check_in.date()
        if (person, day) in self.met:
            return
        midnight = datetime.combine(day, datetime.min.time())
        begin, end = ((one - midnight).seconds // 60 for one in (check_in, check_out))
        for opens, closes in self.spans(desk["venue"], day):
            first = max(begin // GRID * GRID, -(-opens // GRID) * GRID)
            last = min(-(-end // GRID), closes // GRID) * GRID
            if opens <= begin < closes and first < last:
                start, stop = (midnight + timedelta(minutes=m) for m in (first, last))
                if self.room_for(desk, start, stop):
                    row = Row(
                        desk["key"], person, start, stop, state="done", visit=rank
                    )
                    self.add(desk, row)
                return

    def fill_member(self):
        """Who signs in as a member has bookings to come, and some that are past."""
        person = self.member
        home = self.homes[person]
        rows = self.of_venue.get(home) or next(iter(self.of_venue.values()))
        desk, room = rows[0], rows[1]
        venue = desk["venue"]
        coming = [self.today + DAY * n for n in range(1, 30)]
        coming = [day for day in coming if self.may_book(person, day, "desk")]
        coming = [day for day in coming if self.spans(venue, day)]
        for bookable, day in zip((desk, room, desk), coming, strict=False):
            self.book(bookable, day, self.spans(venue, day), person, note="")
        past = [self.today - DAY * n for n in range(2, 60, 5)]
        past = [day for day in past if self.spans(venue, day)]
        fates = [{"state": "done"}, None, {"state": "done"}, {"state": "no_show"}]
        if person in self.holders:
            past = []
        for fate, day in zip(fates, past, strict=False):
            start = datetime.combine(day, datetime.min.time())
            fate = fate or self.cancelled(start)
            self.book(desk, day, self.spans(venue, day), person, **fate)

    def fill_venues(self, managed):
        days = (self.today - self.first + AHEAD).days
        for venue, rows in self.of_venue.items():
            busy = BUSY[2]
            if venue in managed:
                busy = BUSY[0] if venue == managed[0] else BUSY[1]
            for number in range(days):
                day = self.first + DAY * number
                if spans := self.spans(venue, day):
                    # the further ahead, the less is booked
                    ahead = max((day - self.today).days, 0)
                    full = busy if ahead < 3 else busy * (50 - ahead) // 50
                    if busy == BUSY[0] and day == self.today:
                        full = TODAY
                    for row in rows:
                        self.fill_day(row, day, spans, full)

    def fill_day(self, bookable, day, spans, percent):
        """As much of a bookable's day as is asked."""
        kept = percent >= BUSY[0] and bookable["trade"] == "room"
        if kept and (day.weekday() == 0 or day == self.today) and day not in self.kept:
            self.kept.add(day)
            note = "Entretien de la salle"
            self.book(bookable, day, spans, purpose="maintenance", note=note)
        for _try in range(TRIES.get(bookable["trade"], bookable["seats"])):
            if self.rng.randrange(100) < percent:
                self.book(bookable, day, spans)
