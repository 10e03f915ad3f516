# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import csv
import io
from collections import defaultdict
from decimal import Decimal

from odoo.fields import Date
from odoo.tests import tagged

from .common_books import BooksCommon


@tagged("post_install", "-at_install")
class TestTwoYears(BooksCommon):
    """Two exercises of an association: awards of several kinds, expenses, volunteers
    and year-ends; the ledger, the result and the register say the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.action.volunteering = True
        cls.volunteer = cls.create_user("member", "volunteer")

    def setUp(self):
        super().setUp()
        self.clock.move_to("2028-02-01")
        # two years by days; a project of one year; patronage; running costs
        self.city = self.grant(
            "Ville", amount=24000, date_from="2026-01-01", date_to="2027-12-31"
        )
        self.region = self.grant("Région", amount=9000.01)
        self.patron = self.grant(
            "Mécène",
            amount=5000,
            date_to="2027-12-31",
            posting_nature="patronage",
            deferral="none",
        )
        self.running = self.create_agreement("Fonctionnement", amount=3000)
        self.running.state = "signed"
        self.first_year()
        self.second_year()

    def first_year(self):
        for agreement, day in (
            (self.city, "2026-01-10"),
            (self.region, "2026-02-01"),
            (self.patron, "2026-03-01"),
            (self.running.with_env(self.books), "2026-01-31"),
        ):
            agreement._post_award(day)
        self.spends(self.city, 8000, "2026-04-01")
        self.spends(self.region, 9000.01, "2026-05-01")
        self.spends(self.patron, 1234.56, "2026-06-01")
        self.volunteers("2026-09-05", 600)
        self.year_end("2026-12-31").action_post()

    def second_year(self):
        self.spends(self.city, 14999.99, "2027-04-01")
        self.spends(self.patron, 2000, "2027-06-01")
        self.patron._repay("2027-07-01", 10000, "Projet réduit")
        self.volunteers("2027-09-05", 60)
        self.year_end("2027-12-31").action_post()
        self.company.fiscalyear_lock_date = "2027-12-31"

    def volunteers(self, day, minutes):
        time = (
            self.env["tierslieux.volunteer.time"]
            .with_user(self.volunteer)
            .create({"date": day, "minutes": minutes, "action_id": self.action.id})
        )
        time.with_user(self.treasurer).action_confirm()
        last = Date.to_date(f"{day[:4]}-12-31")
        self.postings._post_contributions(self.company, last, last)

    def ledger(self, **where):
        """All entries, bills too."""
        domain = [
            ("parent_state", "=", "posted"),
            ("company_id", "=", self.company.id),
            *((name, "=", value) for name, value in where.items()),
        ]
        rows = self.env["account.move.line"]._read_group(
            domain, ["account_id", "date:year"], ["balance:sum"]
        )
        result = defaultdict(Decimal)
        for account, year, balance in rows:
            result[account.code, year.year] += Decimal(str(round(balance, 2)))
        return result

    def test_trial_balance(self):
        ledger = self.ledger()
        self.assertEqual(sum(ledger.values()), 0)
        self.assertEqual(
            {key: float(value) for key, value in ledger.items() if key[0] in DEDICATED},
            {
                # city: 12 000 of 2026 less 8 000; patron: 5 000 less 1 234,56
                ("689400", 2026): 4000,
                ("194000", 2026): -4000,
                ("689600", 2026): 3765.44,
                ("196000", 2026): -3765.44,
                # city: 4 000 used, 12 000 less 10 999,99 put aside; patron: 100 given
                # back, 2 000 used
                ("789400", 2027): -4000,
                ("689400", 2027): 1000.01,
                ("194000", 2027): 2999.99,
                ("789600", 2027): -2000,
                ("196000", 2027): 2100,
            },
        )

    def test_the_result_keeps_what_no_project_claims(self):
        results = defaultdict(Decimal)
        for (code, year), balance in self.ledger().items():
            if code[0] in "67":
                results[year] -= balance
        # what is spent of a project is paid by its money: only the running costs stay
        self.assertEqual(results, {2026: 3000, 2027: 0})

    def test_register_and_ledger_agree(self):
        self.assertFalse(self.postings._query_disagreements(self.company))
        register = defaultdict(Decimal)
        for posting in self.postings.search([]):
            if posting.kind.startswith(("award", "deferral", "release")):
                register[posting.date.year] += Decimal(str(posting.income))
        ledger = self.ledger()
        for year in (2026, 2027):
            income = sum(ledger[code, year] for code in ("741000", "754200"))
            self.assertEqual(-income, register[year])
        closings = {
            line.agreement_id.name: line.closing
            for line in self.books["tierslieux.funding.dedicated"]._live(
                [("date_to", "=", "2027-12-31")]
            )
        }
        self.assertEqual(closings, {"Ville": 1000.01, "Mécène": 1665.44})
        self.assertEqual(
            {
                code: float(-ledger[code, 2026] - ledger[code, 2027])
                for code in ("194000", "196000", "487000")
            },
            {"194000": 1000.01, "196000": 1665.44, "487000": 0},
        )

    def test_class_8_stands_beside(self):
        ledger = self.ledger()
        eights = {key: float(ledger[key]) for key in ledger if key[0][0] == "8"}
        # nothing but the rate of 2026 is known for 2027
        self.assertEqual(
            eights,
            {
                ("864000", 2026): 120.2,
                ("875000", 2026): -120.2,
                ("864000", 2027): 12.02,
                ("875000", 2027): -12.02,
            },
        )

    def test_the_fec_is_accepted(self):
        for year in (2026, 2027):
            wizard = self.env["l10n_fr.fec.export.wizard"].create(
                {
                    "date_from": f"{year}-01-01",
                    "date_to": f"{year}-12-31",
                    "test_file": True,
                }
            )
            content = wizard.generate_fec()["file_content"].decode()
            rows = list(csv.DictReader(io.StringIO(content), delimiter="|"))
            entries = defaultdict(Decimal)
            for row in rows:
                self.assertRegex(row["CompteNum"], r"^[1-8]\d{5}$")
                self.assertTrue(row["EcritureLib"] and row["PieceRef"])
                for column, sign in (("Debit", 1), ("Credit", -1)):
                    amount = Decimal(row[column].strip().replace(",", "."))
                    entries[row["EcritureNum"]] += sign * amount
            self.assertFalse(any(entries.values()))
            accounts = {row["CompteNum"] for row in rows}
            self.assertLessEqual({"194000", "196000", "864000", "875000"}, accounts)

    def test_nothing_more_in_a_closed_exercise(self):
        with self.assertRaisesRegex(Exception, "the books are closed"):
            self.year_end("2027-12-31").action_cancel()


DEDICATED = {"194000", "196000", "689400", "689600", "789400", "789600"}
