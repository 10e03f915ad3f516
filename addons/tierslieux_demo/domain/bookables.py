"""What can be booked in the venues of the demo network, at what price and under which
VAT status, and when venues are closed, as plain data."""

import random
from datetime import date, timedelta

from . import french
from .bookable_tables import (
    DESK,
    DESK_SUMMARIES,
    KIT,
    LEAST_SEATS,
    MACHINES,
    MENTIONS,
    MOST_SEATS,
    PRICES,
    RISE,
    ROOM_SUMMARIES,
    ROOMS,
    VAT,
    VAT_OF_COMPANIES,
    VAT_RATE,
    WORKSHOPS,
)

MENTORS = 2
#: Venues whose bookings the network invoices; the others take their money themselves.
INVOICED_VENUES = 4


def generate(some_venues, some_people, managed, today):
    """Bookables of the open venues, those in a space after it.

    :param managed: keys of the venues whose managers are known
    :return: dictionaries; ``trade`` says which prices they have, ``room`` is the key of
        the space they are in, ``mentor`` that of a person
    """
    rng = random.Random(f"tierslieux bookables {len(some_venues)} {len(some_people)}")
    mentors = {}
    for person in some_people:
        if person["is_mentor"] and person["visibility"]["name"] == "public":
            mentors.setdefault(person["home"], []).append(person)
    rows = []
    invoiced = list(managed)[:INVOICED_VENUES]
    for venue in some_venues:
        if venue["state"] != "open":
            continue
        first = len(rows)
        _desks(rng, rows, venue)
        _rooms(rng, rows, venue)
        _workshops(rng, rows, venue)
        for name, summary in rng.sample(KIT, rng.randint(0, 1)):
            _add(rows, venue, "kit", name, summary, kind="equipment", slot=60)
        for person in mentors.get(venue["key"], [])[:MENTORS]:
            _mentor(rows, venue, person)
        for row in rows[first:]:
            row["invoicing"] = "monthly" if venue["key"] in invoiced else "free"
            row["prices"] = prices(row["trade"], today)
    return rows


def prices(trade, today):
    """Prices of two years ago, and those of the beginning of last month."""
    month = today.replace(day=1)
    lately = (month - timedelta(days=1)).replace(day=1)
    rows = []
    for audience, (hour, half_day, day) in PRICES[trade].items():
        for since, percent in ((date(today.year - 2, 1, 1), 100 - RISE), (lately, 100)):
            rows.append(
                {
                    "audience": audience,
                    "date_from": since,
                    "hour": hour * percent / 100,
                    "half_day": half_day * percent / 100,
                    "day": day * percent / 100,
                }
            )
    return rows


def _add(rows, venue, trade, name, summary, **more):
    row = {
        "key": len(rows),
        "venue": venue["key"],
        "trade": trade,
        "name": french.typographic(name),
        "summary": french.typographic(summary),
        "kind": "space",
        "room": None,
        "mentor": None,
        "skills": [],
        "capacity": 1,
        "seats": 1,
        "slot": 30,
        "longest": 0,
        "after": 0,
        "notice": 0,
        "cancel": 24,
        **more,
    }
    rows.append(row)
    return row


def _desks(rng, rows, venue):
    name, each = DESK[venue["category"]]
    seats = min(max(venue["capacity"] // each, LEAST_SEATS), MOST_SEATS)
    summary = rng.choice(DESK_SUMMARIES)
    _add(rows, venue, "desk", name, summary, capacity=seats, seats=seats, cancel=2)


def _rooms(rng, rows, venue):
    count = 1 + (venue["capacity"] > 15) + (venue["capacity"] > 30)
    for name in rng.sample(ROOMS, count):
        persons = rng.choice([4, 6, 8, 10, 12])
        summary = rng.choice(ROOM_SUMMARIES)
        after = rng.choice([0, 0, 15])
        _add(rows, venue, "room", name, summary, capacity=persons, after=after)


def _workshops(rng, rows, venue):
    """A workshop, and the machines in it."""
    names = WORKSHOPS.get(venue["category"])
    if not names:
        return
    name = rng.choice(names)
    summary = "L'atelier entier, machines comprises."
    room = _add(rows, venue, "workshop", name, summary, capacity=8, slot=60, cancel=48)
    more = {"kind": "equipment", "room": room["key"], "longest": 240, "notice": 60}
    for machine, words in MACHINES[name]:
        _add(rows, venue, "machine", machine, words, **more)


def _mentor(rows, venue, person):
    _add(
        rows,
        venue,
        "mentor",
        f"Rendez-vous avec {person['name']}",
        person["headline"],
        kind="mentor",
        mentor=person["key"],
        skills=person["skills"],
        longest=60,
        notice=24 * 60,
    )


def vat(some_venues, some_organisations, holders, today):
    """Dated VAT statuses of the venues: ``[(venue, {"date_from", "regime", "rate",
    "mention", "source"})]``. Some became liable at the beginning of the year."""
    rng = random.Random(f"tierslieux vat {len(some_venues)}")
    rows = []
    for venue in some_venues:
        form = some_organisations[holders[venue["key"]]]["legal_form"]
        shares = VAT.get(form, VAT_OF_COMPANIES)
        regime = rng.choices(list(shares), list(shares.values()))[0]
        history = [(date(today.year - 4, 1, 1), regime, "")]
        if regime == "franchise_293b" and rng.randrange(4) == 0:
            source = french.typographic("Seuil de la franchise dépassé l'an dernier")
            history.append((date(today.year, 1, 1), "liable", source))
        rows += [
            (
                venue["key"],
                {
                    "date_from": since,
                    "regime": status,
                    "rate": VAT_RATE if status == "liable" else 0,
                    "mention": MENTIONS[status],
                    "source": source,
                },
            )
            for since, status, source in history
        ]
    return rows


def closures(some_venues, first, last, today):
    """When open venues are closed: ``[(venue, first day, last day, reason)]``."""
    rng = random.Random(f"tierslieux closures {len(some_venues)}")
    rows = []
    for venue in some_venues:
        summer, winter, works = (rng.randrange(100) for _ in range(3))
        if venue["state"] != "open":
            continue
        spans = []
        for year in range(first.year, last.year + 1):
            if summer < 40:
                begin = date(year, 8, 1) + timedelta(days=summer % 8)
                spans.append((begin, begin + timedelta(days=13), "Congés d’été"))
            if winter < 70:
                begin = date(year, 12, 24)
                spans.append((begin, date(year + 1, 1, 1), "Fermeture de fin d’année"))
        if works < 10:
            begin = today + timedelta(days=9 + works)
            spans.append((begin, begin, "Travaux d’électricité"))
        rows += [
            (venue["key"], begin, end, reason)
            for begin, end, reason in spans
            if end >= first and begin <= last and not begin <= today <= end
        ]
    return rows


def closed_days(some_closures):
    """``{venue: days on which it is closed}``"""
    days = {}
    for venue, begin, end, _reason in some_closures:
        closed = days.setdefault(venue, set())
        closed.update(begin + timedelta(days=n) for n in range((end - begin).days + 1))
    return days
