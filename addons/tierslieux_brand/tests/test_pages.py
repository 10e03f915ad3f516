# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
import re
from datetime import date

from odoo.tests import HttpCase, tagged

from odoo.addons.tierslieux_network.domain import public_code as codes

from .common import TODAY, BrandCommon


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

    def test_rules_adopted_for_a_later_day(self):
        mark = self.env["tierslieux.brand"].create({"name": "À venir", "code": "AVE"})
        later = self.rules.copy(
            {
                "brand_id": mark.id,
                "date_from": "2027-01-01",
                "decision": "AG-2026-09",
            }
        )
        later.action_adopt()
        page = self.url_open(f"/marque/reglement/{later.id}")
        self.assertEqual(page.status_code, 200)
        self.assertIn("1 janvier 2027", page.text)

    def test_what_the_public_is_told(self):
        licence = self.licensed()
        page = self.url_open(f"/marque/verifier/{licence.code}")
        self.assertIn("Licence en cours", page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        licence._record("suspension", motive="Une affaire privée.")
        page = self.url_open(f"/marque/verifier/{licence.code}").text
        self.assertIn("Licence suspendue", page)
        self.assertNotIn("Une affaire privée", page)
        other = "1" if licence.code[3] == "0" else "0"
        altered = licence.code[:3] + other + licence.code[4:]
        for text in (altered, licence.code[:-1], "x" * 300, "<script>", "%00"):
            page = self.url_open(f"/marque/verifier/{text}")
            self.assertIn("Ce code n’est pas bon", page.text)
        forged = codes.draw(random.Random(7).choice)
        page = self.url_open(f"/marque/verifier/{forged}").text
        self.assertIn("Cette licence n’existe pas", page)
        for kind, end, words in (
            ("withdrawal", date(2029, 1, 1), "Licence retirée"),
            ("grant", date(2026, 10, 19), "Licence expirée"),
        ):
            other = self.create_licence(self.venue, date(2026, 1, 1), end)
            if kind == "withdrawal":
                other.event_ids.create(
                    {
                        "licence_id": other.id,
                        "kind": kind,
                        "date": TODAY,
                        "motive": "Une affaire privée.",
                    }
                )
            page = self.url_open(f"/marque/verifier/{other.code}").text
            self.assertIn(words, page)
            self.assertNotIn("Une affaire privée", page)

    def test_the_kit_opens_with_a_licence_in_force_alone(self):
        asset = self.env["tierslieux.brand.asset"].create(
            {
                "brand_id": self.brand.id,
                "name": "Logo",
                "file_name": "logo.txt",
                "file": "bG9nbw==",
            }
        )
        event = {"licence_id": 0, "date": TODAY, "motive": "Essai."}
        licences = {
            state: self.create_licence(self.venue)
            for state in ("valid", "suspended", "withdrawn")
        }
        for state, kind in (("suspended", "suspension"), ("withdrawn", "withdrawal")):
            self.env["tierslieux.brand.licence.event"].create(
                {**event, "licence_id": licences[state].id, "kind": kind}
            )
        licences["expired"] = self.create_licence(
            self.venue, start=date(2023, 1, 1), end=date(2026, 1, 1)
        )
        licences["pending"] = self.create_licence(self.venue, start=date(2027, 1, 1))
        self.authenticate("ada", "ada")
        answers = {}
        for state, licence in licences.items():
            self.assertEqual(licence.state, state)
            kit = f"/my/brand/licence/{licence.id}/kit/{asset.id}"
            answers[state] = self.url_open(kit).status_code
            page = self.url_open(f"/my/brand/licence/{licence.id}").text
            self.assertEqual(kit in page, state == "valid", state)
        self.assertEqual(answers, {**dict.fromkeys(licences, 404), "valid": 200})

    def test_an_appeal_against_a_refusal(self):
        application = self.reviewed()
        self.vote(application, ("against", "against", "against"))
        self.as_user(application, self.committee[0])._decide("Trop tôt.")
        page = f"/my/brand/{application.id}"
        self.authenticate("bob", "bob")
        answer = self.post("/my/brand", f"{page}/appeal", motive="Pour eux.")
        self.assertEqual(answer.status_code, 404)
        self.authenticate("ada", "ada")
        self.assertIn(f"{page}/appeal", self.url_open(page).text)
        answer = self.post(page, f"{page}/appeal", motive="Nous sommes ouverts.")
        self.assertIn("Nous sommes ouverts.", answer.text)
        self.assertNotIn(f"{page}/appeal", answer.text)
        self.authenticate("carl", "carl")
        page = self.url_open(f"/my/brand/committee/{application.id}").text
        self.assertIn("Nous sommes ouverts.", page)
        self.assertIn("Trop tôt.", page)

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
