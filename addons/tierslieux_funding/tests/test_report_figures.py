# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random

from .common_report import ReportCommon

ACCOUNTS = ("606400", "613200", "622600", "625100", "627800", "641200", "651600")
#: Where the form has them, by the first three digits.
LINES = {
    "606": "60b",
    "613": "61a",
    "622": "62a",
    "625": "62c",
    "627": "62d",
    "641": "64a",
    "651": "65",
}


class TestReportFigures(ReportCommon):
    """Every figure of reports made by chance, found again by another way: from the
    entries and their analytic lines, without the register of expenses."""

    def _ledger(self, report):
        """``{first three digits: cents}`` of what the actions cost and brought in, as
        Odoo's own analytic lines say."""
        plan = self.env["account.analytic.plan"].search(
            [("id", "=", self.action.analytic_account_id.root_plan_id.id)]
        )
        self.env.flush_all()
        self.cr.execute(
            f"""
            SELECT left(a.code_store ->> %s, 3), round(-100 * sum(line.amount))::bigint
              FROM account_analytic_line line
              JOIN account_move_line l ON l.id = line.move_line_id
              JOIN account_account a ON a.id = line.general_account_id
             WHERE line.{plan._column_name()} IN %s
               AND l.date BETWEEN %s AND %s AND l.date <= %s
               AND l.parent_state = 'posted'
          GROUP BY 1
            """,  # pylint: disable=sql-injection
            (
                str(self.company.id),
                tuple(report.agreement_id.action_ids.analytic_account_id.ids),
                report.date_from,
                report.date_to,
                report.posted_until,
            ),
        )
        return {code: cents for code, cents in self.cr.fetchall() if cents}

    def _by_two(self, ledger):
        sums = {}
        for code, cents in ledger.items():
            sums[code[:2]] = sums.get(code[:2], 0) + cents
        return sums

    def _due(self, report):
        """``[(base, amount)]`` in cents and the rate, by plain SQL."""
        self.cr.execute(
            """
            SELECT coalesce(sum(100 * a.base), 0)::bigint,
                   coalesce(sum(100 * a.amount), 0)::bigint
              FROM tierslieux_funding_allocation a, account_move_line l,
                   tierslieux_funding_expense e
             WHERE e.id = a.expense_id AND l.id = e.move_line_id
               AND a.agreement_id = %s AND l.date BETWEEN %s AND %s
            """,
            (report.agreement_id.id, report.date_from, report.date_to),
        )
        return self.cr.fetchone()

    def _fill(self, chance):
        """A year of expenses of any account and action, some charged, and income."""
        actions = [self.action, self.other_action]
        for rank in range(3):
            amounts = [chance.randrange(100, 90000) / 100 for _one in range(3)]
            action = chance.choice(actions)
            lines = self.spend(
                *amounts,
                account=chance.choice(ACCOUNTS),
                date=f"2026-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
                ref=f"{chance.random()}",
                action=action,
            )
            for line in lines[: chance.randrange(3)]:
                cents = round(line.amount * 100)
                base = chance.randrange(cents // 2, cents + 1)
                if base * 8 // 10:
                    self.allocate(
                        line,
                        base * 8 // 10 / 100,
                        base=base / 100,
                        action_id=action.id,
                    )
            if not rank:
                self.post_analytic(
                    "2026-07-01",
                    "706000",
                    "411100",
                    -chance.randrange(100, 9000) / 100,
                    action=action,
                )
        self.post_analytic(
            "2026-08-01",
            "864000",
            "875000",
            chance.randrange(100, 90000) / 100,
            journal=self.off_balance,
        )

    def test_ten_reports(self):
        self.amend(amount=100000)
        chance = random.Random(19)
        report = self.create_report()
        for rank in range(10):
            self._fill(chance)
            content = report._content()
            ledger, (base, charged) = self._ledger(report), self._due(report)
            with self.subTest(report=rank):
                self._compare(content, ledger, base, charged)

    def _compare(self, content, ledger, base, charged):
        rows = {row["code"]: row for row in content["table"]}
        self.assertEqual(
            {
                code: row["own_actual"]
                for code, row in rows.items()
                if row["side"] == "charge" and row["own_actual"]
            },
            {LINES[code]: cents for code, cents in ledger.items() if code in LINES},
        )
        ledger = self._by_two(ledger)
        found = {
            code: row["actual"]
            for code, row in rows.items()
            if len(code) == 2 and row["side"] == "charge" and row["actual"]
        }
        self.assertEqual(
            found, {code: cents for code, cents in ledger.items() if code < "70"}
        )
        self.assertEqual(rows["70"]["actual"], -ledger["70"])
        self.assertEqual(rows["86"]["actual"], ledger["86"])
        self.assertEqual(rows["87"]["actual"], -ledger["87"])
        self.assertEqual(content["grant"]["shown"], base)
        self.assertEqual(content["grant"]["charged"], charged)
        due = min(base * 80 // 100, content["grant"]["award"])
        self.assertEqual(rows["74e"]["actual"], due)
        total = sum(cents for code, cents in ledger.items() if code < "70")
        self.assertEqual(content["totals"]["charge"]["actual"], total)
        self.assertEqual(content["totals"]["product"]["actual"], total)
        self.assertEqual(rows["own"]["actual"], total - due + ledger["70"])
        # the same figures again, each the sum of the lines it leads to
        for row in content["table"]:
            kind = {"charge": "expenses", "product": "products"}.get(
                row["side"], "in_kind"
            )
            self.assertEqual(
                row["own_actual"],
                sum(
                    line["cost"]
                    for line in content[kind]
                    if line["line"] == row["code"]
                ),
                row["name"],
            )
