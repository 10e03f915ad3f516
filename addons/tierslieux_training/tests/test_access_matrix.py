# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.tierslieux_network.tests.matrix import Matrix, MatrixApi, MatrixTests

from .common import TrainingCommon
from .test_training import AFTER, MORNING


class TrainingRecords(Matrix, TrainingCommon):
    """The facilitator gives the half-day “own” and not the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.create_users(
            member=cls.ada, facilitator=cls.theo, treasurer=cls.treasurer
        )
        cls.programme.partner_ids = [
            Command.create({"partner_id": cls.venue.partner_id.id, "minutes": 60})
        ]
        enrolment = cls.enrol()
        registration = enrolment.registration_ids
        with freeze_time(MORNING):
            line = cls.tablet(cls.morning, registration)
        with freeze_time(AFTER):
            registration._certify()
            evaluation = cls.env["tierslieux.training.evaluation"]._ask(
                registration, "spot"
            )
        other = cls.create_session(day=5, trainer=cls.other_trainer).half_day_ids[0]
        names = {
            ("programme", "any"): cls.programme,
            ("programme.module", "any"): cls.programme.module_ids[0],
            ("programme.partner", "any"): cls.programme.partner_ids,
            ("programme.price", "any"): cls.programme.price_ids[0],
            ("training.rule", "any"): cls.env.ref(
                "tierslieux_training.rule_withdrawal"
            ),
            ("training.half.day", "own"): cls.morning,
            ("training.half.day", "another's"): other,
            ("training.trainer", "own"): cls.morning.trainer_ids,
            ("training.trainer", "another's"): other.trainer_ids,
            ("training.enrolment", "the member's"): enrolment,
            ("training.attendance", "own half-day"): line,
            ("training.paper", "the member's"): enrolment._agreement(),
            ("training.receipt", "the member's"): enrolment.paper_ids.receipt_ids[0],
            ("training.evaluation", "the member's"): evaluation,
        }
        cls.records = {
            (f"tierslieux.{model}", kind): record.with_env(cls.env)
            for (model, kind), record in names.items()
        }


@tagged("post_install", "-at_install")
class TestAccessMatrix(MatrixTests, TrainingRecords):
    """``access_matrix.csv`` is the table to review."""

    def test_the_code_of_a_half_day_is_not_read(self):
        for group in ("facilitator", "treasurer", "board"):
            half_day = self.morning.with_user(self.users[group])
            self.assertNotIn("code", half_day.fields_get(), group)


@tagged("post_install", "-at_install")
class TestAccessFromOutside(MatrixApi, TrainingRecords, HttpCase):
    def test_acts_are_not_called_from_outside(self):
        line = self.records["tierslieux.training.attendance", "own half-day"]
        for record, method in (
            (line, "_correct"),
            (self.morning, "_record"),
            (self.morning, "_type_in"),
            (line.registration_id, "_certify"),
            (line.registration_id.enrolment_id, "_sign"),
        ):
            answer = self.call("board", record._name, method, ids=record.ids)
            self.assertEqual(answer.status_code, 403, method)

    def test_certificates_and_invoices_are_not_made_by_members(self):
        registration = self.records["tierslieux.training.enrolment", "the member's"]
        registration = registration.registration_ids
        for record, method in (
            (registration, "action_certify"),
            (registration, "action_convoke"),
            (registration.enrolment_id, "action_invoice"),
        ):
            for group in ("member", "facilitator", "portal"):
                answer = self.call(group, record._name, method, ids=record.ids)
                self.assertEqual(answer.status_code, 403, f"{method} {group}")
