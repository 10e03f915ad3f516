# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from odoo.addons.tierslieux_network.tests.at_once import AtOnceCase

from .common import PNG

HALF_DAY = timedelta(hours=3, minutes=30)


@tagged("post_install", "-at_install")
class TestConcurrency(AtOnceCase):
    """A session with one seat that two people want, whose half-day two devices sign,
    which two users of the office certify and invoice."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            self.user_ids = [
                new_test_user(
                    env,
                    f"at_once_{rank}",
                    groups=f"base.group_portal,tierslieux_network.group_{group}",
                    email=f"at_once_{rank}@example.org",
                ).id
                for rank, group in enumerate(("member", "member", "facilitator"))
            ]
            venue = env["tierslieux.venue"].create(
                {
                    "name": "Lieu disputé",
                    "category_id": env.ref(
                        "tierslieux_network.venue_category_coworking"
                    ).id,
                    "state": "open",
                }
            )
            partner = env["res.partner"].create({"name": "Partenaire"})
            programme = env["tierslieux.programme"].create(
                {
                    **dict.fromkeys(
                        (
                            "name",
                            "audience",
                            "prerequisites",
                            "objectives",
                            "means",
                            "evaluation",
                        ),
                        "Programme disputé",
                    ),
                    "module_ids": [
                        (0, 0, {"name": "M", "objective": "O", "minutes": 210})
                    ],
                    "partner_ids": [
                        (0, 0, {"partner_id": partner.id, "minutes": 210, "price": 50})
                    ],
                    "price_ids": [(0, 0, {"amount": 30, "date_from": "2020-01-01"})],
                }
            )
            start = Datetime.now().replace(microsecond=0) + timedelta(days=3)
            event = env["event.event"].create(
                {
                    "name": "Session disputée",
                    "programme_id": programme.id,
                    "date_begin": start,
                    "date_end": start + HALF_DAY,
                    "seats_limited": True,
                    "seats_max": 1,
                    "is_published": True,
                    "event_mail_ids": [],
                }
            )
            half_day = env["tierslieux.training.half.day"].create(
                {
                    "event_id": event.id,
                    "venue_id": venue.id,
                    "start": start,
                    "stop": start + HALF_DAY,
                    "trainer_ids": [(0, 0, {"user_id": self.user_ids[2]})],
                }
            )
            self.event_id, self.half_day_id = event.id, half_day.id
            self.made = [programme, venue, venue.calendar_id, partner, venue.partner_id]
        self.addCleanup(self.remove)

    def remove(self):
        with self.registry.cursor() as cr:
            of_event = SQL("event_id = %s", self.event_id)
            enrolments = SQL(
                "SELECT id FROM tierslieux_training_enrolment WHERE %s", of_event
            )
            papers = SQL(
                "SELECT id FROM tierslieux_training_paper"
                " WHERE %s OR enrolment_id IN (%s)",
                of_event,
                enrolments,
            )
            moves = SQL(
                "SELECT line.move_id FROM account_move_line line"
                " JOIN event_registration one ON one.id = line.training_registration_id"
                " WHERE one.event_id = %s",
                self.event_id,
            )
            for where, *tables in (
                (SQL("half_day_id = %s", self.half_day_id), "attendance", "trainer"),
                (SQL("paper_id IN (%s)", papers), "receipt"),
                (SQL("id IN (%s)", papers), "paper"),
            ):
                self.remove_fixed(
                    cr, where, *(f"tierslieux_training_{table}" for table in tables)
                )
            self.remove_fixed(cr, SQL("id IN (%s)", moves), "account_move")
            self.remove_fixed(
                cr, of_event, "event_registration", "tierslieux_training_enrolment"
            )
            env = self.environment(cr)
            env["tierslieux.training.half.day"].browse(self.half_day_id).unlink()
            env["event.event"].browse(self.event_id).unlink()
            for record in self.made:
                record.with_env(env).unlink()
            users = env["res.users"].browse(self.user_ids)
            people = users.partner_id
            env["queue.job"].search([("user_id", "in", self.user_ids)]).unlink()
            users.unlink()
            people.unlink()

    def as_page(self, env, rank):
        """The environment of the page of a user."""
        return self.environment(env.cr, self.user_ids[rank])

    def enrol(self, rank):
        def act(env):
            env = self.as_page(env, rank)
            event = env["event.event"].browse(self.event_id)
            env["tierslieux.training.enrolment"]._enrol(event, [])

        return act

    def sign(self, env):
        env = self.as_page(env, 2)
        half_day = env["tierslieux.training.half.day"].sudo().browse(self.half_day_id)
        half_day._sign_on_tablet(half_day._trainees(), PNG)

    def office(self, act):
        return lambda env: (
            getattr(env["event.event"].browse(self.event_id), act)() and None
        )

    def counts(self):
        """Of the session: seats taken, lines of attendance, certificates, contracts of
        partners, invoices."""
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            event = env["event.event"].browse(self.event_id)
            trainees = event.registration_ids
            papers = trainees.training_paper_ids
            return (
                len(trainees),
                len(event.half_day_ids.attendance_ids),
                len(papers.filtered(lambda one: one.kind == "certificate")),
                len(event.partner_paper_ids),
                len(event.enrolment_ids.move_ids),
            )

    def refused(self, *acts):
        """The sentence of the one that was told no."""
        answers = self.at_once(*acts)
        self.assertEqual(len(answers), 2)
        [sentence] = filter(None, answers)
        return sentence

    def test_nothing_is_done_twice(self):
        told = self.refused(self.enrol(0), self.enrol(1))
        self.assertIn("no seat left", told)
        contracts = self.office("action_training_contracts")
        self.assertIn("say this already", self.refused(contracts, contracts))
        convoke = self.office("action_training_convoke")
        self.assertIn("sent today", self.refused(convoke, convoke))
        self.assertEqual(self.counts(), (1, 0, 0, 1, 0))
        with self.registry.cursor() as cr:
            half_day = self.environment(cr)["tierslieux.training.half.day"].browse(
                self.half_day_id
            )
            stop = Datetime.now().replace(second=0, microsecond=0) - timedelta(
                minutes=5
            )
            half_day.write({"start": stop - HALF_DAY, "stop": stop})
        self.assertIn("signed already", self.refused(self.sign, self.sign))
        certify = self.office("action_training_certify")
        self.assertEqual(self.at_once(certify, certify), [None, None])
        invoice = self.office("action_training_invoice")
        self.assertIn("invoiced already", self.refused(invoice, invoice))
        self.assertEqual(self.counts(), (1, 1, 1, 1, 1))
