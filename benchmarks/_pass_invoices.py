"""Posted invoices: ours, bare account.move, OCA contract; the same lines, in turn,
batch by batch in one transaction that is rolled back."""

import os
import time
from datetime import date

from _vote_casting import environment

from odoo.fields import Command
from odoo.tools import config

INVOICES = 300
#: The close posts twice as many at a time.
BATCH = 100
DAY = date(2026, 10, 31)


def main(arguments):
    """Whether the promises hold; prints a line a peer."""
    config.parse_config(["-c", os.environ["TIERSLIEUX_CONF"]], setup_logging=False)
    with environment(os.environ["TIERSLIEUX_DB"]) as env:
        lines = measure(env(context={"lang": "fr_FR"}))
        env.cr.rollback()
    missed = False
    for label, ours, peer, theirs, ratio, target in lines:
        missed |= ratio < target
        print(
            f"{label}: {ours:.0f}, {peer} {theirs:.0f}, {ratio:.1f} ×"
            f" (at least {target} wanted{', MISSED' if ratio < target else ''})",
            flush=True,
        )
    return int(missed)


def measure(env, invoices=INVOICES):
    """:return: ``(label, ours, peer's name, peer's, ratio, target)``, rates a second"""
    product = env["product.product"].create({"name": "Bench", "type": "service"})
    tax = env["account.tax"].search(
        [("type_tax_use", "=", "sale"), ("amount", ">", 0)], limit=1
    )
    ways = {"ours": _ours, "bare account.move": _bare, "OCA contract": _contract}
    for way in ways.values():
        way(env, _partners(env, 2), product, tax)()
    # A database filled a moment ago has no statistics, and all ways suffer from it.
    env.cr.execute("ANALYZE account_move, account_move_line")
    spent = dict.fromkeys(ways, 0.0)
    for _ in range(invoices // BATCH):
        for name, way in ways.items():
            partners = _partners(env, BATCH)
            run = way(env, partners, product, tax)
            env.flush_all()
            start = time.perf_counter()
            run()
            env.flush_all()
            spent[name] += time.perf_counter() - start
    rates = {name: invoices // BATCH * BATCH / spent[name] for name in ways}
    targets = {"bare account.move": 3, "OCA contract": 4}
    return [
        (
            f"invoices of two lines, posted, {invoices} (a second)",
            rates["ours"],
            peer,
            rates[peer],
            rates["ours"] / rates[peer],
            targets[peer],
        )
        for peer in ways
        if peer != "ours"
    ]


def _partners(env, count):
    partners = env["res.partner"].create([{"name": f"Bench {n}"} for n in range(count)])
    env.flush_all()
    return partners


def _vals(partner, product, tax):
    return {
        "move_type": "out_invoice",
        "partner_id": partner.id,
        "invoice_date": DAY,
        "invoice_date_due": DAY,
        "invoice_line_ids": [
            Command.create(
                {
                    "product_id": product.id,
                    "name": name,
                    "quantity": quantity,
                    "price_unit": price,
                    "tax_ids": [Command.set(tax.ids)],
                }
            )
            for name, quantity, price in (("Fee", 1, 60.0), ("Hours", 2.5, 4.17))
        ],
    }


def _ours(env, partners, product, tax):
    vals_list = [
        {**_vals(one, product, tax), "source_key": f"bench-{one.id}"}
        for one in partners
    ]
    return lambda: env["tierslieux.invoice.batch"]._post_invoices(vals_list)


def _bare(env, partners, product, tax):
    vals_list = [_vals(one, product, tax) for one in partners]
    return lambda: env["account.move"].create(vals_list).action_post()


def _contract(env, partners, product, tax):
    contracts = env["contract.contract"].create(
        [
            {
                "name": one.name,
                "partner_id": one.id,
                "contract_type": "sale",
                "line_recurrence": False,
                "recurring_next_date": DAY,
                "date_start": DAY,
                "contract_line_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "name": name,
                            "quantity": quantity,
                            "price_unit": price,
                            "uom_id": product.uom_id.id,
                            "date_start": DAY,
                            "recurring_next_date": DAY,
                        }
                    )
                    for name, quantity, price in (
                        ("Fee", 1, 60.0),
                        ("Hours", 2.5, 4.17),
                    )
                ],
            }
            for one in partners
        ]
    )
    return lambda: contracts._recurring_create_invoice().action_post()
