"""Reports to funders on a large ledger: figures, workbook, and mis_builder beside.

The floor of the figures is one statement that finds the same table from the same
tables; that of the workbook is xlsxwriter writing the same cells; mis_builder computes
the same lines for the same funders.
"""

import contextlib
import io
import os
import statistics
import sys
import time

import xlsxwriter
from _vote_casting import environment

from odoo.fields import Command
from odoo.tools import SQL, config

# makes its own ledger: a small network does
NEEDS = {"venues": 20, "people": 150, "modules": ["mis_builder"]}

ITEMS, EXPENSES, FUNDERS = 1_000_000, 100_000, 40
ROUNDS = 5
#: At most so many times the floor; at least so many times as fast as the peer.
FIGURES, WORKBOOK, PEER = 2, 1.5, 5
LEDGER = ("account_move", "account_move_line")
GROWN = (
    "tierslieux_funding_expense",
    "tierslieux_funding_expense_part",
    "tierslieux_funding_allocation",
    "tierslieux_funding_action",
    "tierslieux_funding_agreement",
    "tierslieux_funding_action_tierslieux_funding_agreement_rel",
)
FROM, TO = "2025-01-01", "2025-12-31"
ACCOUNTS = ("606400", "613200", "622600", "625100", "641200", "645100")


def main():
    config.parse_config(["-c", os.environ["TIERSLIEUX_CONF"]], setup_logging=False)
    with environment(os.environ["TIERSLIEUX_DB"]) as env:
        start = time.perf_counter()
        env, reports = load(env)
        print(
            f"{ITEMS} journal items, {EXPENSES} expenses, {FUNDERS} funders loaded in"
            f" {time.perf_counter() - start:.0f} s",
            flush=True,
        )
        missed = figures(env, reports)
        missed |= workbook_of(env, reports[0])
        ratio = peer(env, reports[0])
        missed |= verdict(
            "mis_builder", ratio, f"at least {PEER} × as fast wanted", ratio < PEER
        )
        print(f"mis_builder, all in one: {peer(env, reports):.2f} ×", flush=True)
        env.cr.rollback()
    return int(missed)


def alternately(**sides):
    """Median and 95th percentile of the seconds of each side, run in turn."""
    runs = {name: [] for name in sides}
    for side in sides.values():
        side()
    for _ in range(ROUNDS):
        for name, side in sides.items():
            start = time.perf_counter()
            side()
            runs[name].append(time.perf_counter() - start)
    return {
        name: (statistics.median(times), max(times)) for name, times in runs.items()
    }


def verdict(what, ratio, wanted, missed):
    print(f"{what}: {ratio:.2f} × ({wanted}{', MISSED' if missed else ''})", flush=True)
    return missed


# -- the ledger -----------------------------------------------------------------


def load(env):
    company = (
        # the chart comes after, and is not that of the country
        env["res.company"]
        .with_context(chart_template_load=True)
        .create(
            {"name": "Association du banc", "country_id": env.ref("base.fr").id},
        )
        .with_context(chart_template_load=False)
    )
    env["account.chart.template"].try_loading("fr_asso", company)
    env.user.write({"company_ids": [Command.link(company.id)]})
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    agreements = make_agreements(env)
    accounts = {
        account.code: account.id
        for account in env["account.account"].search(
            [("company_ids", "in", company.ids)]
        )
    }
    journal = env["account.journal"].search(
        [("company_id", "=", company.id), ("type", "=", "general")], limit=1
    )
    keys = agreements.action_ids.analytic_account_id.ids
    # an expense is two items, an invoice of the action two more; the rest is others'
    sold = EXPENSES // 10
    others = (ITEMS - 2 * EXPENSES - 2 * sold) // 2
    with bare_tables(env):
        for count, debit, credit, analytic in (
            (EXPENSES, [accounts[code] for code in ACCOUNTS], [accounts["401100"]], 1),
            (sold, [accounts["411100"]], [accounts["706000"]], -1),
            (others, [accounts["512001"]], [accounts["706000"]], 0),
        ):
            fill(env, company, journal, count, debit, credit, keys, analytic)
    env.cr.commit()
    tidy(env)
    env.invalidate_all()
    env["tierslieux.funding.expense"]._sync()
    charge(env, company)
    env.invalidate_all()
    reports = env["tierslieux.funding.report"].create(
        [{"agreement_id": one.id, "posted_until": TO} for one in agreements]
    )
    env.cr.commit()
    tidy(env)
    return env, reports


def tidy(env):
    """What the server does by itself in the minutes after tables have grown."""
    with contextlib.closing(env.registry.cursor()) as cr:
        cr._cnx.autocommit = True
        for table in (*LEDGER, *GROWN):
            cr.execute(SQL("VACUUM (ANALYZE) %s", SQL.identifier(table)))


@contextlib.contextmanager
def bare_tables(env):
    """The ledger without indexes and foreign keys while it is filled: they are made
    again at once. The database is a copy of its own, thrown away after."""
    env.cr.execute(
        """
        SELECT format('ALTER TABLE %%I DROP CONSTRAINT %%I', relname, conname),
               format('ALTER TABLE %%I ADD CONSTRAINT %%I %%s NOT VALID',
                      relname, conname, pg_get_constraintdef(c.oid))
          FROM pg_constraint c
          JOIN pg_class ON pg_class.oid = conrelid
         WHERE contype = 'f' AND relname IN %(tables)s
     UNION ALL
        SELECT format('DROP INDEX %%I', indexname), indexdef
          FROM pg_indexes
         WHERE tablename IN %(tables)s
           AND indexname NOT IN (SELECT conname FROM pg_constraint)
        """,
        {"tables": LEDGER},
    )
    found = env.cr.fetchall()
    for drop, _make in found:
        env.cr.execute(drop)
    yield
    for _drop, make in reversed(found):
        env.cr.execute(make)


def make_agreements(env):
    plan = env["tierslieux.funding.plan"].create({"name": "Banc"})
    phase = env["tierslieux.funding.phase"].create(
        {"name": "2025", "plan_id": plan.id, "date_from": FROM, "date_to": TO}
    )
    brick = env["tierslieux.funding.brick"].create(
        {"name": "Brique", "phase_id": phase.id}
    )
    agreements = env["tierslieux.funding.agreement"]
    line = env.ref("tierslieux_funding.category_74e")
    for rank in range(FUNDERS):
        action = env["tierslieux.funding.action"].create(
            {"name": f"Action {rank}", "brick_id": brick.id}
        )
        agreements |= agreements.create(
            {
                "name": f"Convention {rank}",
                "funder_id": env["res.partner"].create({"name": f"F{rank}"}).id,
                "source_id": env.ref("tierslieux_funding.source_grant").id,
                "line_id": line.id,
                "amount": 10_000_000,
                "rate": 80,
                "date_from": FROM,
                "date_to": TO,
                "action_ids": [Command.set(action.ids)],
            }
        )
    return agreements


def fill(env, company, journal, count, debits, credits, keys, analytic):
    """Entries of one debit and one credit; ``analytic`` 1: the debit is of an action,
    -1: the credit is."""
    values = {
        "company": company.id,
        "currency": company.currency_id.id,
        "journal": journal.id,
        "count": count,
        "from": FROM,
        "debits": debits,
        "credits": credits,
        "keys": keys,
        "analytic": analytic,
        "partner": company.partner_id.id,
    }
    env.cr.execute(
        """
        WITH move AS (
            INSERT INTO account_move (
                name, ref, state, date, journal_id, move_type, company_id, currency_id,
                auto_post, commercial_partner_id
            )
            SELECT 'BANC/' || %(analytic)s || '/' || n, 'F-' || %(analytic)s || n,
                   'posted', %(from)s::date + n %% 365, %(journal)s, 'entry',
                   %(company)s, %(currency)s, 'no', %(partner)s
              FROM generate_series(1, %(count)s) n
         RETURNING id, name, date, split_part(name, '/', 3)::int AS n
        ), side AS (
            SELECT 1 AS sign, %(debits)s::int[] AS accounts
             UNION ALL SELECT -1, %(credits)s::int[]
        )
        INSERT INTO account_move_line (
            move_id, move_name, date, parent_state, journal_id, company_id, currency_id,
            company_currency_id, account_id, display_type, name, debit, credit, balance,
            amount_currency, analytic_distribution
        )
        SELECT move.id, move.name, move.date, 'posted', %(journal)s, %(company)s,
               %(currency)s, %(currency)s,
               side.accounts[1 + move.n / 97 %% cardinality(side.accounts)], 'product',
               'Banc', greatest(side.sign * amount, 0),
               greatest(-side.sign * amount, 0),
               side.sign * amount, side.sign * amount,
               CASE WHEN side.sign = %(analytic)s THEN jsonb_build_object(
                   (%(keys)s::int[])[1 + move.n %% cardinality(%(keys)s::int[])]::text,
                   100
               ) END
          FROM move
    CROSS JOIN LATERAL (
               SELECT (1000 + (move.n * 7919::bigint) %% 90000)::numeric / 100 AS amount
               ) one
    CROSS JOIN side
        """,
        values,
    )


def charge(env, company):
    """Four expenses in five are shown to the funder of their action, at 80 %."""
    env.cr.execute(
        """
        INSERT INTO tierslieux_funding_allocation (
            expense_id, agreement_id, action_id, category_id, company_id, indirect,
            base, amount
        )
        SELECT part.expense_id, rel.tierslieux_funding_agreement_id, part.action_id,
               expense.category_id, expense.company_id, false, part.amount,
               trunc(part.amount * 0.8, 2)
          FROM tierslieux_funding_expense_part part
          JOIN tierslieux_funding_expense expense ON expense.id = part.expense_id
          JOIN tierslieux_funding_action_tierslieux_funding_agreement_rel rel
            ON rel.tierslieux_funding_action_id = part.action_id
         WHERE part.expense_id / 97 %% 5 <> 0 AND expense.company_id = %s
        """,
        [company.id],
    )


# -- figures --------------------------------------------------------------------


def figures(env, reports):
    """Figures of all reports beside bare SQL that finds the same table."""
    floor = bare_table(env, reports)
    if sorted(reports._query_figures()) != sorted(floor()):
        sys.exit("the figures are not those of the bare statement")
    times = alternately(ours=reports._figures, floor=floor)
    ratio = times["ours"][0] / times["floor"][0]
    print(
        f"figures of {len(reports)} reports: {times['ours'][0]:.3f} s"
        f" (95 % {times['ours'][1]:.3f}), bare SQL {times['floor'][0]:.3f} s"
        f" (95 % {times['floor'][1]:.3f})"
    )
    return verdict("figures", ratio, f"at most {FIGURES} × wanted", ratio > FIGURES)


def bare_table(env, reports):
    """What returns ``[(report, brick, line, cost, shown, charged)]`` in cents by one
    statement that trusts its data: one period, one company, no shared cost, nothing
    shown twice or under another line, no entry of a grant, and the lines of accounts
    of income given to it."""
    accounts = env["account.account"].search(
        [("company_ids", "in", reports.company_id.ids), ("code", "=like", "7%")]
    )
    lines = {
        account.id: line.code
        for account, line in env["tierslieux.funding.category"]
        ._for_accounts(accounts, "product")
        .items()
        if line
    }
    query = SQL(
        """
        SELECT report.id, action.brick_id, one.line, (100 * sum(cost))::bigint,
               (100 * sum(base))::bigint, (100 * sum(amount))::bigint
          FROM (
              SELECT part.action_id, category.code AS line, sum(part.amount) AS cost,
                     0 AS base, 0 AS amount
                FROM tierslieux_funding_expense_part part
                JOIN tierslieux_funding_expense expense ON expense.id = part.expense_id
                 AND expense.date BETWEEN %(first)s AND %(last)s
                JOIN tierslieux_funding_category category
                  ON category.id = expense.category_id
            GROUP BY part.action_id, category.code
           UNION ALL
              SELECT allocation.action_id, category.code, 0, sum(allocation.base),
                     sum(allocation.amount)
                FROM tierslieux_funding_allocation allocation
                JOIN tierslieux_funding_expense expense
                  ON expense.id = allocation.expense_id
                 AND expense.date BETWEEN %(first)s AND %(last)s
                JOIN tierslieux_funding_category category
                  ON category.id = allocation.category_id
            GROUP BY allocation.action_id, category.code
           UNION ALL
              SELECT action.id, account.line,
                     sum(-l.balance * share.percent::numeric / 100), 0, 0
                FROM account_move_line l
                JOIN unnest(%(accounts)s, %(lines)s) AS account (id, line)
                  ON account.id = l.account_id
          CROSS JOIN LATERAL jsonb_each_text(l.analytic_distribution)
                     AS share (key, percent)
                JOIN tierslieux_funding_action action
                  ON action.analytic_account_id::text = share.key
               WHERE l.parent_state = 'posted' AND l.company_id = %(company)s
                 AND l.date BETWEEN %(first)s AND %(last)s
                 AND l.analytic_distribution IS NOT NULL
            GROUP BY action.id, account.line
               ) one
          JOIN tierslieux_funding_action action ON action.id = one.action_id
          JOIN tierslieux_funding_action_tierslieux_funding_agreement_rel rel
            ON rel.tierslieux_funding_action_id = action.id
          JOIN tierslieux_funding_report report
            ON report.agreement_id = rel.tierslieux_funding_agreement_id
         WHERE report.id IN %(reports)s
      GROUP BY report.id, action.brick_id, one.line
        """,
        first=FROM,
        last=TO,
        company=reports.company_id.id,
        reports=tuple(reports.ids),
        accounts=SQL("%s::int[]", list(lines)),
        lines=SQL("%s::text[]", list(lines.values())),
    )
    return lambda: env.execute_query(query)


# -- workbook -------------------------------------------------------------------


class Recorder:
    """A workbook, a sheet or a format that notes what is asked of it."""

    def __init__(self, target, calls, path=()):
        self._target, self._calls, self._path = target, calls, path

    def __getattr__(self, name):
        method = getattr(self._target, name)

        def noted(*arguments, **named):
            result = method(*arguments, **named)
            self._calls.append((self._path, name, arguments, named, result))
            if name in ("add_worksheet", "add_format"):
                return (
                    Recorder(result, self._calls, (id(result),))
                    if name == "add_worksheet"
                    else result
                )
            return result

        return noted


def workbook_of(env, report):
    """The workbook of one report, beside bare xlsxwriter making the same calls."""
    from odoo.addons.tierslieux_funding.report import workbook

    content = report.with_context(lang="fr_FR")._content()
    values = {"content": content, "digest": "0" * 64, "signature": None}
    calls = []
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    workbook.fill(env, Recorder(book, calls), values)
    book.close()
    ours = workbook.build(env, values)
    if replay(calls) != ours:
        sys.exit("the bare workbook is not the same, to the byte")
    cells = sum(name.startswith("write") for _path, name, *_rest in calls)
    times = alternately(
        ours=lambda: workbook.build(env, values), floor=lambda: replay(calls)
    )
    ratio = times["ours"][0] / times["floor"][0]
    print(
        f"workbook of {len(content['expenses'])} expenses, {cells} cells:"
        f" {times['ours'][0]:.3f} s (95 % {times['ours'][1]:.3f}), bare xlsxwriter"
        f" {times['floor'][0]:.3f} s (95 % {times['floor'][1]:.3f})"
    )
    return verdict("workbook", ratio, f"at most {WORKBOOK} × wanted", ratio > WORKBOOK)


def replay(calls):
    """The bytes of a workbook made by these calls alone."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    made = {(): book}
    formats = {}
    for path, name, arguments, named, result in calls:
        if name == "add_format":
            formats[id(result)] = book.add_format(*arguments, **named)
        elif name == "add_worksheet":
            made[(id(result),)] = book.add_worksheet(*arguments, **named)
        else:
            getattr(made[path], name)(
                *[formats.get(id(one), one) for one in arguments], **named
            )
    book.close()
    return buffer.getvalue()


# -- mis_builder ----------------------------------------------------------------


def peer(env, reports):
    """The lines of the reports, as mis_builder computes them from the same ledger: one
    instance, a column for each."""
    instance, lines = mis_instance(env, reports)
    ours = {report: one["lines"] for report, one in reports._figures().items()}
    found = {report: {} for report in ours}
    for row in instance._compute_matrix().iter_rows():
        for report, cell in zip(reports.ids, row.iter_cells(), strict=True):
            if cell and cell.val:
                found[report][lines[row.kpi.name]] = round(100 * cell.val)
    if found != ours:
        sys.exit(f"mis_builder finds {found}, the reports {ours}")
    times = alternately(ours=reports._figures, peer=instance._compute_matrix)
    print(
        f"lines of {len(reports)} reports: {times['ours'][0]:.3f} s"
        f" (95 % {times['ours'][1]:.3f}),"
        f" mis_builder {times['peer'][0]:.3f} s (95 % {times['peer'][1]:.3f})"
    )
    return times["peer"][0] / times["ours"][0]


def mis_instance(env, reports):
    """The lines of the form that hold accounts, as expressions over these accounts; the
    actions of a report are the analytic filter of its column."""
    accounts = env["account.account"].search(
        [("company_ids", "in", reports.company_id.ids), ("code", "=like", "6%")]
    ) | env["account.account"].search(
        [("company_ids", "in", reports.company_id.ids), ("code", "=like", "7%")]
    )
    codes = {}
    for account, line in (
        env["tierslieux.funding.category"]
        ._for_accounts(accounts, "charge", "product")
        .items()
    ):
        if line and not account.code.startswith("689"):
            codes.setdefault(line, []).append(account.code)
    lines = {f"l_{line.code}": line.code for line in codes}
    style = env["mis.report"].create(
        {
            "name": "Banc",
            "kpi_ids": [
                Command.create(
                    {
                        "name": f"l_{line.code}",
                        "description": line.name,
                        "expression": ("" if line.side == "charge" else "-")
                        + f"balp[{','.join(found)}]",
                    }
                )
                for line, found in codes.items()
            ],
        }
    )
    instance = env["mis.report.instance"].create(
        {
            "name": "Banc",
            "report_id": style.id,
            "company_id": reports.company_id.id,
            "target_move": "posted",
            "comparison_mode": True,
            "period_ids": [
                Command.create(
                    {
                        "name": report.agreement_id.name,
                        "mode": "fix",
                        "manual_date_from": FROM,
                        "manual_date_to": TO,
                        "sequence": rank,
                        "analytic_domain": repr(
                            [
                                (
                                    "analytic_distribution",
                                    "in",
                                    report.agreement_id.action_ids.analytic_account_id.ids,
                                )
                            ]
                        ),
                    }
                )
                for rank, report in enumerate(reports)
            ],
        }
    )
    env.flush_all()
    return instance, lines


if __name__ == "__main__":
    sys.exit(main())
