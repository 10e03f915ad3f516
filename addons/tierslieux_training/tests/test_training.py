# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from datetime import date, datetime

from freezegun import freeze_time
from psycopg2.errors import (
    CheckViolation,
    ExclusionViolation,
    IntegrityError,
    UniqueViolation,
)

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from odoo.tools.sql import constraint_definition

from ..domain import hours
from .common import PNG, TrainingCommon

MORNING = datetime(2026, 11, 3, 9)
AFTERNOON = datetime(2026, 11, 3, 14)
AFTER = datetime(2026, 11, 4, 9)


def read_minutes(words):
    """The minutes of ``3 h 30``."""
    whole, _h, rest = words.partition(" h")
    return int(whole) * 60 + int(rest or 0)


@tagged("post_install", "-at_install")
class TestTraining(TrainingCommon):
    def refused(self, error):
        self.enterContext(mute_logger("odoo.sql_db"))
        return self.assertRaises(error)

    def test_a_trainer_is_never_twice_at_once(self):
        self.assertTrue(
            constraint_definition(
                self.env.cr,
                "tierslieux_training_trainer",
                "tierslieux_training_trainer_one_at_once",
            )
        )
        self.create_session(day=3, trainer=self.other_trainer)
        with self.refused(ExclusionViolation), self.env.cr.savepoint():
            self.create_session(day=3)

    def test_moving_a_half_day_moves_its_trainers(self):
        later = self.create_session(day=4).half_day_ids[0]
        with self.refused(ExclusionViolation), self.env.cr.savepoint():
            later.write({"start": self.morning.start, "stop": self.morning.stop})
            self.env.flush_all()

    def test_a_session_is_where_it_begins(self):
        place = self.venue.partner_id
        self.event.address_id = self.event.company_id.partner_id
        self.morning.write({"start": self.morning.start})
        self.assertEqual(self.event.address_id, place)
        said = self.event.address_id = self.theo.partner_id
        self.morning.write({"start": self.morning.start})
        self.assertEqual(self.event.address_id, said)

    def test_enrolment_prepares_its_documents(self):
        enrolment = self.enrol()
        self.assertEqual(
            enrolment.paper_ids.mapped("kind"), ["agreement", "programme", "rules"]
        )
        self.assertEqual(enrolment.price, 30)
        self.assertEqual(enrolment.withdrawal_days, 14)
        [registration] = enrolment.registration_ids
        checklist = {line[0]: line for line in registration._checklist()}
        self.assertEqual(len(checklist), 5)
        agreement = enrolment._agreement()
        self.assertTrue(agreement._when("sent"))
        self.assertFalse(agreement._when("signed"))
        text = str(agreement.content)
        self.assertIn("7 h", text)
        self.assertEqual(agreement.digest, agreement._digest(agreement.content))
        enrolment.with_user(self.ada).sudo()._sign(PNG)
        self.assertTrue(agreement._when("signed"))
        with self.refused(UniqueViolation), self.env.cr.savepoint():
            enrolment.with_user(self.ada).sudo()._sign(PNG)

    def test_one_enrols_once_and_by_its_page(self):
        self.enrol()
        with self.assertRaises(UserError):
            self.enrol()
        with self.assertRaises(ValidationError):
            self.env["event.registration"].create(
                {"event_id": self.event.id, "name": "Par la petite porte"}
            )

    def test_seats_run_out(self):
        self.event.seats_max = 2
        self.enrol()
        with self.assertRaisesRegex(UserError, "left in this session: 1"):
            self.enrol_organisation()
        self.enrol(self.stranger)
        with self.assertRaisesRegex(UserError, "no seat left"):
            self.enrol(self.other_trainer)

    def test_withdrawal(self):
        enrolment = self.enrol()
        mine = enrolment.with_user(self.ada).sudo()
        with self.assertRaises(AccessError):
            enrolment.with_user(self.stranger).sudo()._withdraw()
        mine._sign(PNG)
        self.assertEqual(mine._withdraw_until(), date(2026, 11, 3))
        with freeze_time("2026-11-05"), self.assertRaises(UserError):
            mine._withdraw()
        self.assertTrue(mine._may_give_up())
        mine._withdraw()
        self.assertFalse(mine._may_give_up())
        with self.assertRaises(UserError):
            mine._withdraw()
        self.assertEqual(enrolment.registration_ids.state, "cancel")
        self.assertTrue(self.enrol())

    def test_signing_by_code(self):
        registration = self.enrol().registration_ids
        mine = self.page(self.morning, self.ada)
        with self.assertRaises(UserError):
            mine._sign_by_code(registration, self.morning.code, PNG)
        with freeze_time(MORNING):
            for code, drawing in (("XXXXXX", PNG), (self.morning.code, None)):
                with self.assertRaises(UserError):
                    mine._sign_by_code(registration, code, drawing)
            with self.assertRaises(AccessError):
                self.page(self.morning, self.stranger)._sign_by_code(
                    registration, self.morning.code, PNG
                )
            line = mine._sign_by_code(registration, self.morning.code.lower(), PNG)
        self.assertEqual(
            (line.minutes, line.way, line.user_id), (210, "code", self.ada)
        )

    def test_the_tablet_is_the_trainers(self):
        registration = self.enrol().registration_ids
        with freeze_time(MORNING):
            with self.assertRaises(AccessError):
                self.page(self.morning, self.other_trainer)._sign_on_tablet(
                    registration, PNG
                )
            self.tablet(self.morning, registration)
            with self.refused(UniqueViolation), self.env.cr.savepoint():
                self.tablet(self.morning, registration)
            self.page(self.morning, self.theo)._sign_trainer(PNG)
        trainees, trainers = self.morning._sheet()
        present = [line.minutes for _who, line in trainees + trainers]
        self.assertEqual(present, [210, 210])

    def test_nobody_rewrites_attendance(self):
        registration = self.enrol().registration_ids
        with freeze_time(MORNING):
            line = self.tablet(self.morning, registration)
        for act in (lambda: line.write({"reason": "Autre"}), line.unlink):
            with self.refused(IntegrityError), self.env.cr.savepoint():
                act()
                self.env.flush_all()
        with self.assertRaises(UserError):
            self.morning.stop = datetime(2026, 11, 3, 12)

    def test_partial_presence_says_why(self):
        registration = self.enrol().registration_ids
        mine = self.page(self.morning, self.theo)
        with freeze_time(AFTER):
            with self.assertRaises(ValidationError):
                mine._type_in([(registration, 120, None)])
            with self.refused(CheckViolation), self.env.cr.savepoint():
                mine._type_in([(registration, 100, "Retard")])
            with self.assertRaises(ValidationError):
                mine._type_in([(registration, 225, None)])
            mine._type_in([(registration, 120, "Retard de train")])
        self.assertEqual(registration.training_hours, "2 h")

    def attended(self, enrolment):
        for half_day, moment in (
            (self.morning, MORNING),
            (self.afternoon, AFTERNOON),
        ):
            with freeze_time(moment):
                for registration in enrolment.registration_ids:
                    self.tablet(half_day, registration)

    def test_a_certificate_is_frozen_and_a_correction_is_a_new_version(self):
        enrolment = self.enrol()
        registration = enrolment.registration_ids
        with self.assertRaises(UserError):
            registration._certify()
        self.attended(enrolment)
        with freeze_time(AFTER):
            first = registration._certify()
            self.assertEqual(registration._certify(), first)
            self.assertEqual((first.version, first.minutes), (1, 420))
            line = registration.attendance_ids[0]
            self.page(line, self.theo)._correct(180, "Partie plus tôt")
            with self.assertRaises(UserError):
                self.page(line, self.theo)._correct(150, "Encore")
            again = line.corrected_ids.copy_data({"minutes": 150})
            with self.refused(UniqueViolation), self.env.cr.savepoint():
                line.create(again)
        second = registration._certificate()
        self.assertEqual((second.version, second.minutes), (2, 390))
        self.assertEqual(second.previous_id, first)
        self.assertIn("6 h 30", str(second.content))
        self.assertIn(second, registration._papers())
        self.assertNotIn(first, registration._papers())
        with self.refused(IntegrityError), self.env.cr.savepoint():
            first.digest = "x"
            self.env.flush_all()

    def test_an_invoice_waits_for_the_end_of_the_delay(self):
        enrolment = self.enrol()
        with freeze_time(MORNING):
            enrolment.with_user(self.ada).sudo()._sign(PNG)
        self.attended(enrolment)
        office = enrolment.with_user(self.treasurer)
        with self.assertRaises(AccessError):
            enrolment.with_user(self.create_user("board")).action_invoice()
        with freeze_time(AFTER), self.assertRaises(UserError):
            office.action_invoice()
        with freeze_time("2026-11-20"):
            office.action_invoice()
            self.assertFalse(office._invoice())
        [line] = enrolment.move_ids.invoice_line_ids
        self.assertEqual((line.quantity, line.price_unit), (7, 30))
        self.assertEqual(enrolment.move_ids.state, "posted")

    def test_hours_are_the_same_on_sheet_certificate_and_invoices(self):
        """Whoever was absent, late or left early, whichever half-day is cancelled, and
        whatever is corrected after the invoice and the certificate; by the hour and at
        a flat price."""
        seed = random.Random(8)
        later = self.plan_half_day(4)
        flat = self.enrol()
        flat.basis, flat.price = "flat", 315
        enrolments = flat | self.enrol_organisation(("Béa", "Cyril", "Dan", "Eve"))
        self.env.company.training_vat_exempt = True
        office = enrolments.with_user(self.treasurer)
        trainees = enrolments.registration_ids
        later.cancel_reason = "Le formateur est malade."
        later.action_cancel()
        with freeze_time(AFTER):
            for half_day in self.event._held_half_days():
                self.page(half_day, self.theo)._type_in(
                    [
                        (one, seed.randrange(0, 211, 15), "Retard")
                        for one in trainees
                        if one.name != "Béa" or half_day != self.morning
                    ]
                )
            for _round in range(4):
                self.event.with_user(self.treasurer).action_training_certify()
                office._invoice()
                self.assert_same_hours(enrolments)
                for line in trainees.attendance_ids._that_count():
                    if seed.random() < 0.6:
                        self.page(line, self.theo)._correct(
                            seed.choice((0, 210, *range(15, 210, 15))),
                            "Relecture de la feuille",
                        )
        self.assertIn("out_refund", enrolments.move_ids.mapped("move_type"))

    def plan_half_day(self, day):
        return self.env["tierslieux.training.half.day"].create(
            {
                "event_id": self.event.id,
                "venue_id": self.venue.id,
                "start": datetime(2026, 11, day, 8),
                "stop": datetime(2026, 11, day, 11, 30),
                "trainer_ids": [(0, 0, {"user_id": self.theo.id})],
            }
        )

    def assert_same_hours(self, enrolments):
        """As they are printed: added up from the words of the three documents."""
        self.env.invalidate_all()
        for trainee in enrolments.registration_ids:
            sheet = sum(
                read_minutes(line._shown_minutes())
                for half_day in self.event.half_day_ids
                for who, line in half_day._sheet()[0]
                if who == trainee and line
            )
            who, _session, _evidence = (
                trainee._certificate().content["sections"]
                if trainee._certificate()
                else ({"paragraphs": ["", "0 h"]}, {"rows": [[]]}, None)
            )
            certified = read_minutes(who["paragraphs"][-1])
            by_half_day = [read_minutes(row[-1]) for row in _session["rows"][1:]]
            lines = trainee.training_line_ids
            signs = [
                -1 if line.move_id.move_type == "out_refund" else 1 for line in lines
            ]
            billed = sum(
                sign * read_minutes(line.name.rpartition(", ")[2])
                for line, sign in zip(lines, signs, strict=True)
            )
            self.assertEqual((certified, billed), (sheet, sheet))
            self.assertEqual(sum(by_half_day), sheet)
            money = sum(-line.balance for line in lines)
            enrolment = trainee.enrolment_id
            due = hours.amount(enrolment.basis, enrolment.price, sheet, 630)
            self.assertAlmostEqual(money, float(due), delta=0.05)
            if enrolment.basis == "hour":
                quantity = sum(
                    sign * line.quantity
                    for line, sign in zip(lines, signs, strict=True)
                )
                self.assertEqual(quantity * 60, sheet)

    def test_the_office_opens_its_forms(self):
        """The board does not read invoices, and has the rest of an enrolment."""
        enrolment = self.enrol()
        for user in (self.treasurer, self.create_user("board")):
            with Form(enrolment.with_user(user)) as form:
                self.assertEqual(form.number, enrolment.number)
            with Form(self.event.with_user(user)) as form:
                self.assertEqual(len(form.half_day_ids), 2)

    def test_a_cancelled_half_day(self):
        """Nobody signs it; trainer and dates are free; the trainees are told."""
        later = self.plan_half_day(4)
        enrolment = self.enrol()
        registration = enrolment.registration_ids
        self.assertEqual(enrolment.planned_minutes, 630)
        self.assertEqual(self.event.date_end, later.stop)
        with self.assertRaises(UserError):
            later.unlink()
        with self.assertRaises(UserError):
            later.action_cancel()
        later.cancel_reason = "Le formateur est malade."
        with self.assertRaises(AccessError):
            later.with_user(self.treasurer).action_cancel()
        later.with_user(self.create_user("board")).action_cancel()
        self.env.flush_all()
        self.assertEqual(self.event.date_end, self.afternoon.stop)
        [told] = self.letters(self.event)
        self.assertIn("malade", told.body)
        self.assertEqual(told.notified_partner_ids, self.ada.partner_id)
        self.assertEqual(self.event._training_minutes(), 420)
        self.assertNotIn("20261104", self.event._agenda_ics())
        other = self.create_session(day=4, trainer=self.theo)
        self.assertTrue(other.half_day_ids.trainer_ids)
        with freeze_time("2026-11-04 09:00"):
            for act in (
                lambda: self.tablet(later, registration),
                lambda: self.page(later, self.theo)._type_in([(registration, 210, "")]),
                lambda: self.page(later, self.theo)._sign_trainer(PNG),
            ):
                with self.assertRaisesRegex(UserError, "malade"):
                    act()
        with freeze_time(MORNING):
            self.tablet(self.morning, registration)
        self.morning.cancel_reason = "Trop tard"
        with self.assertRaises(UserError):
            self.morning.action_cancel()

    def letters(self, record):
        return self.env["mail.message"].search(
            [
                ("model", "=", record._name),
                ("res_id", "=", record.id),
                ("message_type", "=", "user_notification"),
            ],
            order="id",
        )

    def test_letters_bring_the_documents(self):
        enrolment = self.enrol()
        registration = enrolment.registration_ids
        enrolment.with_user(self.ada).sudo()._sign(PNG)
        registration.action_convoke()
        with self.assertRaisesRegex(UserError, "sent today"):
            registration.action_convoke()
        self.attended(enrolment)
        with freeze_time(AFTER):
            with self.assertRaisesRegex(UserError, "is over"):
                registration.action_convoke()
            said = self.event.action_training_certify()
            again = self.event.action_training_certify()
        self.assertIn(registration.name, said["params"]["message"])
        self.assertNotIn(registration.name, again["params"]["message"])
        letters = self.letters(enrolment)
        self.assertEqual(
            [
                [name.partition(" · ")[0] for name in one.attachment_ids.mapped("name")]
                for one in letters
            ],
            [
                ["Contrat de formation professionnelle"],
                ["Programme", "Règlement intérieur"],
                ["Contrat de formation professionnelle"],
                ["Convocation"],
                ["Certificat de réalisation"],
            ],
        )
        self.assertIn("Signé", letters[2].subject)
        self.assertTrue(all(letters.attachment_ids.mapped("raw")))
        for letter in letters:
            self.assertEqual(letter.notified_partner_ids, self.ada.partner_id)

    def share_with(self, partner, **values):
        self.programme.partner_ids = [
            (0, 0, {"partner_id": partner.id, "minutes": 105, "price": 60, **values})
        ]
        return self.programme.partner_ids

    def test_the_contract_of_a_partner(self):
        partner = self.env["res.partner"].create(
            {"name": "Coopérative d’usages", "is_company": True}
        )
        board = self.event.with_user(self.create_user("board"))
        with self.assertRaises(UserError):
            board.action_training_contracts()
        share = self.share_with(partner, contact_id=self.stranger.partner_id.id)
        self.assertEqual((share.share, share.amount), (0.25, 105))
        with self.assertRaises(AccessError):
            self.event.with_user(self.theo).action_training_contracts()
        board.action_training_contracts()
        [paper] = self.event.partner_paper_ids
        [letter] = self.letters(self.event)
        self.assertEqual(letter.notified_partner_ids, self.stranger.partner_id)
        self.assertTrue(letter.attachment_ids.raw)
        text = str(paper.content)
        for words in ("1 h 45", "25,0", "105,00", "60,00", "Coopérative d’usages"):
            self.assertIn(words, text)
        with self.assertRaisesRegex(UserError, "say this already"):
            board.action_training_contracts()
        share.price = 70
        board.action_training_contracts()
        second = self.event.partner_paper_ids - paper
        self.assertEqual((second.version, second.previous_id), (2, paper))
        mine = paper.with_user(self.stranger)._of_partner(self.stranger)
        self.assertEqual(mine, second)
        with self.assertRaises(AccessError):
            second.with_user(self.ada).sudo()._sign_contract(PNG)
        needs = self.env["tierslieux.home"].with_user(self.stranger)._trainee_needs()
        self.assertIn("partner_contracts", [need["key"] for need in needs])
        mine._sign_contract(PNG)
        self.assertTrue(second.signed_at)
        needs = self.env["tierslieux.home"].with_user(self.stranger)._trainee_needs()
        self.assertNotIn("partner_contracts", [need["key"] for need in needs])
        with self.refused(CheckViolation), self.env.cr.savepoint():
            paper.copy({"enrolment_id": self.enrol().id})

    def test_partners_share_no_more_than_the_hours(self):
        with self.assertRaises(ValidationError):
            self.programme.write(
                {
                    "partner_ids": [
                        (0, 0, {"partner_id": self.venue.partner_id.id, "minutes": 435})
                    ]
                }
            )

    def test_evaluations_are_asked_for_once(self):
        self.enrol_organisation()
        enrolment = self.enrol()
        self.attended(enrolment)
        evaluations = self.env["tierslieux.training.evaluation"]
        cron = self.env.ref("tierslieux_training.cron_evaluations")
        told = []
        for moment in (AFTER, AFTER, datetime(2027, 2, 5, 9), datetime(2027, 2, 6, 9)):
            with freeze_time(moment), self.enter_registry_test_mode():
                cron.method_direct_trigger()
            told.append(
                evaluations.search(
                    [("registration_id.event_id", "=", self.event.id)]
                ).mapped("moment")
            )
        self.assertEqual(
            told, [["spot"], ["spot"], ["spot", "later"], ["spot", "later"]]
        )
        self.assertEqual(
            enrolment.registration_ids.training_evaluation_ids.answer_id.partner_id,
            self.ada.partner_id,
        )

    def test_documents_print(self):
        enrolment = self.enrol()
        registration = enrolment.registration_ids
        enrolment.with_user(self.ada).sudo()._sign(PNG)
        registration.action_convoke()
        self.attended(enrolment)
        with freeze_time(AFTER):
            registration._certify()
        reports = self.env["ir.actions.report"]
        for report, records in (
            ("tierslieux_training.report_paper", enrolment.paper_ids),
            ("tierslieux_training.report_sheet", self.event.half_day_ids),
        ):
            for record in records:
                html = reports._render_qweb_html(report, record.ids)[0].decode()
                self.assertIn("tl-pdf", html)
                self.assertTrue(record._page_foot()[0])

    def test_the_first_page(self):
        """What one signs, attends, gives and says one's opinion of."""
        enrolment = self.enrol()
        need = self.home(self.ada)[0]["enrolments"]
        self.assertEqual(need["url"], f"/my/training/enrolment/{enrolment.id}")
        enrolment.with_user(self.ada).sudo()._sign(PNG)
        self.assertFalse({"enrolments", "attend"} & set(self.home(self.ada)[0]))
        registration = enrolment.registration_ids
        with freeze_time("2026-11-02 10:00"):
            need = self.home(self.ada)[0]["attend"]
            self.assertEqual(
                (need["count"], need["url"]), (1, f"/my/training/{registration.id}")
            )
            needs, ways = self.home(self.theo)
            self.assertEqual(
                needs["half_days"]["url"], f"/my/teaching/{self.morning.id}"
            )
            self.assertEqual(ways["teaching"]["url"], "/my/training")
            self.assertFalse({"half_days", "attend"} & set(self.home(self.stranger)[0]))
            self.morning.cancel_reason = "Le formateur est malade."
            self.morning.action_cancel()
            self.env.invalidate_all()
            self.assertNotIn("attend", self.home(self.ada)[0])
            self.assertNotIn("half_days", self.home(self.theo)[0])
        with freeze_time(AFTERNOON):
            self.tablet(self.afternoon, registration)
        evaluations = self.env["tierslieux.training.evaluation"]
        answer = evaluations._ask(registration, "spot").answer_id
        need = self.home(self.ada)[0]["evaluations"]
        self.assertEqual((need["count"], need["url"]), (1, answer.get_start_url()))
        answer.state = "done"
        self.assertNotIn("evaluations", self.home(self.ada)[0])
        self.assertIn("sessions", self.home(self.treasurer)[1])
