# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from .common_membership import TODAY, MembershipCommon

YEAR_2025 = (date(2025, 1, 1), date(2025, 12, 31))
YEAR_2026 = (date(2026, 1, 1), date(2026, 12, 31))


class TestDashboardMembers(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.board = cls.create_user("board")
        cls.before = cls.values()
        cls.faithful = cls.create_member("Fidèle", paid=[YEAR_2025, YEAR_2026])
        cls.gone = cls.create_member("Partie", paid=[YEAR_2025])
        cls.recent = cls.create_member("Nouvelle", cls.public, paid=[YEAR_2026])
        cls.applicant = cls.apply("Zoé Bêta")

    @classmethod
    def section(cls):
        sections = cls.env["tierslieux.dashboard"].with_user(cls.board).figures()
        return next(section for section in sections if section["key"] == "members")

    @classmethod
    def values(cls):
        return {figure["key"]: figure["value"] for figure in cls.section()["figures"]}

    def listed(self, model, domain):
        return self.env[model].with_user(self.board).search(domain)

    def test_figures(self):
        added = {key: value - self.before[key] for key, value in self.values().items()}
        self.assertEqual(added["on_roll"], 2)
        self.assertEqual(added["applied"], 1)
        self.assertEqual(added["renewal"], 2)

    def test_figures_open_what_they_counted(self):
        for figure in self.section()["figures"]:
            listed = self.listed(figure["model"], figure["domain"])
            value = (
                sum(listed.mapped("arrears"))
                if figure["key"] == "arrears"
                else len(listed)
            )
            self.assertEqual(value, figure["value"], figure["key"])

    def test_arrears(self):
        membership = self.applicant
        membership._decide("admission")
        invoice = membership._open_invoices()
        self.assertTrue(invoice)
        invoice.invoice_date_due = date(2026, 2, 1)
        membership._compute_amounts()
        added = self.values()["arrears"] - self.before["arrears"]
        self.assertEqual(added, invoice.amount_residual)
        self.assertGreater(added, 0)
        self.test_figures_open_what_they_counted()

    def test_points_open_what_they_counted(self):
        for chart in self.section()["charts"]:
            for series in chart["series"]:
                self.assertEqual(len(series["points"]), len(chart["labels"]))
                for point in series["points"][::6] + series["points"][-1:]:
                    listed = self.listed(chart["model"], point["domain"])
                    self.assertEqual(len(listed), point["values"]["count"])

    def test_evolution(self):
        chart = self.section()["charts"][1]
        self.assertEqual(len(chart["labels"]), 25)
        self.assertIn("2024", chart["labels"][0])
        venues = next(
            series
            for series in chart["series"]
            if series["label"] == self.venues.with_user(self.board).name
        )
        ends = [point["domain"][0][2] for point in venues["points"]]
        self.assertEqual(ends[-1], TODAY.isoformat())
        members = {
            end: self.listed("tierslieux.membership", point["domain"])
            for end, point in zip(ends, venues["points"], strict=True)
        }
        self.assertNotIn(self.faithful, members["2024-12-31"])
        self.assertIn(self.gone, members["2025-06-30"])
        self.assertNotIn(self.gone, members["2026-09-30"])
        self.assertIn(self.faithful, members["2026-09-30"])

    def test_roll_date_finds_the_roll(self):
        for day in (date(2025, 6, 30), date(2026, 2, 1), TODAY):
            found = self.memberships.search([("roll_date", "=", day)])
            roll = {
                row.membership_id for row in self.memberships.roll(day) if row.on_roll
            }
            self.assertEqual(set(found.ids), roll)

    def test_constant_number_of_queries(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.section()
            return self.env.cr.sql_log_count - before

        self.section()
        few = queries()
        for number in range(20):
            self.create_member(f"Membre {number}", paid=[YEAR_2026])
        self.assertEqual(queries(), few)
