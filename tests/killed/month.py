"""A month of the pass, closed by processes that are killed: ``python month.py``.

It makes a small network and a month of visits, closes it once undisturbed in a
transaction that is rolled back, and then by one process after another, each killed
while it writes. What both came to is printed as JSON that names no record by its
number.
"""

import contextlib
import json
import os
import random
import signal
import sys
import time
from datetime import date, datetime, timedelta
from unittest.mock import patch
from xml.etree import ElementTree

import odoo.api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.sql_db import close_all
from odoo.tools import config

MONTH = date(2026, 9, 1)
HOLDERS, VENUES, HELD, VISITS = 8, 4, 3, 60
#: Invoices and statements of a batch, each of which is a commit.
BATCH, STATEMENTS = 3, 2
DONE, TOLD = 0, 3
PATIENCE = 60


@contextlib.contextmanager
def environment(database):
    with Registry(database).cursor() as cursor:
        yield odoo.api.Environment(
            cursor, odoo.api.SUPERUSER_ID, {"tracking_disable": True}
        )


# -- the network ------------------------------------------------------------------


def prepare(database):
    with environment(database) as env:
        company = env.company
        company.currency_id = env.ref("base.EUR")
        company.currency_id.active = True
        company.write(
            {
                "sepa_creditor_identifier": "FR78ZZZ424242",
                "initiating_party_issuer": "FR",
                "initiating_party_identifier": "FR78ZZZ424242",
                **accounts(env),
            }
        )
        bank_methods(env)
        plans = make_plans(env)
        venues = make_venues(env)
        passes = [
            make_pass(env, number, plans[number % 2]) for number in range(HOLDERS)
        ]
        visit(env, passes, venues)
        env["tierslieux.pass.close"].create({"month": MONTH})
        env.cr.commit()


def accounts(env):
    kinds = {
        "purchase": "expense",
        "allocation": "expense",
        "held": "liability_payable",
        "reserve": "liability_non_current",
        "fund": "liability_non_current",
    }
    return {
        f"pass_{name}_account_id": env["account.account"]
        .create(
            {
                "code": f"98{number}000",
                "name": name,
                "account_type": kind,
                "reconcile": kind == "liability_payable",
            }
        )
        .id
        for number, (name, kind) in enumerate(kinds.items())
    }


def bank_account(env, partner, number):
    body = f"{30000 + number:05}00001{number:011}00"
    key = 98 - int(f"{body}152700") % 97
    return env["res.partner.bank"].create(
        {
            "acc_number": f"FR{key:02}{body}",
            "partner_id": partner.id,
            "allow_out_payment": True,
        }
    )


def bank_methods(env):
    journal = env["account.journal"].search([("type", "=", "bank")], limit=1)
    journal.bank_account_id = bank_account(env, env.company.partner_id, 99)
    for code in ("sepa_direct_debit", "sepa_credit_transfer"):
        env["account.payment.method.line"].create(
            {
                "name": code,
                "payment_method_id": env["account.payment.method"]
                .search([("code", "=", code)], limit=1)
                .id,
                "journal_id": journal.id,
                "bank_account_link": "fixed",
                "company_id": env.company.id,
                "selectable": True,
            }
        )


def tax(env, kind):
    return env["account.tax"].create(
        {
            "name": f"20 % {kind}",
            "type_tax_use": kind,
            "amount": 20,
            "price_include_override": "tax_excluded",
            "sequence": 0,
        }
    )


def make_plans(env):
    tax(env, "purchase")
    product = env["product.product"].create(
        {"name": "Pass", "type": "service", "taxes_id": [(6, 0, tax(env, "sale").ids)]}
    )
    env["tierslieux.settlement.rule"].create(
        {
            "name": "Partage",
            "date_from": "2026-01-01",
            "adopted_on": "2026-01-01",
            "hourly_rate": 4,
            "included_minutes": 600,
            "reserve_rate": 0.02,
            "minimum_guarantee": 5,
        }
    )
    return env["tierslieux.pass.plan"].create(
        [
            {
                "name": name,
                "product_id": product.id,
                "rate_ids": [
                    (
                        0,
                        0,
                        {
                            "date_from": "2026-01-01",
                            "adopted_on": "2026-01-01",
                            "hourly_rate": 4.1,
                            **rate,
                        },
                    )
                ],
            }
            for name, rate in (
                ("Nomade", {"monthly_fee": 59.9, "included_minutes": 600}),
                ("Illimité", {"monthly_fee": 150, "unlimited": True}),
            )
        ]
    )


def make_venues(env):
    category = env["tierslieux.venue.category"].search([], limit=1)
    venues = env["tierslieux.venue"].create(
        [
            {"name": f"Lieu {number}", "state": "open", "category_id": category.id}
            for number in range(VENUES)
        ]
    )
    for number, venue in enumerate(venues):
        liable = number % 2
        env["tierslieux.venue.vat"].create(
            {
                "venue_id": venue.id,
                "date_from": "2026-01-01",
                "regime": "liable" if liable else "franchise_293b",
                "rate": 20 if liable else 0,
                "mention": not liable and "TVA non applicable, art. 293 B",
            }
        )
        env["tierslieux.venue.agreement"].create(
            {
                "venue_id": venue.id,
                "date_from": "2026-01-01",
                "self_billing_date": number != HELD and "2026-01-01",
                "netting": True,
                "bank_account_id": bank_account(env, venue.partner_id, number).id,
            }
        )
    return venues


def make_pass(env, number, plan):
    partner = env["res.partner"].create(
        {
            "name": f"Personne {number}",
            "street": "2 rue du Port",
            "zip": "69002",
            "city": "Lyon",
            "country_id": env.ref("base.fr").id,
        }
    )
    mandate = env["account.banking.mandate"].create(
        {
            "partner_id": partner.id,
            "partner_bank_id": bank_account(env, partner, 20 + number).id,
            "signature_date": "2026-08-15",
            "format": "sepa_core",
            "type": "recurrent",
        }
    )
    mandate.validate()
    return env["tierslieux.pass"].create(
        {
            "partner_id": partner.id,
            "payment_mode": "debit" if number % 4 else "transfer",
            "mandate_id": mandate.id,
            "event_ids": [
                (0, 0, {"kind": "subscribed", "date": MONTH, "plan_id": plan.id})
            ],
        }
    )


def visit(env, passes, venues):
    draw = random.Random(9)
    for number in range(VISITS):
        one, venue = draw.choice(passes), draw.choice(venues)
        minutes = draw.randrange(20, 600)
        check_in = datetime(2026, 9, 1 + number % 29, 7, draw.randrange(60))
        env["tierslieux.visit"].create(
            {
                "pass_id": one.id,
                "partner_id": one.partner_id.id,
                "venue_id": venue.id,
                "check_in": check_in,
                "check_out": check_in + timedelta(minutes=minutes),
                "minutes": minutes,
            }
        )


# -- closing ----------------------------------------------------------------------


def small_batches():
    from odoo.addons.tierslieux_pass.models import (
        tierslieux_pass_close_invoice,
        tierslieux_pass_close_self_bill,
    )

    tierslieux_pass_close_invoice.BATCH = BATCH
    tierslieux_pass_close_self_bill.BATCH = STATEMENTS


def undisturbed(database):
    """What the close comes to when nothing happens to it; nothing of it stays."""
    with environment(database) as env:
        closes = env["tierslieux.pass.close"]
        with patch.object(type(closes), "_save", lambda close: close.env.flush_all()):
            closes.search([("month", "=", MONTH)])._run()
        result = came_to(env)
        env.cr.rollback()
    return result


def close(database):
    """Run the close to its end; the exit code, and why it was refused."""
    with environment(database) as env:
        try:
            env["tierslieux.pass.close"].search([("month", "=", MONTH)])._run()
        except UserError as error:
            print(error, file=sys.stderr, flush=True)
            return TOLD
    return DONE


def start(database):
    """Close in a process of its own, with connections of its own; its id."""
    close_all()
    child = os.fork()
    if not child:
        code = 1
        try:
            code = close(database)
        finally:
            os._exit(code)
    return child


def ended(child):
    """The exit code, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def is_over(child):
    flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
    return os.waitid(os.P_PID, child, flags) is not None


def none(counts):
    return not any(counts)


class Watch:
    """What others see of the run: each look is a transaction of its own."""

    #: Grows with each commit of the run that wrote something to go on from.
    STEPS = """
        SELECT state,
               (SELECT count(*) FROM tierslieux_rated_line),
               (SELECT count(*) FROM account_move WHERE pass_close_id IS NOT NULL),
               (SELECT count(*) FROM tierslieux_venue_statement)
          FROM tierslieux_pass_close
    """
    #: Processes of the server that have written something they did not commit yet.
    WRITING = """
        SELECT count(*) FROM pg_stat_activity
         WHERE datname = current_database() AND pid != pg_backend_pid()
           AND backend_xid IS NOT NULL
    """
    OTHERS = """
        SELECT count(*) FROM pg_stat_activity
         WHERE datname = current_database() AND pid != pg_backend_pid()
           AND backend_type = 'client backend'
    """
    RUNNING = """
        SELECT count(*) FROM pg_locks
         WHERE locktype = 'advisory' AND database = (
               SELECT oid FROM pg_database WHERE datname = current_database())
    """

    def __init__(self, cursor):
        self.cursor = cursor

    def look(self, query):
        self.cursor.execute(query)
        row = self.cursor.fetchone()
        self.cursor.rollback()
        return row

    def until(self, query, wanted, child=None):
        """Whether the look came to be as wanted before the child ended."""
        last = time.monotonic() + PATIENCE
        while not wanted(self.look(query)):
            if time.monotonic() > last:
                raise TimeoutError("what was waited for did not come")
            if child and is_over(child):
                return False
            time.sleep(0.002)
        return True


def closed_by_many(database):
    """Close by processes that are killed: the first while it rates, each other one in
    the midst of what follows its first commit.

    :return: ``{state of the close: how often it was killed there}``
    """
    kills = {}
    while True:
        child = start(database)
        with Registry(database).cursor() as cursor:
            watch = Watch(cursor)
            before = watch.look(Watch.STEPS)
            if kills:
                watch.until(Watch.STEPS, before.__ne__, child)
            going = watch.until(Watch.WRITING, any, child)
            if going:
                # Rating is over at once: its process is killed as soon as it writes
                if kills:
                    time.sleep(random.random() / 100)
                os.kill(child, signal.SIGKILL)
        code = ended(child)
        if code != -signal.SIGKILL:
            assert code == DONE, code
            return kills
        with Registry(database).cursor() as cursor:
            watch = Watch(cursor)
            watch.until(Watch.OTHERS, none)
            state = watch.look(Watch.STEPS)[0]
            kills[state] = kills.get(state, 0) + 1


def two_at_once(database):
    """Whether a second run was told while the first one went on, and went no further.

    The first is stopped where it is, so that the second comes while it runs."""
    first = start(database)
    with Registry(database).cursor() as cursor:
        watch = Watch(cursor)
        watch.until(Watch.RUNNING, any)
        os.kill(first, signal.SIGSTOP)
        before = watch.look(Watch.STEPS)
    second = ended(start(database))
    with Registry(database).cursor() as cursor:
        unchanged = Watch(cursor).look(Watch.STEPS) == before
    os.kill(first, signal.SIGKILL)
    ended(first)
    with Registry(database).cursor() as cursor:
        watch = Watch(cursor)
        watch.until(Watch.OTHERS, none)
    return second == TOLD and unchanged


# -- what it came to --------------------------------------------------------------

QUERIES = {
    "close": "SELECT state, problems, done, total FROM tierslieux_pass_close",
    "rated lines": """
        SELECT source_key, kind, name, month, pass_id, partner_id, venue_id, minutes,
               included_minutes, billed_minutes, amount_cents, tax_id, rate_id, rule_id
          FROM tierslieux_rated_line ORDER BY source_key
    """,
    "settlements": """
        SELECT terms, rules, fee_cents, reserve_left_cents, common_fund_cents,
               billed_hours_cents, in_cents, out_cents
          FROM tierslieux_settlement ORDER BY terms
    """,
    "shares": """
        SELECT settlement.terms, line.venue_id, line.minutes, line.pool_cents,
               line.hours_cents, line.guarantee_cents, line.total_cents
          FROM tierslieux_settlement_line line
          JOIN tierslieux_settlement settlement ON settlement.id = line.settlement_id
         ORDER BY 1, 2
    """,
    "statements": """
        SELECT venue_id, minutes, pool_cents, hours_cents, guarantee_cents,
               correction_cents, due_cents, held
          FROM tierslieux_venue_statement ORDER BY 1
    """,
    "ledger": """
        SELECT move.name, move.move_type, move.state, move.date, move.ref,
               move.partner_id, move.amount_total, account.name, line.name,
               line.debit, line.credit, line.partner_id, rated.source_key
          FROM account_move_line line
          JOIN account_move move ON move.id = line.move_id
          JOIN account_account account ON account.id = line.account_id
     LEFT JOIN tierslieux_rated_line rated ON rated.id = line.rated_line_id
         ORDER BY move.name, line.sequence, line.debit, line.credit, line.name
    """,
    "orders": """
        SELECT "order".payment_type, "order".state, count(*), sum(line.amount_currency)
          FROM account_payment_order "order"
          JOIN account_payment_line line ON line.order_id = "order".id
         GROUP BY "order".id ORDER BY 1
    """,
}
#: What the bank does with a payment.
PAYMENT = ("InstdAmt", "IBAN", "MndtId", "Ustrd", "ReqdColltnDt", "ReqdExctnDt")


def came_to(env):
    found = {}
    for name, query in QUERIES.items():
        env.cr.execute(query)
        found[name] = [list(row) for row in env.cr.fetchall()]
    found["files"] = [
        payments(order.payment_file_id.raw)
        for order in env["account.payment.order"].search([], order="payment_type")
    ]
    jobs = env["queue.job"].search([("method_name", "=", "_make_documents")])
    ids = [move_id for job in jobs for move_id in job.args[0]]
    found["documents to make"] = sorted(
        move.name for move in map(env["account.move"].browse, ids)
    )
    return found


def payments(content):
    return sorted(
        (element.tag.rpartition("}")[2], element.text)
        for element in ElementTree.fromstring(content).iter()
        if element.tag.rpartition("}")[2] in PAYMENT
    )


def main():
    config.parse_config(["-c", os.environ["TIERSLIEUX_CONF"]], setup_logging=False)
    database = os.environ["TIERSLIEUX_DB"]
    Registry(database)
    small_batches()
    prepare(database)
    told = {"undisturbed": undisturbed(database)}
    told["second run told"] = two_at_once(database)
    told["kills"] = closed_by_many(database)
    told["second close told"] = ended(start(database)) == TOLD
    with environment(database) as env:
        told["killed"] = came_to(env)
    print(json.dumps(told, default=str))


if __name__ == "__main__":
    main()
