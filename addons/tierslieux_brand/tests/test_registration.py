# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import BrandCommon


@tagged("post_install", "-at_install")
class TestRegistration(BrandCommon):
    def setUp(self):
        super().setUp()
        self.board = self.create_user("board", "keeper")
        self.values = {
            "brand_id": self.brand.id,
            "number": "4 700 001",
            "date_from": date(2018, 3, 1),
            "date_to": date(2028, 3, 1),
            "user_id": self.board.id,
        }
        self.registration = self.env["tierslieux.brand.registration"].create(
            self.values
        )

    def test_a_renewal_is_an_activity_of_whoever_follows_it(self):
        activity = self.registration.activity_ids
        self.assertEqual(activity.date_deadline, date(2027, 9, 1))
        self.assertEqual(activity.user_id, self.board)
        self.assertIn("4 700 001", activity.summary)

    def test_one_renewed_has_one_activity_ten_years_later(self):
        self.registration.date_to = date(2038, 3, 1)
        self.assertEqual(
            self.registration.activity_ids.mapped("date_deadline"), [date(2037, 9, 1)]
        )

    def test_another_one_follows_it_from_then_on(self):
        successor = self.create_user("administrator", "successor")
        self.registration.user_id = successor
        self.assertEqual(self.registration.activity_ids.user_id, successor)

    @mute_logger("odoo.sql_db")
    def test_a_number_is_registered_once_and_ends_after_it_begins(self):
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.registration.create(self.values)
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            self.registration.create(
                {**self.values, "number": "2", "date_to": date(2018, 3, 1)}
            )
