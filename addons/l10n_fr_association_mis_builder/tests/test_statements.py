# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random

from odoo.tests import new_test_user, tagged

from odoo.addons.l10n_fr_association.tests.common import AssociationCase
from odoo.addons.mis_builder.models.accounting_none import AccountingNone
from odoo.addons.mis_builder.tests.common import try_xlsx_report

MODULE = "l10n_fr_association_mis_builder"
NOTHING = (None, AccountingNone)


@tagged("post_install", "-at_install")
class TestStatements(AssociationCase):
    def _values(self, name, year):
        report = self.env.ref(f"{MODULE}.report_{name}")
        aep = report._prepare_aep(self.company)
        return report.evaluate(aep, f"{year}-01-01", f"{year}-12-31")

    def _check(self, year):
        """The totals of a year agree; its balance sheet is returned."""
        assets = self._values("assets", year)
        liabilities = self._values("liabilities", year)
        income = self._values("income", year)
        totals = assets["total_assets"]
        self.assertAlmostEqual(totals.gross - totals.depreciation, totals.net)
        self.assertAlmostEqual(totals.net, liabilities["total_liabilities"])
        self.assertAlmostEqual(income["result"], liabilities["result"])
        self.assertAlmostEqual(income["total_kind"], income["total_use"])
        for values in (liabilities, income):
            self.assertIn(values["control"], NOTHING)
        return assets, liabilities, income

    def test_whoever_manages_the_books_finds_them(self):
        user = new_test_user(
            self.env, "books", "base.group_user,account.group_account_manager"
        )
        menu = self.env.ref("mis_builder.mis_report_instance_view_menu")
        self.assertIn(menu.id, menu.with_user(user)._visible_menu_ids())

    def test_random_entries_balance(self):
        draw = random.Random(20180612)
        usual = [code for code in self.accounts if code[0] != "8"]
        entries, in_kind = [], []
        for year in (2023, 2024, 2025):
            for _move in range(40):
                codes = draw.sample(usual, draw.randint(2, 6))
                # two figures after the point, negative as well: any account may turn
                amounts = [draw.randint(-500000, 500000) / 100 for _ in codes[1:]]
                date = f"{year}-{draw.randint(1, 12):02}-15"
                amounts.append(-round(sum(amounts), 2))
                lines = zip(codes, amounts, strict=True)
                entries.append((date, [line for line in lines if line[1]]))
            hours = draw.randint(1, 900)
            in_kind.append((f"{year}-12-31", [("864000", hours), ("875000", -hours)]))
        self.post_all([entry for entry in entries if entry[1]])
        self.post_all(in_kind, journal=self.off_balance)
        for year in (2023, 2024, 2025):
            _assets, _liabilities, income = self._check(year)
            self.assertTrue(income["total_kind"])

    def test_a_year_of_an_association(self):
        self.post("2024-01-10", ("512100", 5000), ("102400", -5000))
        self.post("2024-02-01", ("512100", 300), ("756100", -300))
        self.post("2024-03-01", ("441000", 10000), ("741000", -10000))
        self.post("2024-04-01", ("512100", 10000), ("441000", -10000))
        self.post("2024-05-01", ("218300", 2400), ("404100", -2400))
        self.post("2024-06-30", ("641100", 6000), ("421000", -6000))
        self.post("2024-12-31", ("681120", 400), ("281800", -400))
        self.post("2024-12-31", ("689400", 3000), ("194000", -3000))
        self.post(
            "2024-12-31", ("864000", 900), ("875000", -900), journal=self.off_balance
        )
        assets, liabilities, income = self._check(2024)
        self.assertEqual(assets["other_tangible"].gross, 2400)
        self.assertEqual(assets["other_tangible"].depreciation, 400)
        self.assertEqual(assets["other_tangible"].net, 2000)
        self.assertEqual(assets["cash"].net, 15300)
        self.assertEqual(assets["total_assets"].net, 17300)
        self.assertEqual(liabilities["free_additional"], 5000)
        self.assertEqual(liabilities["dedicated"], 3000)
        self.assertEqual(liabilities["fixed_asset_debts"], 2400)
        self.assertEqual(liabilities["tax_social"], 6000)
        self.assertEqual(income["fees"], 300)
        self.assertEqual(income["subsidies"], 10000)
        self.assertEqual(income["dedicated_set"], 3000)
        self.assertEqual(income["depreciation"], 400)
        self.assertEqual(income["wages"], 6000)
        self.assertEqual(income["result"], 900)
        self.assertEqual(income["use_volunteers"], 900)
        # next year the surplus waits among the funds carried forward, then is put
        # into the reserve for the project
        self.assertEqual(self._check(2025)[1]["carried_forward"], 900)
        self.post("2025-05-20", ("120000", 900), ("106800", -900))
        self.post("2025-06-30", ("194000", 3000), ("789400", -3000))
        _assets, liabilities, income = self._check(2025)
        self.assertFalse(liabilities["carried_forward"])
        self.assertEqual(liabilities["reserves_project"], 900)
        self.assertEqual(income["dedicated_used"], 3000)
        self.assertFalse(income["total_kind"])
        # and is not taken for a result of the year after
        self.assertEqual(self._check(2026)[1]["carried_forward"], 3000)

    def test_bequests_are_shown_net(self):
        self.post("2025-03-01", ("240000", 5000), ("754320", -5000))
        self.post("2025-06-01", ("512100", 4500), ("757100", -4500))
        self.post("2025-06-01", ("652100", 5000), ("240000", -5000))
        _assets, _liabilities, income = self._check(2025)
        self.assertEqual(income["bequests"], 4500)
        self.assertFalse(income["other_income"] or income["other_expense"])

    def test_what_is_wrong_is_shown(self):
        odd = self.env["account.account"].create(
            {"name": "Odd", "code": "900000", "account_type": "expense"}
        )
        self.accounts[odd.code] = odd
        self.post("2025-03-01", ("900000", 70), ("512100", -70))
        self.assertEqual(self._values("liabilities", 2025)["control"], 70)
        commitment = self.env["account.account"].create(
            {"name": "Commitment", "code": "801000", "account_type": "off_balance"}
        )
        self.accounts[commitment.code] = commitment
        self.post(
            "2025-03-01", ("864000", 70), ("801000", -70), journal=self.off_balance
        )
        self.assertEqual(self._values("income", 2025)["control"], 70)

    def _instances(self):
        instances = self.env["mis.report.instance"]
        for name in ("assets", "liabilities", "income"):
            instances |= self.env.ref(f"{MODULE}.instance_{name}")
        instances.date = "2025-12-31"
        return instances

    def test_columns(self):
        self.post("2024-02-01", ("512100", 300), ("756100", -300))
        self.post("2025-02-01", ("512100", 200), ("756100", -200))
        assets, _liabilities, income = self._instances()
        [cash] = (
            row
            for row in assets._compute_matrix().iter_rows()
            if row.kpi.name == "cash"
        )
        self.assertEqual(
            [cell.val for cell in cash.iter_cells()], [500, AccountingNone, 500, 300]
        )
        [fees] = (
            row
            for row in income._compute_matrix().iter_rows()
            if row.kpi.name == "fees"
        )
        self.assertEqual([cell.val for cell in fees.iter_cells()], [200, 300])

    def test_only_the_company_in_use(self):
        self.post("2025-02-01", ("512100", 300), ("756100", -300))
        other = self._create_company("Autre association", "fr_asso")
        self.env.user.company_ids |= other
        income = self._instances()[2]
        for company, fee in ((self.company, 300), (other, AccountingNone)):
            matrix = income.with_company(company)._compute_matrix()
            [fees] = (row for row in matrix.iter_rows() if row.kpi.name == "fees")
            self.assertEqual(next(iter(fees.iter_cells())).val, fee)

    def test_spreadsheet(self):
        self.post("2025-02-01", ("512100", 300), ("756100", -300))
        income = self._instances()[2].with_context(lang="fr_FR")
        book = try_xlsx_report(
            self.env.cr,
            self.env.uid,
            "mis_builder.mis_report_instance_xlsx",
            income.ids,
            context=dict(income.env.context),
        )
        rows = dict(book.active.iter_rows(max_col=2, values_only=True))
        self.assertEqual(rows["Cotisations"], 300)
        self.assertEqual(rows["Excédent ou déficit"], 300)

    def test_printed(self):
        instances = self._instances().with_context(lang="fr_FR")
        report = self.env.ref("mis_builder.qweb_pdf_export")
        html, kind = report.with_context(lang="fr_FR")._render_qweb_html(
            report.report_name, instances.ids
        )
        self.assertEqual(kind, "html")
        for label in ("Fonds dédiés", "Situation nette", "Bénévolat"):
            self.assertIn(label, html.decode())
