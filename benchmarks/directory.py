# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The public directory beside an empty page, its search beside its peers'; then the
other promises of the network's ground floor, in one table.

    ./tierslieux bench directory

It needs a database it may write to, named by TIERSLIEUX_CONF and TIERSLIEUX_DB.
"""

import argparse
import importlib
import os
import statistics
import sys
import time
from collections import Counter

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

from odoo.tools import SQL, config

NEEDS = {"venues": 201, "people": 20000, "modules": ["website_membership"]}
VENUES, PEOPLE, FEW = 201, 20_000, 20
ROUNDS = 200
PAGE_TARGET, SEARCH_TARGET = 1.5, 5
# Many people, many venues, nobody but for the typos.
SEARCHES = ("menuiserie", "atelier lyon", "etabli du rone")
FIRST = (
    "Amel Bastien Camille Dounia Élise Farid Gaëlle Hugo Inès Jules Karima Zoé".split()
)
WORK = (
    "Menuiserie Graphisme Comptabilité Céramique Couture Urbanisme Traduction Cuisine "
    "Photographie Maraîchage Formation Journalisme"
).split()
LAST = (
    "Martin Bernard Durand Petit Moreau Garnier Fournier Perrin Masson Brunet".split()
)


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only-pages", action="store_true")
    options = parser.parse_args(argv)
    conf, database = os.environ["TIERSLIEUX_CONF"], os.environ["TIERSLIEUX_DB"]
    config.parse_config(["-c", conf, "-d", database, "--no-http"], setup_logging=False)
    with environment(database) as env:
        prepare(env)
    say("measuring pages")
    rows = measure_pages(conf, database, options.rounds)
    say("measuring search")
    with environment(database) as env:
        rows += measure_search(env)
    if not options.only_pages:
        # a transaction of its own: the members made for the peer stay out of it
        with environment(database) as env:
            rows += measure_others(env)
    print_table(rows)
    return 0 if all(row.met for row in rows) else 1


# -- the network --------------------------------------------------------------


def prepare(env):
    """201 published venues and 20 000 people, made here when they are not there."""
    env = env(context=dict(env.context, tracking_disable=True, mail_create_nolog=True))
    venue, profile = env["tierslieux.venue"], env["tierslieux.profile"]
    missing = VENUES - venue.search_count([("is_published", "=", True)])
    if missing > 0:
        say(f"making {missing} venues")
        categories = env["tierslieux.venue.category"].search([]).ids
        services = env["tierslieux.service"].search([]).ids
        venue.create(
            [
                {
                    "name": f"{('L’Établi du Rhône', 'La Fabrique')[n % 2]} {n}",
                    "category_id": categories[n % len(categories)],
                    "service_ids": [(6, 0, services[n % 9 : n % 9 + 5])],
                    "state": "open",
                    "is_published": True,
                    "city": "Lyon",
                    "zip": "69001",
                    "summary": "Un lieu pour travailler, fabriquer et se rencontrer.",
                    "opening_hours": "Mo-Fr 09:00-18:00",
                    "partner_latitude": 45.7 + n / 2000,
                    "partner_longitude": 4.8 + n / 2000,
                }
                for n in range(missing)
            ]
        )
    missing = PEOPLE - profile.search_count([])
    skills = env["tierslieux.skill"].search([("parent_id", "!=", False)]).ids
    for start in range(0, missing, 1000):
        say(f"making people: {start} of {missing}")
        profile.create(
            [
                {
                    "name": f"{FIRST[n % 12]} {LAST[n // 12 % 10]} {n}",
                    "email": f"personne{n}@example.org",
                    "headline": WORK[n // 7 % len(WORK)],
                    "skill_ids": [(6, 0, skills[n % 20 : n % 20 + 3])],
                    **dict.fromkeys(
                        ("visibility_name", "visibility_headline", "visibility_skills"),
                        ("public", "network", "nobody")[n % 3 if n % 4 else 0],
                    ),
                }
                for n in range(start, min(start + 1000, missing))
            ]
        )
        env.flush_all()
        env.invalidate_all()
    make_empty_page(env)
    env.cr.commit()
    env.cr.execute("ANALYZE")
    env.cr.commit()


# -- pages --------------------------------------------------------------------


def measure_pages(conf, database, rounds):
    """The 95th percentile of each page beside that of an empty page of the same
    server, rendered for each request as they are; requests take turns."""
    urls = ["/lieux", *(f"/lieux?search={text}" for text in SEARCHES)]
    with server(conf, database) as (address, log):
        with requests.Session() as session:
            times = times_of(session, address, (FLOOR, *urls), rounds)
            queries = {url: queries_of(log, session, address, url) for url in urls}
            with environment(database) as env:
                shown = _show_few_venues(env)
            fewer = {url: queries_of(log, session, address, url) for url in urls}
            with environment(database) as env:
                _show_again(env, shown)
    least = percentile(times[FLOOR])
    rows = [
        Row(
            f"{url}: p95 (ms), beside an empty page",
            percentile(times[url]) * 1000,
            least * 1000,
            percentile(times[url]) / least,
            PAGE_TARGET,
            True,
        )
        for url in urls
    ]
    return rows + [
        Row(
            f"{url}: queries at {VENUES} venues, beside {FEW}",
            queries[url],
            fewer[url],
            queries[url] / fewer[url],
            1,
            True,
        )
        for url in urls
    ]


def _show_few_venues(env):
    venues = env["tierslieux.venue"].search([("is_published", "=", True)])
    hidden = venues[FEW:]
    hidden.is_published = False
    env.cr.commit()
    return hidden.ids


def _show_again(env, ids):
    env["tierslieux.venue"].browse(ids).is_published = True
    env.cr.commit()


# -- search -------------------------------------------------------------------


def measure_search(env):
    """The search of people by name, beside ``name_search`` and beside the search of
    OCA website_membership, over the same people."""
    criteria = importlib.import_module(
        "odoo.addons.tierslieux_network.models.tierslieux_directory"
    ).Criteria
    directory = env["tierslieux.directory"]
    partner = env["res.partner"]

    def ours(name):
        people, _total = directory._search_people(criteria(name), "public", 20)
        assert people, name

    def core(name):
        assert partner.name_search(name, limit=20), name

    tasks = {"name_search": core}
    if "website_description" in partner._fields:
        _make_membership_lines(env)
        tasks["OCA website_membership"] = lambda name: _membership_search(env, name)
    else:
        say("website_membership is not installed: its search is not measured")
    times = {task: [] for task in ("ours", *tasks)}
    names = _names(env)
    for _turn in range(15):
        for name in names:
            for task, run in (("ours", ours), *tasks.items()):
                env.invalidate_all()
                began = time.perf_counter()
                run(name)
                times[task].append(time.perf_counter() - began)
    mine = statistics.median(times["ours"])
    return [
        Row(
            f"search of people (ms), beside {task}",
            mine * 1000,
            statistics.median(times[task]) * 1000,
            statistics.median(times[task]) / mine,
            SEARCH_TARGET,
            False,
        )
        for task in tasks
    ]


def _names(env):
    """Three names that people who show themselves bear: a frequent, a middling and a
    rare one."""
    people = env["tierslieux.profile"].search([("public_text", "!=", "")], limit=3000)
    words = Counter(
        word for person in people for word in person.name.split() if len(word) > 3
    ).most_common()
    return [words[0][0], words[len(words) // 2][0], words[-1][0]]


def _make_membership_lines(env):
    """The same people as members that website_membership shows."""
    product = env["product.product"].search([("membership", "=", True)], limit=1)
    product = product or env["product.product"].create(
        {"name": "Bench", "membership": True, "type": "service"}
    )
    env.flush_all()
    env.cr.execute(
        SQL(
            """
            INSERT INTO membership_membership_line
                   (partner_id, membership_id, date_from, date_to, date, state,
                    member_price)
            SELECT pr.partner_id, %s, current_date - 30, current_date + 300,
                   current_date - 30, 'paid', 10
              FROM tierslieux_profile pr
              JOIN res_partner p ON p.id = pr.partner_id
             WHERE pr.public_text != ''
            """,
            product.id,
        )
    )
    env.cr.execute(
        SQL(
            "UPDATE res_partner SET is_published = true WHERE id IN "
            "(SELECT partner_id FROM tierslieux_profile WHERE public_text != '')"
        )
    )
    env.cr.execute("ANALYZE")
    env.invalidate_all()


def _membership_search(env, name):
    """What its page asks of the database for a name: the lines, the countries to
    choose from, the number and the first page."""
    line = env["membership.membership_line"]
    products = env["product.product"].search([("membership", "=", True)])
    domain = [
        ("partner_id.website_published", "=", True),
        ("state", "=", "paid"),
        ("date_to", ">=", "today"),
        ("date_from", "<=", "today"),
        "|",
        ("partner_id.name", "ilike", name),
        ("partner_id.website_description", "ilike", name),
        ("membership_id", "in", products.ids),
    ]
    lines = line.search(domain)
    env["res.partner"]._read_group(
        [
            "|",
            ("member_line_ids", "in", lines.ids),
            ("membership_state", "=", "free"),
            "|",
            ("name", "ilike", name),
            ("website_description", "ilike", name),
            ("website_published", "=", True),
        ],
        groupby=["country_id"],
        aggregates=["__count"],
    )
    assert line.search_count(domain), name
    line.search(domain, limit=20).partner_id.mapped("name")


# -- the rest of the ground floor ---------------------------------------------


def measure_others(env):
    """What ``membership.py`` and ``census.py`` measure, when they are there."""
    rows = []
    for name in ("membership", "census"):
        try:
            module = importlib.import_module(name)
        except ModuleNotFoundError:
            say(f"{name}.py is not there: not measured")
            continue
        say(f"measuring {name}")
        for number, measured in enumerate(module.measure(env)):
            label, ours, *_peer_name, peer, ratio, target = measured
            rows.append(
                Row(
                    label,
                    ours,
                    peer,
                    ratio,
                    target,
                    name == "membership" and not number,
                )
            )
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
