# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Booking: 200 venues of 10 resources, 100,000 bookings.

    ./tierslieux bench booking [--seconds 60] [--clients 32]

Bookings are made beside OCA's resource_booking, what is free over all venues is asked
beside one bare range query of the holds, batch by batch in turn. Then clients fight
over HTTP for a few slots, and what they got is looked at by a self-join that knows
nothing of the constraints.
"""

import argparse
import collections
import http.client
import json
import os
import random
import statistics
import sys
import threading
import time
from datetime import datetime, timedelta

NEEDS = {"venues": 201, "people": 2000, "modules": ["resource_booking"]}

VENUES = 200
RESOURCES = 10
BOOKINGS = 100_000
DAYS = 90
BATCH = 50
ROUNDS = 8
SLOTS = 50
HOURS = "Mo-Su 08:00-20:00"


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--bookings", type=int, default=BOOKINGS)
    options = parser.parse_args(argv)

    from _vote_casting import environment

    from odoo.tools import config

    config.parse_config(["-c", os.environ["TIERSLIEUX_CONF"]], setup_logging=False)
    database = os.environ["TIERSLIEUX_DB"]
    held = []
    with environment(database) as env:
        bookables = make_resources(env)
        fill(env, bookables, options.bookings)
        held += creating(env, bookables)
        env.cr.rollback()
        env.invalidate_all()
        held += free(env, bookables)
        keys = make_clients(env, options.clients)
        env.cr.commit()
        contested = bookables[0].id
    held += fight(database, contested, keys, options.seconds)
    return int(not all(held))


def report(label, ours, unit, peer, theirs, ratio, target, more):
    held = ratio >= target if more else ratio <= target
    print(
        f"{label:46} {ours:9.2f} {unit:4} {peer}: {theirs:9.2f}  ratio {ratio:6.2f} "
        f"{'≥' if more else '≤'} {target}{'' if held else '  MISSED'}",
        flush=True,
    )
    return held


def seconds(act):
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


# -- the network ------------------------------------------------------------------


def make_resources(env):
    venues = env["tierslieux.venue"].search([], limit=VENUES, order="id")
    category = env["tierslieux.venue.category"].search([], limit=1)
    venues |= env["tierslieux.venue"].create(
        [
            {"name": f"Lieu {number}", "category_id": category.id}
            for number in range(VENUES - len(venues))
        ]
    )
    venues.write({"state": "open", "is_published": True, "opening_date": "2020-01-01"})
    for venue in venues:
        venue.opening_hours = HOURS
    bookables = env["tierslieux.bookable"].create(
        [
            {
                "name": f"Ressource {number}",
                "venue_id": venue.id,
                "is_published": True,
                "kind": "space" if number % 2 else "equipment",
                "seats": 6 if number == 9 else 1,
                "horizon_days": 400,
                "minimum_notice": 0,
                "price_ids": [
                    (0, 0, {"audience": "public", "hour": 4, "date_from": "2020-01-01"})
                ],
            }
            for venue in venues
            for number in range(RESOURCES)
        ]
    )
    env.cr.commit()
    return bookables


def fill(env, bookables, count):
    """Bookings of one to three hours over the days to come, straight into the
    tables."""
    from odoo.tools import SQL

    started = time.perf_counter()
    env.cr.execute(
        SQL(
            """
            WITH drawn AS (
                SELECT nextval('tierslieux_booking_id_seq') AS id,
                       (%(bookables)s::integer[])[1 + n %% %(resources)s] AS bookable,
                       n / %(resources)s AS rank
                  FROM generate_series(0, %(count)s - 1) n
            ), placed AS (
                SELECT id, bookable,
                       date_trunc('day', now() AT TIME ZONE 'UTC')
                       + make_interval(
                           days => 2 + (rank * %(days)s / %(each)s)::integer,
                           hours => 8 + ((rank + bookable) %% 5)::integer * 2
                       ) AS start,
                       make_interval(hours => 1 + (id %% 2)::integer) AS length
                  FROM drawn
            ), booking AS (
                INSERT INTO tierslieux_booking
                       (id, reference, bookable_id, venue_id, partner_id, start, stop,
                        seats, purpose, state, company_id, price)
                SELECT placed.id, 'B' || placed.id, bookable, venue_id, %(partner)s,
                       start, start + length, 1, 'booking', 'confirmed', %(company)s, 8
                  FROM placed JOIN tierslieux_bookable ON tierslieux_bookable.id
                                                          = bookable
            )
            INSERT INTO tierslieux_booking_hold
                   (booking_id, bookable_id, seat, start, stop, inside)
            SELECT id, bookable, 1, start, start + length, FALSE FROM placed
            """,
            bookables=bookables.ids,
            resources=len(bookables),
            count=count,
            each=max(count // len(bookables), 1),
            days=DAYS,
            partner=env.user.partner_id.id,
            company=env.company.id,
        )
    )
    env.cr.commit()
    env.cr.execute("ANALYZE tierslieux_booking, tierslieux_booking_hold")
    env.cr.commit()
    print(
        f"{len(bookables)} resources, {count} bookings, "
        f"{time.perf_counter() - started:.0f} s to fill",
        flush=True,
    )


# -- creating ---------------------------------------------------------------------


def creating(env, bookables):
    """Bookings made in batches, and one by one, in turn with OCA's."""
    from odoo.addons.tierslieux_booking.models.tierslieux_bookable_book import Wish

    Bookings = env["tierslieux.bookable"]
    partner = env["res.partner"].create({"name": "Bench"})
    start = midnight() + timedelta(days=DAYS + 10, hours=8)
    wishes = (
        Wish(bookable, partner, when, when + timedelta(hours=1))
        for day in range(20)
        for when in [start + timedelta(days=day)]
        for bookable in bookables
    )
    their = peer(env, partner, start)
    ours_batch, ours_single, their_batch, their_single = [], [], [], []
    book_all(env, Bookings, [next(wishes)])
    their(1, single=True)
    for _round in range(ROUNDS):
        batch = [next(wishes) for _ in range(BATCH)]
        ours_batch.append(seconds(lambda b=batch: book_all(env, Bookings, b)))
        their_batch.append(seconds(lambda: their(BATCH)))
        single = [next(wishes) for _ in range(BATCH // 5)]
        ours_single.append(
            seconds(lambda b=single: [book_all(env, Bookings, [one]) for one in b])
        )
        their_single.append(seconds(lambda: their(BATCH // 5, single=True)))
    held = []
    for label, ours, theirs, count in (
        ("bookings made by the batch of 50", ours_batch, their_batch, BATCH),
        ("bookings made one by one", ours_single, their_single, BATCH // 5),
    ):
        mine, peers = (count / statistics.median(one) for one in (ours, theirs))
        held.append(
            report(label, mine, "/s", "resource_booking", peers, mine / peers, 10, True)
        )
    return held


def book_all(env, bookables, wishes):
    bookables._book_all(wishes)
    env.flush_all()


def peer(env, partner, start):
    """A function that makes some of OCA's bookings, each on a resource that is free."""
    calendar = env["resource.calendar"].create(
        {
            "name": "Bench",
            "tz": "UTC",
            "attendance_ids": [
                (
                    0,
                    0,
                    {
                        "name": "x",
                        "dayofweek": str(day),
                        "hour_from": 0,
                        "hour_to": 24,
                        "day_period": "morning",
                    },
                )
                for day in range(7)
            ],
        }
    )
    resources = env["resource.resource"].create(
        [
            {
                "name": f"R{n}",
                "resource_type": "material",
                "calendar_id": calendar.id,
                "tz": "UTC",
            }
            for n in range(40)
        ]
    )
    combinations = env["resource.booking.combination"].create(
        [{"resource_ids": [(6, 0, one.ids)]} for one in resources]
    )
    kind = env["resource.booking.type"].create(
        {
            "name": "Bench",
            "resource_calendar_id": calendar.id,
            "combination_rel_ids": [
                (0, 0, {"combination_id": one.id}) for one in combinations
            ],
        }
    )
    places = (
        (combination, start + timedelta(days=day, hours=hour))
        for day in range(30)
        for hour in range(10)
        for combination in combinations
    )

    def make(count, single=False):
        values = [
            {
                "partner_ids": [(4, partner.id)],
                "type_id": kind.id,
                "combination_id": combination.id,
                "combination_auto_assign": False,
                "start": when,
                "duration": 1,
            }
            for combination, when in (next(places) for _ in range(count))
        ]
        for vals in [[one] for one in values] if single else [values]:
            env["resource.booking"].create(vals)
            env.flush_all()

    return make


# -- what is free -----------------------------------------------------------------


def free(env, bookables):
    """A day over all venues, beside the bare SQL that says as much without opening
    hours, notice and horizon: the ranges of that day that are left of each resource.
    For comparison, the reading of the holds alone."""
    from odoo.tools import SQL

    from odoo.addons.tierslieux_booking.domain.search import Need

    search = env["tierslieux.bookable"]._search_free
    ours, bare, reading, queries, answers = [], [], [], set(), 0
    search(Need(), *day(0))
    for number in range(1, 61):
        start, stop = day(number % DAYS)
        # another day's opening hours are read once, then known
        search(Need(), start, stop)
        before = env.cr.sql_log_count
        ours.append(seconds(lambda a=start, b=stop: search(Need(), a, b)))
        queries.add(env.cr.sql_log_count - before)
        answers = len(search(Need(), start, stop))

        def read(start=start, stop=stop):
            env.cr.execute(
                SQL(
                    "SELECT bookable_id, seat, start, stop FROM tierslieux_booking_hold"
                    " WHERE tsrange(start, stop) && tsrange(%s, %s)",
                    start,
                    stop,
                )
            )
            env.cr.fetchall()

        def left(start=start, stop=stop):
            env.cr.execute(
                SQL(
                    """
                    SELECT bookable.id,
                           tsmultirange(tsrange(%(start)s, %(stop)s))
                           - coalesce(range_agg(tsrange(hold.start, hold.stop)), '{}')
                      FROM tierslieux_bookable bookable
                 LEFT JOIN tierslieux_booking_hold hold
                        ON hold.bookable_id = bookable.id
                       AND tsrange(hold.start, hold.stop)
                           && tsrange(%(start)s, %(stop)s)
                  GROUP BY bookable.id
                    """,
                    start=start,
                    stop=stop,
                )
            )
            env.cr.fetchall()

        bare.append(seconds(left))
        reading.append(seconds(read))
    mine, floor, rows = (statistics.median(one) * 1000 for one in (ours, bare, reading))
    print(
        f"free: {answers} resources answered, queries {sorted(queries)}; reading the "
        f"holds of the day alone {rows:.2f} ms",
        flush=True,
    )
    return [
        report(
            "what is free on a day, all venues",
            mine,
            "ms",
            "bare SQL range query",
            floor,
            mine / floor,
            2,
            False,
        ),
        queries == {1},
    ]


def midnight():
    return datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)


def day(number):
    start = midnight() + timedelta(days=number + 2)
    return start, start + timedelta(days=1)


# -- fighting over HTTP -----------------------------------------------------------


def make_clients(env, count):
    """Members, each with a key of their own."""
    group = [
        (4, env.ref("base.group_portal").id),
        (4, env.ref("tierslieux_network.group_member").id),
    ]
    users = (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {
                    "name": f"Client {n}",
                    "login": f"bench-client-{n}",
                    "group_ids": group,
                }
                for n in range(count)
            ]
        )
    )
    env.ref("base.group_portal").api_key_duration = 1.0
    ends = datetime.now() + timedelta(hours=12)
    return [
        env(user=user)["res.users.apikeys"]._generate("rpc", "bench", ends)
        for user in users
    ]


def fight(database, bookable_id, keys, length):
    """Each client asks for one of 50 hours of one resource, again and again; one that
    has nothing left to win goes on to be refused."""
    from _vote_casting import Server, environment

    start = midnight() + timedelta(days=DAYS + 40, hours=8)
    slots = [
        start + timedelta(days=number // 10, hours=number % 10)
        for number in range(SLOTS)
    ]
    won, told, times, odd = [], [], [], collections.Counter()
    until = time.monotonic() + length
    with Server(os.environ["TIERSLIEUX_CONF"], database) as server:
        until = time.monotonic() + length
        threads = [
            threading.Thread(
                target=client,
                args=(server, key, bookable_id, slots, until, won, told, times, odd),
            )
            for key in keys
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with environment(database) as env:
        overlaps, held = self_join(env, bookable_id, slots)
    asked = len(won) + len(told) + sum(odd.values())
    print(
        f"{len(keys)} clients for {SLOTS} slots, {length} s: {asked} requests, "
        f"{len(won)} won, {len(told)} told why not, others {dict(odd)}; "
        f"{held} bookings kept, {overlaps} overlaps; "
        f"median {statistics.median(times) * 1000:.0f} ms, 95th percentile "
        f"{statistics.quantiles(times, n=20)[-1] * 1000:.0f} ms",
        flush=True,
    )
    return [overlaps == 0, held == len(won) == SLOTS, not odd, len(told) > 0]


def client(server, key, bookable_id, slots, until, won, told, times, odd):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    while time.monotonic() < until:
        slot = random.choice(slots)
        body = json.dumps(
            {
                "ids": [bookable_id],
                "start": f"{slot:%Y-%m-%d %H:%M:%S}",
                "stop": f"{slot + timedelta(hours=1):%Y-%m-%d %H:%M:%S}",
                "context": {"lang": "fr_FR"},
            }
        )
        began = time.perf_counter()
        connection.request(
            "POST",
            "/json/2/tierslieux.bookable/book",
            body,
            {"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
        )
        answer = connection.getresponse()
        text = answer.read().decode()
        times.append(time.perf_counter() - began)
        if answer.status == 200:
            won.append(slot)
        elif answer.status == 422 and "libres les plus proches" in text:
            told.append(slot)
        else:
            odd[answer.status, text[:120]] += 1
    connection.close()


def self_join(env, bookable_id, slots):
    from odoo.tools import SQL

    [[overlaps]] = env.execute_query(
        SQL(
            """
            SELECT count(*)
              FROM tierslieux_booking one
              JOIN tierslieux_booking other
                ON one.bookable_id = other.bookable_id AND one.id < other.id
               AND one.start < other.stop AND other.start < one.stop
              JOIN tierslieux_bookable bookable ON bookable.id = one.bookable_id
             WHERE bookable.seats = 1
               AND 'cancelled' NOT IN (one.state, other.state)
            """
        )
    )
    held = env["tierslieux.booking"].search_count(
        [("bookable_id", "=", bookable_id), ("start", "in", slots)]
    )
    return overlaps, held


if __name__ == "__main__":
    sys.exit(main())
