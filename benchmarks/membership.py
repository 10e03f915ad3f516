# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Roll and renewal campaign, each beside its floor or its peer, in one run.

    TIERSLIEUX_CONF=odoo.conf TIERSLIEUX_DB=name python benchmarks/membership.py

Everything happens in one transaction, rolled back at the end.
"""

import argparse
import os
import statistics
import sys
import time
from datetime import date, timedelta

from odoo.tools import SQL, split_every

MEMBERS = 20_000
RENEWALS = 2_000
BATCH = 100


def measure(env, members=MEMBERS, renewals=RENEWALS):
    """
    :return: list of ``(label, ours, peer's name, peer's, ratio, target)``; a ratio
        holds when it is at most the target for seconds, at least for a rate. Seconds
        come first in the list, then rates.
    """
    # flushed first: the bench leaves no trace of what it does
    env.flush_all()
    env = env(context=dict(env.context, tracking_disable=True))
    savepoint = env.cr.savepoint(flush=False)
    try:
        return [_roll(env, members), _renewals(env, renewals)]
    finally:
        env.invalidate_all(flush=False)
        env.cr.clear()
        savepoint.rollback()


def _create_members(env, count):
    """``count`` members in three colleges, one in three an organisation with a
    delegate, dues paid for three years out of four, straight into the tables."""
    colleges = env["tierslieux.college"].search([], limit=3)
    fee = colleges[0]._default_product()
    env.cr.execute(
        SQL(
            """
            WITH partner AS (
                INSERT INTO res_partner (name, complete_name, active, is_company, lang,
                                         type, autopost_bills)
                SELECT 'Bench ' || n, 'Bench ' || n, TRUE, n %% 3 = 0, 'fr_FR',
                       'contact', 'ask'
                  FROM generate_series(1, %(count)s) n
             RETURNING id
            ),
            membership AS (
                INSERT INTO tierslieux_membership
                       (partner_id, sort_name, college_id, product_id, company_id)
                SELECT id, 'Bench', (%(colleges)s::int[])[1 + id %% %(n_colleges)s],
                       %(fee)s, %(company)s
                  FROM partner
             RETURNING id, partner_id
            ),
            event AS (
                INSERT INTO tierslieux_membership_event
                       (membership_id, kind, date, user_id, reason)
                SELECT id, kind, day + (id %% 300)::int, %(user)s, 'Bench'
                  FROM membership,
                       (VALUES ('application', DATE '2023-01-01'),
                               ('admission', DATE '2023-01-15'),
                               ('withdrawal', DATE '2026-01-01')) event (kind, day)
                 WHERE kind != 'withdrawal' OR id %% 20 = 0
            ),
            delegation AS (
                INSERT INTO tierslieux_delegation
                       (membership_id, partner_id, date_from)
                SELECT id, %(delegate)s, DATE '2023-02-01'
                  FROM membership WHERE id %% 3 = 0
            )
            INSERT INTO membership_membership_line
                   (partner_id, membership_id, tierslieux_membership_id, member_price,
                    date_from, date_to, state)
            SELECT partner_id, %(fee)s, id, 60, make_date(year, 1, 1),
                   make_date(year, 12, 31), 'paid'
              FROM membership, generate_series(2023, 2026) year
             WHERE (id + year) %% 4 != 0
            """,
            count=count,
            colleges=colleges.ids,
            n_colleges=len(colleges),
            fee=fee.id,
            company=env.company.id,
            user=env.uid,
            delegate=env.user.partner_id.id,
        )
    )
    env.cr.execute("ANALYZE tierslieux_membership_event, membership_membership_line")
    env.invalidate_all()


def _roll(env, count):
    _create_members(env, count)
    at = date(2026, 7, 1)
    memberships = env["tierslieux.membership"]
    ours, floor = [], []
    for _ in range(7):
        ours.append(_seconds(lambda: memberships.roll(at=at)))
        floor.append(_seconds(lambda: _bare_roll(env, at)))
    return _line(
        f"roll at a date, {count} members (s)",
        statistics.median(ours),
        "bare SQL",
        statistics.median(floor),
        2,
    )


def _bare_roll(env, at):
    """The reading that no roll can do without: the last event, the paid days and the
    delegate of each membership."""
    env.cr.execute(
        SQL(
            """
            SELECT m.id, p.name, m.college_id, e.kind, e.date, l.date_to, d.partner_id
              FROM tierslieux_membership m
              JOIN res_partner p ON p.id = m.partner_id
              JOIN (SELECT DISTINCT ON (membership_id) membership_id, kind, date
                      FROM tierslieux_membership_event WHERE date <= %(at)s
                  ORDER BY membership_id, date DESC, id DESC) e
                ON e.membership_id = m.id
         LEFT JOIN (SELECT tierslieux_membership_id, max(date_to) AS date_to
                      FROM membership_membership_line
                     WHERE state IN ('paid', 'free') AND date_from <= %(at)s
                  GROUP BY 1) l
                ON l.tierslieux_membership_id = m.id
         LEFT JOIN tierslieux_delegation d
                ON d.membership_id = m.id AND d.date_from <= %(at)s
               AND (d.date_to IS NULL OR d.date_to >= %(at)s)
          ORDER BY m.college_id, p.name
            """,
            at=at,
        )
    )
    return env.cr.fetchall()


def _renewals(env, count):
    """The same invoices, batch by batch in turn: ours as a campaign makes them, the
    peer's with what anybody would write, ``create`` then ``action_post``."""
    college = env["tierslieux.college"].create({"name": "Bench", "code": "bench"})
    fee = env["product.template"].create(
        {
            "name": "Bench",
            "type": "service",
            "list_price": 60,
            "membership": True,
            "membership_date_from": "2026-01-01",
            "membership_date_to": "2026-12-31",
            "college_id": college.id,
        }
    )
    partners = env["res.partner"].create(
        [{"name": f"Bench {number}"} for number in range(2 * count)]
    )
    memberships = env["tierslieux.membership"].create(
        [
            {
                "partner_id": partner.id,
                "college_id": college.id,
                "product_id": fee.product_variant_id.id,
                "event_ids": [
                    (0, 0, {"kind": kind, "date": "2026-01-01"})
                    for kind in ("application", "admission")
                ],
            }
            for partner in partners
        ]
    )
    campaign = env["tierslieux.renewal.campaign"].create(
        {"name": "Bench", "date": "2026-12-01", "college_ids": college.ids}
    )
    first, last = date(2027, 1, 1), date(2027, 12, 31)
    calls = env["tierslieux.renewal.call"].create(
        [
            {
                "campaign_id": campaign.id,
                "membership_id": membership.id,
                "date_from": first,
                "date_to": last,
                "amount": 60,
            }
            for membership in memberships[:count]
        ]
    )
    others = memberships[count:]
    # a bare move carries no tracking context of ours
    moves = env["account.move"].with_context(tracking_disable=False)

    def bare(batch):
        created = moves.create(
            [
                membership._prepare_invoice(campaign.date, first, last, 6000)
                for membership in batch
            ]
        )
        created.invoice_date_due = campaign.date + timedelta(days=30)
        created.action_post()
        env.flush_all()

    def campaigned(batch):
        batch._invoice()
        env.flush_all()

    campaigned(calls[:2])
    bare(others[:2])
    env.flush_all()
    ours = peers = 0.0
    pairs = zip(
        split_every(BATCH, calls[2:].ids),
        split_every(BATCH, others[2:].ids),
        strict=True,
    )
    for call_ids, member_ids in pairs:
        ours += _seconds(lambda ids=call_ids: campaigned(calls.browse(ids)))
        peers += _seconds(lambda ids=member_ids: bare(others.browse(ids)))
    done = count - 2
    return _line(
        f"renewal campaign, {count} invoices (a second)",
        done / ours,
        "account.move create + action_post",
        done / peers,
        1,
    )


def _seconds(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _line(label, ours, peer, theirs, target):
    return label, ours, peer, theirs, ours / theirs, target


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--members", type=int, default=MEMBERS)
    parser.add_argument("--renewals", type=int, default=RENEWALS)
    options = parser.parse_args(argv)

    import odoo.api
    from odoo.modules.registry import Registry
    from odoo.tools import config

    config.parse_config(["-c", os.environ["TIERSLIEUX_CONF"]], setup_logging=False)
    with Registry(os.environ["TIERSLIEUX_DB"]).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        lines = measure(env, options.members, options.renewals)
        cr.rollback()
    print(f"{'':52} {'ours':>10} {'peer':>10} {'ratio':>7} {'target':>8}")
    failed = False
    for label, ours, peer, theirs, ratio, target in lines:
        rate = "(a second)" in label
        held = ratio >= target if rate else ratio <= target
        failed |= not held
        print(
            f"{label:52} {ours:10.3f} {theirs:10.3f} {ratio:7.2f} "
            f"{'≥' if rate else '≤'} {target:4}  {'' if held else 'MISSED '}({peer})"
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
