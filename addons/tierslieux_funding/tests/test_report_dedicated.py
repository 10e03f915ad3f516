# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo.tests import tagged

from .common_books import BooksCommon


@tagged("post_install", "-at_install")
class TestReportDedicated(BooksCommon):
    """A grant of two exercises, of which part is handed on from the first to the
    second, and part comes from another project: each report says what the ledger says,
    read by plain SQL from the lines of the funder alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clock.move_to("2028-02-01")
        cls.department = cls.env["res.partner"].create(
            {"name": "Département", "is_company": True}
        )
        values = {
            "date_to": "2027-12-31",
            "line_id": cls.env.ref("tierslieux_funding.category_74e").id,
        }
        cls.project = cls.grant("Projet", amount=20000.01, **values)
        cls.other = cls.grant(
            "Autre", amount=500, funder_id=cls.department.id, **values
        )
        (cls.project | cls.other)._post_award("2026-01-15")
        cls.spends(cls.project, 5000.02, "2026-03-15")
        cls.close("2026-12-31")
        cls.other._transfer(cls.project, "2027-02-01", 200_03, "Accord des financeurs")
        cls.spends(cls.project, 12000.04, "2027-03-15")
        cls.close("2027-12-31")

    @classmethod
    def close(cls, day):
        cls.books["tierslieux.funding.year.end"].create({"date_to": day}).action_post()

    def content(self, agreement, year):
        report = self.env["tierslieux.funding.report"].create(
            {
                "agreement_id": agreement.id,
                "date_from": f"{year}-01-01",
                "date_to": f"{year}-12-31",
                "posted_until": f"{year}-12-31",
            }
        )
        return report._content()

    def entries(self, funder):
        """``{entry: (day, {account: cents}, {partner})}`` of the lines of a funder."""
        self.env.flush_all()
        self.cr.execute(
            """
            SELECT m.name, m.date::text, a.code_store ->> %s, l.partner_id,
                   round(100 * l.balance)::bigint
              FROM account_move m
              JOIN account_move_line l ON l.move_id = m.id
              JOIN account_account a ON a.id = l.account_id
             WHERE m.state = 'posted' AND m.move_type = 'entry'
               AND EXISTS (SELECT FROM account_move_line one
                            WHERE one.move_id = m.id AND one.partner_id = %s)
            """,
            (str(self.company.id), funder.id),
        )
        found = {}
        for name, day, code, partner, balance in self.cr.fetchall():
            entry = found.setdefault(name, (day, defaultdict(int)))
            entry[1][code, partner == funder.id] += balance
        return found

    def balances_of(self, funder):
        """``{(account, year): cents}`` of the lines of a funder."""
        sums = defaultdict(int)
        for day, lines in self.entries(funder).values():
            for (code, own), balance in lines.items():
                if own:
                    sums[code, day[:4]] += balance
        return sums

    def income(self, funder, year):
        """What the exercise keeps: what it recognised, less what it put aside, with
        what it used of what was put aside."""
        sums = self.balances_of(funder)
        return -sum(sums[code, year] for code in ("741000", "689400", "789400"))

    def test_what_is_due_is_what_the_exercise_keeps(self):
        sums = self.balances_of(self.funder)
        self.assertTrue(sums["689400", "2026"] and sums["789400", "2027"])
        earlier = 0
        for year in ("2026", "2027"):
            content = self.content(self.project, year)
            grant = content["grant"]
            rows = {row["code"]: row for row in content["table"]}
            income = self.income(self.funder, year)
            self.assertEqual(grant["due"], income, year)
            self.assertEqual(rows["74e"]["actual"], income, year)
            self.assertEqual(grant["earlier"], earlier, year)
            earlier += income
        self.assertEqual(earlier, 17000_06)

    def test_what_is_left_is_in_fonds_dedies(self):
        """At the end, the account of fonds dédiés holds what is left of the award and
        of what came with it."""
        grant = self.content(self.project, "2027")["grant"]
        sums = self.balances_of(self.funder)
        left = grant["award"] - grant["earlier"] - grant["due"]
        self.assertEqual(-sums["194000", "2026"] - sums["194000", "2027"], left)
        self.assertEqual(left, 20000_01 + 200_03 - 17000_06)

    def test_what_came_from_another_project(self):
        handed_on = [
            (name, lines)
            for name, (_day, lines) in self.entries(self.funder).items()
            if {code for code, _own in lines} == {"194000"}
        ]
        [(name, lines)] = handed_on
        amount = -lines["194000", True]
        self.assertEqual((amount, lines["194000", False]), (200_03, 200_03))
        for agreement, year, moved in (
            (self.project, "2026", 0),
            (self.project, "2027", amount),
            (self.other, "2027", -amount),
        ):
            content = self.content(agreement, year)
            self.assertEqual(content["grant"]["moved"], moved)
            names = [one["entry"] for one in content["entries"]]
            self.assertEqual(name in names, bool(moved))

    def test_entries_are_those_of_the_ledger(self):
        for agreement, funder in (
            (self.project, self.funder),
            (self.other, self.department),
        ):
            listed = {
                (one["date"], one["entry"], one["amount"])
                for one in self.content(agreement, "2027")["entries"]
            }
            posted = {
                (day, name, sum(max(0, amount) for amount in lines.values()))
                for name, (day, lines) in self.entries(funder).items()
            }
            self.assertEqual(listed, posted)
            self.assertGreaterEqual(len(listed), 5)
