# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError

from .common import NetworkCommon


class TestDashboard(NetworkCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["tierslieux.venue"].search([]).active = False
        (cls.venue | cls.other_venue).active = True
        cls.venue.write({"surface": 120, "capacity": 30, "has_cafe": True})
        cls.other_venue.surface = 80
        cls.create_communes_and_venues(1, 13)
        cls.board = cls.create_user("board")

    @classmethod
    def create_communes_and_venues(cls, first, last):
        """One open venue in each of some communes, more than the chart shows."""
        communes = cls.env["tierslieux.commune"].create(
            [
                {"name": f"Commune {code:02d}", "insee_code": f"97{code:03d}"}
                for code in range(first, last)
            ]
        )
        for commune in communes:
            cls.create_venue(
                f"Lieu de {commune.name}",
                commune_id=commune.id,
                state="open",
                surface=10,
                participatory_governance=True,
                service_ids=cls.env.ref("tierslieux_network.service_coworking"),
                category_id=cls.fablab.id,
            )

    def sections(self):
        sections = self.env["tierslieux.dashboard"].with_user(self.board).figures()
        return {section["key"]: section for section in sections}

    def figures(self, section):
        return {figure["key"]: figure for figure in self.sections()[section]["figures"]}

    def listed(self, model, domain):
        return self.env[model].with_user(self.board).search(domain)

    def test_census_figures(self):
        figures = self.figures("census")
        values = {key: figure["value"] for key, figure in figures.items()}
        self.assertEqual(values["open"], 13)
        self.assertEqual(values["project"], 1)
        self.assertEqual(values["surface"], 240)
        self.assertEqual(values["capacity"], 30)
        self.assertEqual(values["coworking"], 1)
        self.assertAlmostEqual(values["cafe"], 1 / 13)
        self.assertAlmostEqual(values["governance"], 12 / 13)

    def test_each_figure_opens_what_it_counted(self):
        figures = self.figures("census")
        for key in ("open", "project"):
            figure = figures[key]
            listed = self.listed(figure["model"], figure["domain"])
            self.assertEqual(len(listed), figure["value"], key)
        for key in ("coworking", "cafe", "governance"):
            figure = figures[key]
            listed = self.listed(figure["model"], figure["domain"])
            self.assertAlmostEqual(len(listed) / 13, figure["value"], msg=key)
        for key in ("surface", "capacity"):
            listed = self.listed(figures[key]["model"], figures[key]["domain"])
            self.assertEqual(sum(listed.mapped(key)), figures[key]["value"])

    def test_each_point_opens_what_it_counted(self):
        points = 0
        for section in self.sections().values():
            for chart in section["charts"]:
                for series in chart["series"]:
                    self.assertEqual(len(series["points"]), len(chart["labels"]))
                    for label, point in zip(
                        chart["labels"], series["points"], strict=True
                    ):
                        listed = self.listed(chart["model"], point["domain"])
                        self.assertEqual(
                            len(listed), point["values"]["count"], (chart["key"], label)
                        )
                        points += 1
        self.assertGreater(points, 20)

    def test_surfaces_of_the_charts(self):
        for chart in self.sections()["census"]["charts"]:
            surface = sum(
                point["values"]["surface"]
                for series in chart["series"]
                for point in series["points"]
            )
            self.assertEqual(surface, 120 + 80 + 12 * 10, chart["key"])

    def test_small_communes_share_a_line(self):
        charts = {chart["key"]: chart for chart in self.sections()["census"]["charts"]}
        labels = charts["commune"]["labels"]
        self.assertEqual(labels[0], "Lyon")
        self.assertEqual(len(labels), 11)
        self.venue.commune_id = False
        elsewhere = self.sections()["census"]["charts"][2]["series"][0]["points"][-1]
        # two small communes beyond the ten shown, and the venue nowhere
        self.assertEqual(elsewhere["values"]["count"], 3)

    def test_no_venue(self):
        self.env["tierslieux.venue"].search([]).active = False
        figures = self.figures("census")
        self.assertEqual({figure["value"] for figure in figures.values()}, {0})

    def test_constant_number_of_queries(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.sections()
            return self.env.cr.sql_log_count - before

        # the first call after a write reads the user again
        _first, few = queries(), queries()
        self.create_communes_and_venues(13, 53)
        _first, many = queries(), queries()
        self.assertEqual(many, few)
        self.assertLess(few, 25)

    def test_for_the_board_and_the_treasurer_only(self):
        self.env["tierslieux.dashboard"].with_user(
            self.create_user("treasurer")
        ).figures()
        for group in ("member", "funder", "venue_manager", "facilitator"):
            user = self.create_user(group)
            with self.assertRaises(AccessError):
                self.env["tierslieux.dashboard"].with_user(user).figures()
