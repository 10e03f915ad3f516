# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo.tests import HttpCase, tagged

from .common import BrandCommon


@tagged("post_install", "-at_install")
class TestPages(HttpCase, BrandCommon):
    def post(self, page, path, **values):
        token = re.search(r'csrf_token: "([^"]+)"', self.url_open(page).text).group(1)
        self.env.invalidate_all()
        return self.url_open(path, data={"csrf_token": token, **values})

    def test_guessed_numbers(self):
        licence = self.licensed()
        application = licence._application()
        line = application.self_assessment_id.line_ids[0]
        paper = line._evidence()
        asset = self.env["tierslieux.brand.asset"].create(
            {
                "brand_id": self.brand.id,
                "name": "Logo",
                "file_name": "logo.txt",
                "file": "bG9nbw==",
            }
        )
        stranger = self.create_user("venue_manager", "stranger")
        stranger.password = "stranger"
        pages = [
            f"/my/brand/{application.id}",
            f"/my/brand/{application.id}/progress.pdf",
            f"/my/brand/licence/{licence.id}",
            f"/my/brand/licence/{licence.id}/certificate.pdf",
            f"/my/brand/licence/{licence.id}/kit/{asset.id}",
            f"/my/brand/licence/{licence.id}/review",
            f"/my/brand/review/{application.id}",
            f"/my/brand/committee/{application.id}",
            f"/my/brand/committee/{application.id}/progress.pdf",
            f"/my/brand/evidence/{line.id}/{paper.id or 1}",
        ]
        self.authenticate("stranger", "stranger")
        for page in pages:
            with self.subTest(page):
                self.assertEqual(self.url_open(page).status_code, 404)
        self.authenticate(None, None)
        for page in pages:
            with self.subTest(page):
                self.assertIn("/web/login", self.url_open(page).url)
        self.authenticate("ada", "ada")
        self.assertEqual(self.url_open(pages[4]).content, b"logo")
        licence._record("suspension", motive="Sans réponse.")
        self.assertEqual(self.url_open(pages[4]).status_code, 404)

    def test_evidence_is_for_those_concerned(self):
        application = self.submitted_with_paper()
        line = application.self_assessment_id.line_ids[0]
        page = f"/my/brand/evidence/{line.id}/{line._evidence().id}"
        answers = {}
        for login in ("ada", "carl", "bob"):
            self.authenticate(login, login)
            answers[login] = self.url_open(page).status_code
            guessed = self.url_open(f"/web/content/{line._evidence().id}")
            self.assertNotEqual(guessed.content, b"Programme", login)
        self.assertEqual(answers, {"ada": 200, "carl": 200, "bob": 404})

    def submitted_with_paper(self):
        application = self.draft()
        line = application.self_assessment_id.line_ids[0]
        line._add_evidence("programme.txt", b"Programme")
        application._submit()
        return application

    def test_a_second_decider_is_told(self):
        application = self.reviewed()
        self.vote(application)
        page = f"/my/brand/committee/{application.id}"
        self.authenticate("dora", "dora")
        self.as_user(application, self.committee[0])._decide("Accordée par Carl.")
        answer = self.post("/my/brand", f"{page}/decide", motive="Refusée par Dora.")
        self.assertIn("Accordée par Carl.", answer.text)
        self.assertEqual(application.motive, "Accordée par Carl.")

    def test_rules_are_published_once_adopted(self):
        draft = self.rules.copy({"number": 8, "decision": "AG-2026-09"})
        draft.replaces_id = self.rules
        self.assertEqual(
            self.url_open(f"/marque/reglement/{draft.id}").status_code, 404
        )
        page = self.url_open(f"/marque/reglement/{self.rules.id}").text
        self.assertIn("AG-2026-01", page)
        draft.date_from = "2026-10-01"
        draft.action_adopt()
        page = self.url_open(f"/marque/reglement/{self.rules.id}").text
        self.assertIn("l’a remplacée", page)
        page = self.url_open(f"/marque/reglement/{draft.id}/differences")
        self.assertEqual(page.status_code, 200)

    def test_what_the_public_is_told(self):
        licence = self.licensed()
        page = self.url_open(f"/marque/verifier/{licence.code}")
        self.assertIn("Licence en cours", page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        licence._record("suspension", motive="Une affaire privée.")
        page = self.url_open(f"/marque/verifier/{licence.code}").text
        self.assertIn("Licence suspendue", page)
        self.assertNotIn("Une affaire privée", page)
        forged = "00000000000000" + "00"
        for text in (forged, "x" * 300, "<script>", "%00"):
            page = self.url_open(f"/marque/verifier/{text}")
            self.assertNotIn("Licence en cours", page.text)

    def test_constant_queries_at_20_and_2000(self):
        self.create_licence(self.venue)

        def queries():
            counts = []
            code = self.env["tierslieux.brand.licence"].search([], limit=1).code
            for path in ("/marque/registre", f"/marque/verifier/{code}"):
                for _turn in range(2):
                    before = self.env.cr.sql_log_count
                    self.assertEqual(self.url_open(path).status_code, 200)
                    found = self.env.cr.sql_log_count - before
                counts.append(found)
            return counts

        venues = self.venue.union(
            *(self.create_venue(f"Lieu {number}") for number in range(19))
        )
        self.create_licences(venues[1:])
        few = queries()
        self.create_licences(venues, times=99)
        self.env.flush_all()
        self.assertEqual(queries(), few)
