# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The public register of licences and the answer to a QR code, beside an empty page of
the same server, at 20 and at 2 000 licences.

    ./tierslieux bench brand

It needs a database it may write to, named by TIERSLIEUX_CONF and TIERSLIEUX_DB.
"""

import argparse
import os
import sys

import requests
from _pages import (
    FLOOR,
    Row,
    environment,
    make_empty_page,
    percentile,
    print_table,
    queries_of,
    say,
    server,
    times_of,
)

from odoo import fields
from odoo.fields import Command
from odoo.tools import config

NEEDS = {"venues": 201, "people": 2000, "modules": []}
SIZES = (20, 2000)
ROUNDS, TARGET = 200, 1.5
#: Of ten licences: how many events follow the grant.
SUSPENDED, RENEWED = 3, 5


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args(argv)
    conf, database = os.environ["TIERSLIEUX_CONF"], os.environ["TIERSLIEUX_DB"]
    config.parse_config(["-c", conf, "-d", database, "--no-http"], setup_logging=False)
    with environment(database) as env:
        make_empty_page(env)
        env.cr.commit()
    rows, counts = [], {}
    with server(conf, database) as (address, log), requests.Session() as session:
        for size in SIZES:
            say(f"making {size} licences")
            with environment(database) as env:
                code = make_licences(env, size)
                env.cr.commit()
                env.cr.execute("ANALYZE")
                env.cr.commit()
            pages = {
                "register": "/marque/registre",
                "register, searched": "/marque/registre?search=lyon&state=valid",
                "QR code": f"/marque/verifier/{code}",
                "unknown code": "/marque/verifier/0123456789ABCDEF00",
            }
            say("measuring pages")
            times = times_of(session, address, (FLOOR, *pages.values()), options.rounds)
            least = percentile(times[FLOOR])
            for name, url in pages.items():
                ours = percentile(times[url])
                rows.append(
                    Row(
                        f"{name}, {size} licences: p95 (ms), beside an empty page",
                        ours * 1000,
                        least * 1000,
                        ours / least,
                        TARGET,
                        True,
                    )
                )
                counts.setdefault(name, []).append(
                    queries_of(log, session, address, url)
                )
    rows += [
        Row(
            f"{name}: queries at {SIZES[1]} licences, beside {SIZES[0]}",
            many,
            few,
            many / few,
            1,
            True,
        )
        for name, (few, many) in counts.items()
    ]
    print_table(rows)
    return 0 if all(row.met for row in rows) else 1


def make_licences(env, size):
    """As many licences as asked for in all; the code of one in force."""
    licences = env["tierslieux.brand.licence"]
    brand = env.ref("tierslieux_brand.brand_territorial")
    rules = brand._rules_in_force() or env.ref("tierslieux_brand.rules_territorial_1")
    today = fields.Date.today()
    if not rules.adopted_on:
        rules.write({"decision": "Banc", "date_from": fields.Date.add(today, years=-3)})
        rules.action_adopt()
    venues = env["tierslieux.venue"].search([]).ids

    def period(kind, years):
        start = fields.Date.add(today, years=-years, days=-9)
        end = fields.Date.add(start, years=3)
        return {"kind": kind, "date": start, "date_to": end, "rules_id": rules.id}

    def history(number):
        events = [period("grant", number % 5)]
        if number % 10 < RENEWED:
            events.append(period("renewal", 0))
        if number % 10 < SUSPENDED:
            events.append({"kind": "suspension", "date": today, "motive": "Banc"})
        return events

    missing = size - licences.search_count([])
    licences.create(
        [
            {
                "brand_id": brand.id,
                "venue_id": venues[number % len(venues)],
                "event_ids": [Command.create(event) for event in history(number)],
            }
            for number in range(missing)
        ]
    )
    env.flush_all()
    return licences.search([("state", "=", "valid")], limit=1).code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
