# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import datetime

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import PNG, TrainingCommon
from .test_training import AFTER, MORNING

DRAWN = f"data:image/png;base64,{PNG}"


@tagged("post_install", "-at_install")
class TestPages(HttpCase, TrainingCommon):
    def post(self, page, path, **values):
        token = re.search(r'csrf_token: "([^"]+)"', self.url_open(page).text).group(1)
        self.env.invalidate_all()
        return self.url_open(path, data={"csrf_token": token, **values})

    def test_public_pages(self):
        hidden = self.create_programme(name="Brouillon", is_published=False)
        page = self.url_open("/formations").text
        self.assertIn("Ouvrir un tiers-lieu", page)
        self.assertNotIn("Brouillon", page)
        answer = self.url_open(self.programme._page_url())
        self.assertIn(f"/formations/session/{self.event.id}", answer.text)
        self.assertEqual(self.url_open(hidden._page_url()).status_code, 404)
        self.assertIn(
            "Ouvrir un tiers-lieu", self.url_open("/agenda?month=2026-11").text
        )
        self.assertNotIn(
            "Ouvrir un tiers-lieu", self.url_open("/agenda?month=2026-12").text
        )
        for month in ("2026-99", "abc", "1900-01", "9999-12"):
            self.assertEqual(self.url_open(f"/agenda?month={month}").status_code, 200)
        answer = self.url_open("/agenda.ics")
        self.assertIn("text/calendar", answer.headers["Content-Type"])
        self.assertIn("DTSTART:20261103T080000Z", answer.text)
        self.assertIn("DTSTART:20261103T130000Z", answer.text)

    def test_enrol_sign_attend(self):
        """A trainee enrols, signs the contract, signs with the code, and has the
        certificate."""
        self.authenticate("ada", "ada")
        path = f"/formations/session/{self.event.id}"
        answer = self.post(path, path, kind="individual")
        enrolment = self.event.enrolment_ids
        self.assertIn(f"/my/training/enrolment/{enrolment.id}", answer.url)
        self.post(
            answer.url, f"/my/training/enrolment/{enrolment.id}/sign", signature=DRAWN
        )
        self.assertTrue(enrolment.signed_at)
        registration = enrolment.registration_ids
        page = f"/my/training/{registration.id}"
        sign = f"{page}/half-day/{self.morning.id}"
        with freeze_time(MORNING):
            self.assertIn(sign, self.url_open(page).text)
            answer = self.post(sign, sign, code="WRONG1", signature=DRAWN)
            self.assertIn("alert-danger", answer.text)
            no_png = "data:text/plain;base64,eA=="
            answer = self.post(sign, sign, code=self.morning.code, signature=no_png)
            self.assertIn("alert-danger", answer.text)
            self.post(sign, sign, code=self.morning.code, signature=DRAWN)
        self.assertEqual(registration.attendance_ids.way, "code")
        with freeze_time(AFTER):
            registration._certify()
        paper = registration._certificate()
        answer = self.url_open(f"{page}/paper/{paper.id}.pdf")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertEqual(answer.status_code, 200)

    def test_an_organisation_enrols(self):
        self.authenticate("stranger", "stranger")
        path = f"/formations/session/{self.event.id}"
        self.assertRegex(self.url_open(path).text, "45[.,]50")
        known = {"name_1": "Béa", "email_1": "bea@example.org"}
        for typed in (
            {},
            # nobody is left out because half of a line is missing
            {**known, "email_2": "cyril@example.org"},
            {**known, "name_2": "Cyril"},
            {**known, "name_2": "Cyril", "email_2": "cyril"},
        ):
            answer = self.post(
                path, path, kind="organisation", organisation="Coop", **typed
            )
            self.assertIn("alert-danger", answer.text)
        self.assertFalse(self.event.enrolment_ids)
        self.post(
            path,
            path,
            kind="organisation",
            organisation="Coop",
            name_1="Béa",
            email_1="bea@example.org",
        )
        enrolment = self.event.enrolment_ids
        self.assertEqual(enrolment.payer_id.name, "Coop")
        self.assertEqual(enrolment.price, 45.5)

    def test_the_trainers_page(self):
        registration = self.enrol().registration_ids
        page = f"/my/teaching/{self.morning.id}"
        self.authenticate("theo", "theo")
        with freeze_time(MORNING):
            self.assertIn(self.morning.code, self.url_open(page).text)
            self.post(page, f"{page}/trainee/{registration.id}", signature=DRAWN)
            self.post(page, f"{page}/own", signature=DRAWN)
            line = registration.attendance_ids
            self.post(
                page, f"{page}/correct", line=line.id, minutes="150", reason="Départ"
            )
            # the same from a second tab, and half of a form
            answer = self.post(
                page, f"{page}/correct", line=line.id, minutes="60", reason="Départ"
            )
            [alert] = re.findall(r'role="alert">([^<]+)<', answer.text)
            self.assertIn(
                alert,
                ("This line is corrected already.", "Cette ligne est déjà corrigée."),
            )
            last = registration.attendance_ids - line
            answer = self.post(
                page, f"{page}/correct", line=last.id, minutes="", reason="Départ"
            )
            self.assertIn("alert-danger", answer.text)
            answer = self.post(page, f"{page}/typed")
            self.assertIn("alert-danger", answer.text)
        self.assertEqual(registration.training_hours, "2 h 30")
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "tierslieux_training.report_sheet", self.morning.ids
        )
        self.assertIn(line.signature.decode(), html.decode(), "what was signed stays")
        answer = self.url_open(f"{page}/sheet.pdf")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertEqual(answer.status_code, 200)

    def test_who_signs_for_a_partner(self):
        self.programme.partner_ids = [
            Command.create(
                {
                    "partner_id": self.venue.partner_id.id,
                    "contact_id": self.stranger.partner_id.id,
                    "minutes": 60,
                    "price": 50,
                }
            )
        ]
        self.event.action_training_contracts()
        paper = self.event.partner_paper_ids
        self.authenticate("stranger", "stranger")
        page = f"/my/training/contract/{paper.id}"
        self.assertIn(page, self.url_open("/my/training").text)
        self.assertIn(page, self.url_open("/my").text)
        self.assertIn("alert-danger", self.post(page, page).text)
        self.assertIn("alert-success", self.post(page, page, signature=DRAWN).text)
        self.assertEqual(paper._signatures().partner_id, self.stranger.partner_id)
        # signed once
        self.assertIn("alert-danger", self.post(page, page, signature=DRAWN).text)
        answer = self.url_open(f"{page}.pdf")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")

    def test_guessed_numbers(self):
        enrolment = self.enrol()
        registration = enrolment.registration_ids
        paper = enrolment._agreement()
        half_day = self.morning.id
        self.programme.partner_ids = [
            Command.create(
                {
                    "partner_id": self.venue.partner_id.id,
                    "contact_id": self.ada.partner_id.id,
                    "minutes": 60,
                }
            )
        ]
        self.event.action_training_contracts()
        contract = self.event.partner_paper_ids.id
        pages = [
            f"/my/training/contract/{contract}",
            f"/my/training/contract/{contract}.pdf",
            f"/my/training/{registration.id}",
            f"/my/training/{registration.id}/half-day/{half_day}",
            f"/my/training/{registration.id}/paper/{paper.id}.pdf",
            f"/my/training/enrolment/{enrolment.id}",
            f"/my/training/enrolment/{enrolment.id}/paper/{paper.id}.pdf",
            f"/my/teaching/{half_day}",
            f"/my/teaching/{half_day}/sheet.pdf",
            f"/my/teaching/{half_day}/trainee/{registration.id}",
        ]
        for login in ("stranger", "tess"):
            self.authenticate(login, login)
            for page in pages:
                with self.subTest(page, login=login):
                    self.assertEqual(self.url_open(page).status_code, 404)
            answer = self.post("/my", f"/my/training/enrolment/{enrolment.id}/withdraw")
            self.assertEqual(answer.status_code, 404)
            answer = self.post("/my", f"/my/teaching/{half_day}/own", signature=DRAWN)
            self.assertEqual(answer.status_code, 404)
        self.authenticate(None, None)
        for page in pages:
            with self.subTest(page):
                self.assertIn("/web/login", self.url_open(page).url)
        self.authenticate("theo", "theo")
        self.assertEqual(self.url_open(pages[0]).status_code, 404)
        # a paper of somebody else's enrolment
        self.authenticate("stranger", "stranger")
        other = self.enrol(self.stranger).registration_ids
        self.assertEqual(
            self.url_open(f"/my/training/{other.id}/paper/{paper.id}.pdf").status_code,
            404,
        )

    def queries(self, page):
        self.url_open(page)
        before = self.env.cr.sql_log_count
        self.assertEqual(self.url_open(page).status_code, 200)
        return self.env.cr.sql_log_count - before

    def test_pages_run_as_many_queries_at_two_sizes(self):
        self.enrol_organisation(("Béa",))
        self.enrol()
        with freeze_time(MORNING):
            self.tablet(self.morning, self.morning._trainees()[0])
        [sheet, mine] = [f"/my/teaching/{self.morning.id}", "/my/training"]
        public = ("/formations", self.programme._page_url(), "/agenda?month=2026-11")
        few = [self.queries(page) for page in public]
        few_csv = self.queries("/agenda.ics")
        self.authenticate("theo", "theo")
        few_sheet = self.queries(sheet)
        self.authenticate("ada", "ada")
        few_mine = self.queries(mine)
        for day in (6, 9, 10, 11, 12):
            self.enrol(event=self.create_session(day))
        for name in ("Cyril", "Dan", "Eve", "Flo", "Gus"):
            self.enrol_organisation((name,))
        with freeze_time(MORNING):
            for one in self.morning._trainees()[1:]:
                self.tablet(self.morning, one)
        self.assertEqual(self.queries(mine), few_mine)
        self.authenticate("theo", "theo")
        self.assertEqual(self.queries(sheet), few_sheet)
        self.authenticate(None, None)
        self.assertEqual([self.queries(page) for page in public], few)
        self.assertEqual(self.queries("/agenda.ics"), few_csv)

    def test_an_evaluation_is_open_to_its_trainee(self):
        registration = self.enrol().registration_ids
        with freeze_time(datetime(2026, 11, 3, 9)):
            self.tablet(self.morning, registration)
        evaluations = self.env["tierslieux.training.evaluation"]
        answer = evaluations._ask(registration, "spot").answer_id
        self.authenticate(None, None)
        self.assertEqual(self.url_open(answer.get_start_url()).status_code, 200)
        answer._mark_done()
        page = self.url_open(answer.get_start_url())
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("/survey/retry/", page.text, "answered once")
