# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import re
import zipfile

from odoo.fields import Command, Date
from odoo.tests import HttpCase, tagged

from .common_report import ReportCommon


@tagged("post_install", "-at_install")
class TestReportPortal(ReportCommon, HttpCase):
    """A funder follows a figure to its lines, its entry and its receipt; nobody sees
    what is another's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spend_year()
        cls.add_annexes()
        cls.sale = cls.sell("Dominique Particulier")
        cls.award = cls.agreement.with_user(cls.treasurer)._post_award(
            Date.to_date("2026-01-15")
        )
        cls.report = cls.create_report()
        cls.report.action_freeze()
        cls.report._sign("Camille Roy", "présidente", "Lyon", "2027-02-01")
        cls.draft = cls.create_report()
        cls.stranger = cls.create_funder_user(cls.department, "test_other_funder")
        cls.member = cls.create_user("member", "test_report_member")

    @classmethod
    def sell(cls, name):
        """An invoice to a person, with its document."""
        sale = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.env["res.partner"].create({"name": name}).id,
                "invoice_date": "2026-07-03",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": f"Stage de {name}",
                            "price_unit": 45.67,
                            "account_id": cls.accounts["706000"].id,
                            "tax_ids": [Command.clear()],
                            "analytic_distribution": {
                                str(cls.action.analytic_account_id.id): 100
                            },
                        }
                    )
                ],
            }
        )
        sale.action_post()
        cls.sold = cls.env["ir.attachment"].create(
            {
                "name": f"{name}.pdf",
                "raw": b"%PDF-1.4 of somebody",
                "res_model": "account.move",
                "res_id": sale.id,
            }
        )
        return sale

    def page(self, path, login="test_funder", status=200):
        self.authenticate(login, login)
        answer = self.url_open(path)
        self.assertEqual(answer.status_code, status, path)
        return answer

    def test_from_a_figure_to_its_receipt(self):
        home = self.page("/my/funding").text
        self.assertIn(f"/my/funding/{self.agreement.id}", home)
        self.assertIn(f"/my/funding/report/{self.report.id}", home)
        self.assertNotIn(self.other_agreement.name, home)
        table = self.page(f"/my/funding/report/{self.report.id}").text
        self.assertIn(self.report.digest, table)
        self.assertIn("Camille Roy", table)
        links = set(re.findall(rf"/my/funding/report/{self.report.id}/line/\w+", table))
        shown = {row["code"] for row in self.report.content["table"] if row["actual"]}
        self.assertEqual({link.rsplit("/", 1)[-1] for link in links}, shown | {"shown"})
        lines = self.page(f"/my/funding/report/{self.report.id}/line/61a").text
        self.assertIn(self.rent.move_name, lines)
        receipts = set(
            re.findall(rf"/my/funding/report/{self.report.id}/document/J\d+", lines)
        )
        self.assertEqual(len(receipts), 1)
        receipt = self.page(receipts.pop())
        self.assertEqual(receipt.content, b"%PDF-1.4")
        self.assertEqual(receipt.headers["Content-Type"], "application/pdf")

    def test_every_figure_has_its_lines(self):
        for row in self.report.content["table"]:
            if not row["actual"]:
                continue
            values = self.report._portal_line(row["code"])
            lines = list(values["lines"])
            for page in range(2, values["pages"] + 1):
                lines += self.report._portal_line(row["code"], page)["lines"]
            self.assertEqual(
                sum(line["cost"] for line in lines), row["actual"], row["name"]
            )

    def test_the_grant_leads_to_its_entries_and_to_what_is_shown(self):
        base = f"/my/funding/report/{self.report.id}/line"
        grant = self.report._portal_line("74e")
        self.assertTrue(grant["grant"])
        self.assertIn("80 % de 2\xa0550,55", grant["content"]["grant"]["sentence"])
        self.assertEqual(
            {entry["entry"] for entry in grant["content"]["entries"]},
            {self.award.move_id.name},
        )
        self.assertIn(self.award.move_id.name, self.page(f"{base}/74e").text)
        shown = self.report._portal_line("shown")
        self.assertEqual(
            sum(line["base"] for line in shown["lines"]), shown["row"]["actual"]
        )
        self.assertEqual(shown["row"]["actual"], self.report.content["grant"]["shown"])
        self.assertIn(self.rent.move_name, self.page(f"{base}/shown").text)

    def test_what_is_of_others_stays_with_the_association(self):
        """A sale is read by its amount, its entry and initials: no page, no file and no
        guessed number gives its document or the name."""
        base = f"/my/funding/report/{self.report.id}"
        page = self.page(f"{base}/line/70").text
        self.assertIn(self.sale.name, page)
        self.assertRegex(page, r"45[.,]67")
        self.assertIn("D. P.", page)
        self.assertIn("tl-held", page)
        for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL):
            # a cell that has nothing to say is there still
            self.assertEqual(len(re.findall(r"<t[dh][ >]", row)), 9, row)
        self.assertNotIn("/document/", page)
        texts = [page, str(self.report.with_user(self.funder_user).content)]
        for path in (base, f"{base}.pdf", f"{base}/line/own"):
            texts.append(self.page(path).text)
        for extension in ("xlsx", "zip"):
            with zipfile.ZipFile(
                io.BytesIO(self.page(f"{base}.{extension}").content)
            ) as files:
                texts += [
                    *files.namelist(),
                    *(str(files.read(n)) for n in files.namelist()),
                ]
        for text in texts:
            self.assertNotIn("Dominique", text)
            self.assertNotIn("of somebody", text)
        numbers = {one["number"] for one in self.report.content["annexes"]}
        self.assertEqual(numbers, {"J001", "J002", "J003", "A01", "A02"})
        for number in ("J004", "J000", "A03"):
            self.page(f"{base}/document/{number}", status=404)
        self.authenticate("test_funder", "test_funder")
        for path in (
            f"/web/content/{self.sold.id}",
            f"/web/content/account.move/{self.sale.id}/invoice_pdf_report_file",
            f"/my/invoices/{self.sale.id}",
        ):
            answer = self.url_open(path, allow_redirects=False)
            self.assertIn(answer.status_code, (303, 403, 404), path)
            self.assertNotIn("Dominique", answer.text)

    def test_files(self):
        base = f"/my/funding/report/{self.report.id}"
        self.assertEqual(self.page(f"{base}.xlsx").content[:2], b"PK")
        self.assertTrue(self.page(f"{base}.pdf").content)
        archive = self.page(f"{base}.zip")
        self.assertEqual(archive.headers["Content-Type"], "application/zip")
        with zipfile.ZipFile(io.BytesIO(archive.content)) as files:
            self.assertIn("annexes/A01 report.pdf", files.namelist())

    def test_agreement(self):
        page = self.page(f"/my/funding/{self.agreement.id}").text
        document = self.agreement._portal_documents()[0]
        path = f"/my/funding/{self.agreement.id}/document/{document.id}"
        self.assertIn(path, page)
        self.assertTrue(self.page(path).content.startswith(b"%PDF"))
        document.funder_visible = False
        self.page(path, status=404)

    def paths(self):
        base = f"/my/funding/report/{self.report.id}"
        return [
            f"/my/funding/{self.agreement.id}",
            f"/my/funding/{self.agreement.id}/document/"
            f"{self.agreement._portal_documents()[0].id}",
            base,
            f"{base}/line/61a",
            f"{base}/document/J001",
            f"{base}.pdf",
            f"{base}.xlsx",
            f"{base}.zip",
        ]

    def test_guessed_numbers(self):
        """Another funder and a member find nothing, a draft is nobody's page."""
        for path in self.paths():
            self.page(path, "test_other_funder", 404)
            self.page(path, "test_report_member", 404)
            self.page(path.replace(str(self.report.id), "99999999"), status=404) if (
                "report" in path
            ) else None
        base = f"/my/funding/report/{self.report.id}"
        for path in (
            f"/my/funding/report/{self.draft.id}",
            f"/my/funding/report/{self.draft.id}.xlsx",
            f"{base}/line/99",
            f"{base}/document/J999",
        ):
            self.page(path, status=404)
        self.assertNotIn(
            self.agreement.name, self.page("/my/funding", "test_other_funder").text
        )

    def test_without_login(self):
        for path in self.paths():
            answer = self.url_open(path, allow_redirects=False)
            self.assertEqual(answer.status_code, 303, path)

    def test_office_reads_the_same(self):
        self.page(f"/my/funding/report/{self.report.id}.xlsx", "test_treasurer")
        self.page(f"/my/funding/report/{self.report.id}", "test_board")

    def test_queries_do_not_grow(self):
        """The list of agreements asks as many questions for thirty as for three."""

        def count():
            agreements = self.env["tierslieux.funding.agreement"].with_user(
                self.funder_user
            )
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            cards = agreements.search([])._portal_cards()
            return len(cards), self.cr.sql_log_count - before

        count()
        few, queries = count()
        for rank in range(20):
            agreement = self.create_agreement(f"Aide {rank}")
            agreement.state = "signed"
        count()
        many, more = count()
        self.assertEqual(many, few + 20)
        self.assertLessEqual(more, queries + 1)
