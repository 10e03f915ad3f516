# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Shares: subscribers at once over HTTP, a large register, allotments.

`./tierslieux bench fonciere [http|register|allotment]…`, all three by default.
Subscribers and payments go through a running server, each an HTTP request of its own:
subscribers through the steps of the public page, payments as lines of the bank. The
register and the allotments are measured in one transaction that is rolled back.
"""

import json
import os
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from _vote_casting import Server, cookie_of, environment, query_repeat
from funding import alternately, verdict

from odoo.fields import Command, Date, Datetime
from odoo.tools import SQL, config

# makes its own registers: a small network does
NEEDS = {"venues": 20, "people": 150, "modules": []}

SUBSCRIBERS, LAST = 16, 10
TRIES, PATIENCE = 10, 300
MOVEMENTS, HOLDERS = 1_000_000, 50_000
ALLOTMENTS, BATCH = 10_000, 500
#: At most so many times the bare query; at least so often as bare entries.
FLOOR, RATE = 2, 1
LINES = (
    ("called_claim", 1),
    ("called_capital", -1),
    ("awaiting", 1),
    ("called_claim", -1),
    ("called_capital", 1),
    ("paid_capital", -1),
)


def main(arguments):
    config.parse_config(["-c", os.environ["TIERSLIEUX_CONF"]], setup_logging=False)
    database = os.environ["TIERSLIEUX_DB"]
    missed = False
    parts = {"register": register, "allotment": allotment}
    for name in arguments or ["http", *parts]:
        if name == "http":
            missed |= at_once(database)
            continue
        with environment(database) as env:
            missed |= parts[name](env)
            env.cr.rollback()
    return int(missed)


def make_issue(env, shares, **values):
    """An open issue of so many shares, in a foncière of the bench alone."""
    today = Date.context_today(env.company)
    conditions = env["tierslieux.share.conditions"].search(
        [("company_id", "=", env.company.id), ("version", "=", "bench")]
    ) or env["tierslieux.share.conditions"].create(
        {"version": "bench", "content": "<p>Bench</p>", "adopted_on": today}
    )
    issue = env["tierslieux.share.issue"].create(
        {
            "name": "Bench",
            "property_id": env["tierslieux.property"].create({"name": "Bench"}).id,
            "nominal": 100,
            "target_shares": shares,
            "maximum_shares": shares,
            "date_from": today,
            "date_to": today + timedelta(days=1),
            "conditions_id": conditions.id,
            "document_ids": [
                Command.create({"kind": kind, "name": kind, "file": "UERG"})
                for kind in ("statutes", "decision", "information")
            ],
            **values,
        }
    )
    issue.action_open()
    return issue


# -- subscribers at once ----------------------------------------------------------


def at_once(database):
    """Sixteen for the last ten shares, on the public page: they subscribe at once, and
    who got shares pays at once. Then sixteen whose time is over pay at once."""
    with environment(database) as env:
        issue = make_issue(env, LAST)
        second = make_issue(env, LAST, name="Bench late")
        issue.property_id.is_published = True
        page = issue.property_id.website_url
        logins = [f"bench-{rank}" for rank in range(SUBSCRIBERS)]
        users = (
            env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                [
                    {
                        "name": login,
                        "login": login,
                        "password": login,
                        "email": f"{login}@example.org",
                        "group_ids": [Command.set(env.ref("base.group_portal").ids)],
                    }
                    for login in logins
                ]
            )
        )
        late = []
        for user in users:
            one = second._subscribe(user.partner_id, 1, second.conditions_id)
            # over at once: the next one may have the share
            one.reserved_until = Datetime.now() - timedelta(hours=1)
            late.append(one.reference)
        treasurer = key_of(env, env.ref("base.user_admin"))
        bank = env["account.journal"].search(
            [("company_id", "=", env.company.id), ("type", "=", "bank")], limit=1
        )
        today = Date.to_string(Date.context_today(issue))
        ids = issue.id, second.id, bank.id
        env.cr.commit()
    issue_id, second_id, bank_id = ids
    with Server(os.environ["TIERSLIEUX_CONF"], database) as server:

        def pay(reference):
            line = {
                "journal_id": bank_id,
                "date": today,
                "amount": 100,
                "payment_ref": f"VIR {reference}",
            }
            return call(
                server,
                treasurer,
                "account.bank.statement.line/create",
                vals_list=[line],
            )

        with ThreadPoolExecutor(SUBSCRIBERS) as pool:
            visitors = list(
                pool.map(lambda login: Visitor(server, database, page, login), logins)
            )
            answers = list(pool.map(Visitor.reserve, visitors))
            with environment(database) as env:
                issue = env["tierslieux.share.issue"].browse(issue_id)
                references = issue.subscription_ids.mapped("reference")
            paid = list(pool.map(pay, references)) + list(pool.map(pay, late))
    print(
        f"{SUBSCRIBERS} subscribers at once on the public page for the last {LAST}"
        f" shares: {answers.count('reserved')} reserved, {answers.count('told')} told"
        " that none is left",
        flush=True,
    )
    accepted = sum(status == 200 for status, _text in paid)
    rest = SUBSCRIBERS - LAST
    missed = answers.count("reserved") != LAST or answers.count("told") != rest
    with environment(database) as env:
        for number, what, wanted in (
            (issue_id, "paid in time", (LAST, 0)),
            (second_id, f"{SUBSCRIBERS} late payments at once", (LAST, rest)),
        ):
            found = env["tierslieux.share.issue"].browse(number)
            states = found.subscription_ids.mapped("state")
            got = states.count("allotted"), states.count("refunded")
            kept = sum(found.subscription_ids.mapped("received_amount"))
            print(
                f"{what}: {got[0]} allotted, {got[1]} refunded, {kept:.0f} kept",
                flush=True,
            )
            missed |= got != wanted or kept != 100 * LAST
        tampered = env["tierslieux.share.movement"]._first_tampered(found.company_id)
    return missed or bool(tampered) or accepted != SUBSCRIBERS + LAST


class Visitor:
    """Somebody signed in who has gone through the steps of the public page, up to the
    last."""

    def __init__(self, server, database, page, login):
        self.server, self.page = server, page
        params = {"db": database, "login": login, "password": login}
        answer = server.ask(
            "POST",
            "/web/session/authenticate",
            json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            **{"Content-Type": "application/json"},
        )
        self.cookie = cookie_of(answer)
        first = server.ask(
            "GET", f"{page}/souscrire/identite?shares=1", Cookie=self.cookie
        )
        self.form = {
            "csrf_token": hidden(first.text, "csrf_token"),
            "shares": "1",
            "holder": "self",
            "name": login,
            "born_on": "1980-01-01",
            "street": "1 rue du Banc",
            "zip": "69001",
            "city": "Lyon",
        }
        recap = server.post(f"{page}/souscrire/recapitulatif", self.form, self.cookie)
        self.form["accepted"] = hidden(recap.text, "accepted")

    def reserve(self):
        """``reserved``, ``told`` by the page that there are none left, or the status;
        sent again when every race was lost, as whoever sees an error does."""
        path = f"{self.page}/souscrire/reserver"
        for _try in range(TRIES):
            answer = self.server.post(path, self.form, self.cookie, PATIENCE)
            if answer.status < 500:
                break
        if answer.status == 303 and "notice=reserved" in answer.headers["Location"]:
            return "reserved"
        told = answer.status == 200 and b'role="alert"' in answer.text
        return "told" if told else f"status {answer.status}"


def hidden(page, name):
    return re.search(rf'name="{name}"[^>]* value="([^"]+)"', page.decode())[1]


def key_of(env, user):
    # sudo: the key of a bench is made for somebody who may not make one
    return env["res.users.apikeys"].with_user(user).sudo()._generate("rpc", "b", None)


def call(server, key, path, **arguments):
    """A request of a program; one that lost every race is sent again."""
    for _try in range(TRIES):
        answer = server.ask(
            "POST",
            f"/json/2/{path}",
            json.dumps(arguments),
            patience=PATIENCE,
            **{
                "Authorization": f"bearer {key}",
                "Content-Type": "application/json",
            },
        )
        if answer.status < 500:
            break
    return answer.status, answer.text


# -- a large register -------------------------------------------------------------


def register(env):
    """All holdings at a day beside the bare statement; a statement of one holder."""
    start = time.perf_counter()
    company = env.company
    movements = env["tierslieux.share.movement"]
    before = movements.search_count([("company_id", "=", company.id)])
    first = env["res.partner"].create({"name": "Holder"})
    env.flush_all()
    partners = [one for [one] in env.execute_query(query_repeat(first, HOLDERS))]
    env.cr.execute(query_fill(company, min(partners), before))
    env.cr.execute(SQL("ANALYZE tierslieux_share_movement"))
    print(
        f"{MOVEMENTS} movements, {HOLDERS} holders loaded in"
        f" {time.perf_counter() - start:.0f} s",
        flush=True,
    )
    day = Date.to_date("2025-06-30")

    def bare():
        env.cr.execute(query_bare(company, day))
        return env.cr.fetchall()

    times = alternately(
        ours=lambda: movements._holdings(company, day),
        bare=bare,
    )
    if movements._holdings(company, day) != dict(bare()):
        raise AssertionError("holdings differ from the bare statement")
    (ours, most), (floor, _most) = times["ours"], times["bare"]
    print(f"all holdings at a day: {ours:.2f} s (at most {most:.2f}), {floor:.2f} bare")
    missed = verdict("holdings", ours / floor, f"at most {FLOOR}", ours > FLOOR * floor)
    counts = []
    for partner in partners[:2]:
        env.invalidate_all()
        queries = env.cr.sql_log_count
        rows = movements._statement(company, env["res.partner"].browse(partner), day)
        for movement, _shares, _balance in rows:
            movement.digest  # noqa: B018  it is read as it would be printed
        counts.append((len(rows), env.cr.sql_log_count - queries))
    print(f"statement of a holder: {counts} (movements, queries)", flush=True)
    return missed | (len({queries for _rows, queries in counts}) > 1)


def query_fill(company, partner, number):
    """One holder has a hundred times the movements of the others."""
    return SQL(
        """
        INSERT INTO tierslieux_share_movement (
            company_id, number, kind, effective_on, recorded_at, quantity, held,
            receiver_id, giver_id, nominal, price, source_key, previous_digest, digest
        )
        SELECT %(company)s, %(number)s + n,
               CASE WHEN n %% 4 = 0 THEN 'transfer' ELSE 'subscription' END,
               DATE '2016-01-01' + (n / 300)::int, now() AT TIME ZONE 'UTC', 1, 1,
               %(partner)s + CASE WHEN n %% 500 = 1 THEN 0 ELSE n %% %(holders)s END,
               CASE WHEN n %% 4 = 0 THEN %(partner)s + (n + 1) %% %(holders)s END,
               100, 100, 'bench/' || n, repeat('0', 64), repeat('1', 64)
          FROM generate_series(1, %(movements)s) AS n
        """,
        company=company.id,
        number=number,
        partner=partner,
        holders=HOLDERS,
        movements=MOVEMENTS,
    )


def query_bare(company, day):
    """The least that answers: shares received less shares given, by holder."""
    return SQL(
        """
        SELECT holder, sum(shares)
          FROM tierslieux_share_movement,
               LATERAL (VALUES (receiver_id, held), (giver_id, -held))
                   AS side (holder, shares)
         WHERE company_id = %s AND effective_on <= %s AND holder IS NOT NULL
         GROUP BY holder
        HAVING sum(shares) != 0
        """,
        company.id,
        day,
    )


# -- allotments -------------------------------------------------------------------


def allotment(env):
    """Paid subscriptions allotted, register and matching included, beside their bare
    entries."""
    start = time.perf_counter()
    today = Date.context_today(env.company)
    issue = make_issue(env, ALLOTMENTS)
    first = env["res.partner"].create({"name": "Subscriber"})
    env.flush_all()
    partners = [one for [one] in env.execute_query(query_repeat(first, ALLOTMENTS))]
    common = {
        "issue_id": issue.id,
        "quantity": 1,
        "nominal": 100,
        "conditions_id": issue.conditions_id.id,
        "accepted_at": Datetime.now(),
        "state": "paid",
        "received_amount": 100,
        "paid_on": today,
        "admitted_on": today,
    }
    subscriptions = env["tierslieux.share.subscription"].create(
        [
            {
                **common,
                "reference": f"bench-{partner}",
                "partner_id": partner,
                "accepted_by_id": partner,
            }
            for partner in partners
        ]
    )
    for rank in range(0, ALLOTMENTS, BATCH):
        receive(subscriptions[rank : rank + BATCH], today)
    print(
        f"{ALLOTMENTS} payments received in {time.perf_counter() - start:.0f} s",
        flush=True,
    )
    mapping = env["tierslieux.share.account"]._mapping(env.company)
    accounts = {role: found[0][1].id for (role,), found in mapping.items()}
    journal = env["tierslieux.share.posting"]._journal(env.company, "general")
    spent = {"ours": 0.0, "bare": 0.0}
    for start in range(0, ALLOTMENTS, BATCH):
        batch = subscriptions[start : start + BATCH]
        sides = [
            # the next of those that are paid and admitted: the same batch
            ("ours", lambda: issue._allot(today)),
            ("bare", lambda batch=batch: post_bare(batch, journal, accounts, today)),
        ]
        for name, side in sides if start // BATCH % 2 else reversed(sides):
            env.flush_all()
            env.invalidate_all()
            begun = time.perf_counter()
            side()
            env.flush_all()
            spent[name] += time.perf_counter() - begun
    if set(subscriptions.mapped("state")) != {"allotted"}:
        raise AssertionError("not all that was paid is allotted")
    rates = {name: ALLOTMENTS / seconds for name, seconds in spent.items()}
    print(
        f"{ALLOTMENTS} paid subscriptions allotted: {rates['ours']:.0f} a second with"
        f" the register, {rates['bare']:.0f} bare entries",
        flush=True,
    )
    ratio = rates["ours"] / rates["bare"]
    return verdict("allotment", ratio, f"at least {RATE}", ratio < RATE)


def receive(batch, day):
    """The entries of payments that came before: what the allotment is matched with."""
    # addons are found once the configuration is read
    from odoo.addons.tierslieux_fonciere.models.tierslieux_share_posting import Draft

    batch.env["tierslieux.share.posting"]._post_drafts(
        [
            Draft(
                kind="receipt",
                scope=f"bench-{one.id}",
                company=one.company_id,
                date=day,
                pairs=[("receipt", 10000)],
                cents=10000,
                name=one.reference,
                partner=one.partner_id,
                subscription=one,
            )
            for one in batch
        ]
    )


def post_bare(batch, journal, accounts, day):
    moves = batch.env["account.move"].create(
        [
            {
                "move_type": "entry",
                "journal_id": journal.id,
                "date": day,
                "ref": one.reference,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": accounts[role],
                            "partner_id": one.partner_id.id,
                            "name": one.reference,
                            "balance": sign * one.amount,
                        }
                    )
                    for role, sign in LINES
                ],
            }
            for one in batch
        ]
    )
    moves._post(soft=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
