"""A month of visits rated and settled in the database, beside the bare SQL aggregate.

The floor is one query that sums the same visits by person, venue and local day: no
overlaps, no midnights, no hours included, no prices, nothing written. Sizes follow one
another in one database; each is measured in transactions that are rolled back.
"""

import math
import os
import resource
import statistics
import time
from datetime import date

from _vote_casting import environment

from odoo.tools import SQL, config

VENUES, VISITS_A_PERSON = 200, 50
#: Where somebody goes: mostly to one, now and then to the others.
VENUES_A_PERSON = 5
SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 3
RATIO, EXPONENT = 2, 1.1
#: Long before anything else of the network.
MONTH, NEXT = date(2019, 10, 1), date(2019, 11, 1)


def main(arguments):
    """Whether the promises hold; prints a line a size and what it means."""
    config.parse_config(["-c", os.environ["TIERSLIEUX_CONF"]], setup_logging=False)
    found = {}
    with environment(os.environ["TIERSLIEUX_DB"]) as env:
        close = make_network(env)
        filled = 0
        for size in SIZES:
            fill(env, close, filled, size)
            if not filled:
                # The first run fills the caches of the registry
                settle(env, close)
            filled = size
            found[size] = measure(env, close, size)
    first, last = SIZES[0], SIZES[-1]
    costs = {size: parts["read"] + parts["settle"] for size, parts in found.items()}
    exponent = math.log(costs[last] / costs[first], last / first)
    parts = {part: found[last][part] / found[last]["floor"] for part in found[last]}
    ratio = parts["read"] + parts["settle"]
    print(
        f"cost grows with the power {exponent:.2f} of the visits, {first} to {last}"
        f" (at most {EXPONENT} wanted{_missed(exponent > EXPONENT)}); rating and"
        f" settlement take {parts['read']:.1f} and {parts['settle']:.1f} ×,"
        f" {ratio:.1f} × in all, the floor of {last} (at most {RATIO} wanted"
        f"{_missed(ratio > RATIO)}); to write the lines too, {parts['rate']:.1f} ×"
    )
    return int(ratio > RATIO or exponent > EXPONENT)


def _missed(missed):
    return ", MISSED" if missed else ""


def measure(env, close, size):
    """Median seconds of each part."""
    parts = {"floor": floor, "read": read, "rate": rate, "settle": settle}
    runs = {part: [] for part in parts}
    for _ in range(ROUNDS):
        for part, run in parts.items():
            runs[part].append(run(env, close))
    seconds = {part: statistics.median(times) for part, times in runs.items()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{size} visits, {size // VISITS_A_PERSON} persons, {VENUES} venues: bare"
        f" aggregate {seconds['floor']:.2f} s; visits read and rated"
        f" {seconds['read']:.2f} s, with subscriptions and all lines written"
        f" {seconds['rate']:.2f} s; settlement {seconds['settle']:.2f} s;"
        f" {peak:.0f} MB at the peak; median of {ROUNDS}",
        flush=True,
    )
    return seconds


def floor(env, close):
    start = time.perf_counter()
    env.cr.execute(
        SQL(
            """
            SELECT venue_id, sum(minutes), sum(least(minutes, 480))
              FROM (SELECT pass_id, venue_id,
                           (check_in AT TIME ZONE 'UTC' AT TIME ZONE %s)::date AS day,
                           sum(minutes) AS minutes
                      FROM tierslieux_visit
                     WHERE check_in >= %s AND check_in < %s
                     GROUP BY pass_id, venue_id, day) day
             GROUP BY venue_id
            """,
            "Europe/Paris",
            MONTH,
            NEXT,
        )
    )
    env.cr.fetchall()
    return time.perf_counter() - start


def prepare(env, close):
    env.invalidate_all()
    close.rule_id = close._rule()
    close.watermark = close._query_last_visit()
    env.flush_all()


def read(env, close):
    """Visits to lines that are let go."""
    prepare(env, close)
    holders = close._holders()
    start = time.perf_counter()
    for _line in close._hours_lines(holders):
        pass
    seconds = time.perf_counter() - start
    env.cr.rollback()
    return seconds


def rate(env, close):
    env.invalidate_all()
    start = time.perf_counter()
    close._rate()
    env.flush_all()
    seconds = time.perf_counter() - start
    env.cr.rollback()
    return seconds


def settle(env, close):
    close._rate()
    env.flush_all()
    env.invalidate_all()
    env.cr.execute("ANALYZE tierslieux_rated_line")
    start = time.perf_counter()
    close._settle()
    env.flush_all()
    seconds = time.perf_counter() - start
    env.cr.rollback()
    env.invalidate_all()
    return seconds


# -- the month --------------------------------------------------------------------


def make_network(env):
    company = env.company
    for number, name in enumerate(company.PASS_ACCOUNTS):
        company[name] = company[name] or env["account.account"].create(
            {
                "code": f"98{number}100",
                "name": name,
                "account_type": "liability_non_current",
            }
        )
    category = env["tierslieux.venue.category"].search([], limit=1)
    env["tierslieux.venue"].create(
        [
            {"name": f"Bench {number}", "state": "open", "category_id": category.id}
            for number in range(VENUES)
        ]
    )
    product = env["product.product"].create(
        {"name": "Bench", "type": "service", "taxes_id": False}
    )
    env["tierslieux.settlement.rule"].create(
        {
            "name": "Bench",
            "date_from": "2019-01-01",
            "adopted_on": "2019-01-01",
            "hourly_rate": 4,
            "included_minutes": 1200,
            "reserve_rate": 0.02,
            "minimum_guarantee": 5,
        }
    )
    env["tierslieux.pass.plan"].create(
        {
            "name": "Bench",
            "product_id": product.id,
            "rate_ids": [
                (
                    0,
                    0,
                    {
                        "date_from": "2019-01-01",
                        "adopted_on": "2019-01-01",
                        "monthly_fee": 60,
                        "hourly_rate": 4,
                        "included_minutes": 1200,
                    },
                )
            ],
        }
    )
    close = env["tierslieux.pass.close"].create({"month": MONTH})
    env.cr.commit()
    return close


def fill(env, close, before, size):
    """Persons and their visits up to a size, straight into the tables."""
    plan = env["tierslieux.pass.plan"].search([("name", "=", "Bench")])
    venues = env["tierslieux.venue"].search([("name", "=like", "Bench %")])
    env.cr.execute("SELECT setseed(0.5)")
    env.cr.execute(
        SQL(
            """
            WITH partner AS (
                INSERT INTO res_partner (name, complete_name, active, lang, type,
                                         autopost_bills)
                SELECT 'Bench ' || n, 'Bench ' || n, TRUE, 'fr_FR', 'contact', 'ask'
                  FROM generate_series(%(first)s, %(last)s) n
             RETURNING id
            ),
            pass AS (
                INSERT INTO tierslieux_pass (partner_id, company_id, number, plan_id,
                                             payment_mode, tap_revision, state)
                SELECT id, %(company)s, 'B' || id, %(plan)s, 'transfer', 0, 'active'
                  FROM partner
             RETURNING id, partner_id
            ),
            subscribed AS (
                INSERT INTO tierslieux_pass_event (pass_id, kind, date, plan_id,
                                                   user_id)
                SELECT id, 'subscribed', %(month)s, %(plan)s, %(user)s FROM pass
            )
            INSERT INTO tierslieux_visit (pass_id, partner_id, venue_id, minutes,
                                          user_id, check_in, check_out)
            SELECT id, partner_id,
                   (%(venues)s::int[])[1 + (id + least(
                        floor(random() * 2 * %(reach)s), %(reach)s - 1
                   )::int) %% %(n_venues)s],
                   minutes, %(user)s, start, start + minutes * interval '1 minute'
              FROM (SELECT pass.id, partner_id,
                           date_trunc('second', %(month)s + interval '1 hour'
                                                + random() * interval '30 days')
                               AS start,
                           (20 + random() * 460)::int AS minutes
                      FROM pass, generate_series(1, %(visits)s)) visit
            """,
            first=before // VISITS_A_PERSON + 1,
            last=size // VISITS_A_PERSON,
            company=close.company_id.id,
            plan=plan.id,
            month=MONTH,
            user=env.uid,
            venues=venues.ids,
            reach=VENUES_A_PERSON,
            n_venues=len(venues),
            visits=VISITS_A_PERSON,
        )
    )
    env.cr.execute("ANALYZE tierslieux_visit, tierslieux_pass, tierslieux_pass_event")
    env.cr.execute("ANALYZE res_partner")
    env.invalidate_all()
    env.cr.commit()
