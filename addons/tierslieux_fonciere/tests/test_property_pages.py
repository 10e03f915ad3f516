# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import FonciereCommon


@tagged("post_install", "-at_install")
class TestPropertyPages(HttpCase, FonciereCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.property.is_published = True
        cls.under_way(cls.issue)

    @classmethod
    def under_way(cls, issue, days=30):
        issue.write(
            {
                "state": "open",
                "date_from": cls.today - timedelta(days=1),
                "date_to": cls.today + timedelta(days=days),
            }
        )

    def test_issues_under_way_come_first(self):
        quiet, soon = self.env["tierslieux.property"].create(
            [
                {
                    "name": name,
                    "sequence": sequence,
                    "company_id": self.company.id,
                    "is_published": True,
                }
                for name, sequence in (("Sans levée", 1), ("Bientôt close", 90))
            ]
        )
        self.under_way(self.create_issue(property_id=soon.id), days=2)
        ours = (quiet | soon | self.property).ids
        cards = self.env["tierslieux.property"]._cards()
        names = [card["name"] for card in cards if card["id"] in ours]
        self.assertEqual(names, ["Bientôt close", "Les Ateliers", "Sans levée"])

    def test_only_what_is_published(self):
        page = self.url_open(self.property.website_url)
        self.assertIn("Les Ateliers", page.text)
        self.assertIn("Première campagne", page.text)
        self.property.is_published = False
        for path in ("", "/conditions"):
            answer = self.url_open(self.property.website_url + path)
            self.assertEqual(answer.status_code, 404)
        self.assertNotIn("Les Ateliers", self.url_open("/foncieres").text)

    def test_an_issue_of_other_days_is_not_offered(self):
        for start, stop in ((-9, -1), (1, 9)):
            self.issue.write(
                {
                    "date_from": self.today + timedelta(days=start),
                    "date_to": self.today + timedelta(days=stop),
                }
            )
            self.assertFalse(self.property._issue_under_way())
        self.under_way(self.issue, days=0)
        self.assertEqual(self.property._issue_under_way(), self.issue)

    def test_public_papers_alone(self):
        papers = self.env["tierslieux.share.issue.document"].create(
            [
                {
                    "issue_id": self.issue.id,
                    "kind": "statutes",
                    "name": name,
                    "file": "JVBERi0xLjQK",
                    "is_public": is_public,
                }
                for name, is_public in (("Statuts.pdf", True), ("Note.pdf", False))
            ]
        )
        page = self.url_open(self.property.website_url).text
        self.assertIn("Statuts.pdf", page)
        self.assertNotIn("Note.pdf", page)
        answers = [self.url_open(f"/foncieres/document/{paper.id}") for paper in papers]
        self.assertEqual(answers[0].content, b"%PDF-1.4\n")
        self.assertEqual(answers[1].status_code, 404)

    def test_money_is_on_one_scale(self):
        self.property.write(
            {
                "cost_ids": [
                    (0, 0, {"name": "Achat", "kind": "purchase", "amount": 600}),
                    (0, 0, {"name": "Toit", "kind": "works", "amount": 200}),
                ],
                "financing_ids": [
                    (
                        0,
                        0,
                        {
                            "name": kind,
                            "kind": kind,
                            "amount_planned": planned,
                            "amount_granted": granted,
                        },
                    )
                    for kind, planned, granted in (
                        ("loan", 500, 500),
                        ("grant", 300, 450),
                    )
                ],
            }
        )
        money = self.property._money()
        self.assertEqual([one["length"] for one in money["costs"]], [75.0, 25.0])
        by_kind = {one["kind"]: one for one in money["financing"]}
        self.assertEqual(by_kind["loan"]["length"], 62.5)
        # a grant larger than planned does not hide that shares are missing
        self.assertEqual(by_kind["grant"]["done"], 100.0)
        self.assertEqual(money["secured"], 800)

    def test_constant_queries(self):
        def queries(path):
            self.env.flush_all()
            self.assertEqual(self.url_open(path).status_code, 200)
            before = self.cr.sql_log_count
            self.url_open(path)
            return self.cr.sql_log_count - before

        def details(count):
            self.property.write(
                {
                    "work_ids": [(0, 0, {"name": "Travaux"})] * count,
                    "cost_ids": [(0, 0, {"name": "Coût", "amount": 9})] * count,
                    "financing_ids": [(0, 0, {"name": "Prêt", "amount_planned": 9})]
                    * count,
                }
            )

        details(1)
        paths = ("/foncieres", self.property.website_url)
        few = [queries(path) for path in paths]
        more = self.env["tierslieux.property"].create(
            [
                {
                    "name": f"Lieu {number}",
                    "company_id": self.company.id,
                    "is_published": True,
                }
                for number in range(20)
            ]
        )
        for one in more:
            self.under_way(self.create_issue(property_id=one.id))
        details(19)
        many = [queries(path) for path in paths]
        for path, before, after in zip(paths, few, many, strict=True):
            self.assertLessEqual(after, before, path)
