# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tools import SQL, mute_logger

from odoo.addons.tierslieux_fonciere.domain import verification
from odoo.addons.tierslieux_fonciere.models.tierslieux_share_movement_record import (
    Entry,
)

from .common import FonciereCommon


class TestRegister(FonciereCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada, cls.basile, cls.chloe = cls.people[:3]

    def transfer(self, giver, receiver, quantity, day=None, key="transfer/1"):
        return self.movements._record(
            [
                Entry(
                    company=self.company,
                    kind="transfer",
                    effective_on=day or self.today,
                    quantity=quantity,
                    nominal=100,
                    giver=giver,
                    receiver=receiver,
                    source_key=key,
                )
            ]
        )

    def rows(self):
        return list(self.movements._export_rows(self.company))

    def tamper(self, statement, *values):
        """As the owner of the database can."""
        table = SQL.identifier("tierslieux_share_movement")
        self.env.flush_all()
        self.env.cr.execute(SQL("ALTER TABLE %s DISABLE TRIGGER USER", table))
        self.env.cr.execute(SQL(statement, *values))
        self.env.cr.execute(SQL("ALTER TABLE %s ENABLE TRIGGER USER", table))
        self.env.invalidate_all()

    def test_numbers_follow_one_another_and_each_digest_the_one_before(self):
        first = self.holds(self.ada, 5)
        second = self.transfer(self.ada, self.basile, 2)
        self.assertEqual([first.number, second.number], [1, 2])
        self.assertEqual(second.previous_digest, first.digest)
        verdict = verification.verify(self.rows())
        self.assertIsNone(verdict.problem)
        self.assertEqual(verdict.head, second.digest)
        self.assertEqual(verdict.holdings, self.movements._holdings(self.company))
        self.assertIsNone(self.movements._first_tampered(self.company))

    def test_each_company_has_its_own(self):
        self.holds(self.ada, 5)
        other = self.env["res.company"].create({"name": "Autre foncière"})
        self.env.user.company_ids |= other
        movement = self.movements._record(
            [
                Entry(
                    company=other,
                    kind="subscription",
                    effective_on=self.today,
                    quantity=1,
                    nominal=50,
                    receiver=self.ada,
                    source_key="test/1",
                )
            ]
        )
        self.assertEqual(movement.number, 1)
        self.assertEqual(self.movements._holdings(other), {self.ada.id: 1})

    def test_the_database_refuses_everybody(self):
        movement = self.holds(self.ada, 5)
        self.env.flush_all()
        for statement in (
            "UPDATE tierslieux_share_movement SET quantity = 6, held = 6",
            "DELETE FROM tierslieux_share_movement",
            "TRUNCATE tierslieux_share_movement CASCADE",
        ):
            with (
                self.subTest(statement),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(SQL(statement))
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            movement.sudo().write({"quantity": 6})
            self.env.flush_all()

    def test_what_the_owner_of_the_database_changes_is_found(self):
        self.holds(self.ada, 5)
        self.holds(self.basile, 5)
        self.transfer(self.ada, self.basile, 2)
        for statement, number in (
            (
                "UPDATE tierslieux_share_movement SET quantity = 50, held = 50 "
                "WHERE number = 2 AND company_id = %s",
                2,
            ),
            (
                "UPDATE tierslieux_share_movement SET receiver_identity = 'X' "
                "WHERE number = 1 AND company_id = %s",
                1,
            ),
            (
                "DELETE FROM tierslieux_share_movement "
                "WHERE number = 2 AND company_id = %s",
                2,
            ),
            (
                "DELETE FROM tierslieux_share_movement "
                "WHERE number = 3 AND company_id = %s",
                3,
            ),
        ):
            with self.subTest(statement), self.env.cr.savepoint() as savepoint:
                self.tamper(statement, self.company.id)
                found = self.movements._first_tampered(self.company)
                self.assertEqual(found[0], number)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_nobody_gives_what_they_have_not(self):
        day = Date.subtract(self.today, days=20)
        self.holds(self.ada, 5, day)
        self.transfer(self.ada, self.basile, 4, Date.subtract(self.today, days=5))
        for giver, quantity, when in (
            (self.ada, 2, self.today),
            # then they had enough, but not what they gave since
            (self.ada, 2, Date.subtract(self.today, days=10)),
            (self.basile, 1, Date.subtract(self.today, days=10)),
            (self.chloe, 1, self.today),
        ):
            with self.subTest(giver=giver.name, when=when):
                with self.assertRaisesRegex(UserError, "cannot be taken"):
                    self.transfer(giver, self.people[3], quantity, when, "transfer/2")
        self.transfer(self.ada, self.chloe, 1, key="transfer/3")
        self.assertEqual(self.held(), {"Basile": 4, "Chloé": 1})

    def test_holdings_of_a_day_are_what_took_effect_by_then(self):
        self.holds(self.ada, 5, Date.subtract(self.today, days=20))
        self.transfer(self.ada, self.basile, 2, Date.subtract(self.today, days=5))
        self.assertEqual(self.held(Date.subtract(self.today, days=6)), {"Ada": 5})
        self.assertEqual(self.held(), {"Ada": 3, "Basile": 2})
        self.assertFalse(self.held(Date.subtract(self.today, days=21)))

    def test_the_same_is_recorded_once(self):
        self.holds(self.ada, 5)
        self.transfer(self.ada, self.basile, 1)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.transfer(self.ada, self.basile, 1)

    def test_closed_periods_and_days_to_come(self):
        self.company.fiscalyear_lock_date = Date.subtract(self.today, days=10)
        with self.assertRaisesRegex(UserError, "books are closed"):
            self.holds(self.ada, 5, Date.subtract(self.today, days=11))
        self.holds(self.ada, 5, Date.subtract(self.today, days=9))
        with self.assertRaisesRegex(UserError, "is to come"):
            self.holds(self.ada, 5, Date.add(self.today, days=1))

    def test_identity_and_address_are_those_of_that_day(self):
        movement = self.holds(self.ada, 5)
        self.assertEqual(
            movement.receiver_identity,
            "Ada, 1 rue des Ateliers, 69001 Lyon, France",
        )
        self.ada.write({"name": "Ada B.", "street": "Ailleurs"})
        self.env.invalidate_all()
        self.assertIn("rue des Ateliers", movement.receiver_identity)

    def test_a_correction_is_the_opposite_and_happens_once(self):
        wrong = self.holds(self.ada, 500)
        self.assertEqual(self.movements._capital(self.company), (50000_00, 0, 50000_00))
        correction = wrong.with_user(self.board)._correct("Saisi deux fois")
        self.assertEqual(correction.corrects_id, wrong)
        self.assertFalse(self.held())
        # it never was: the floor does not rise by a mistake
        self.assertEqual(self.movements._capital(self.company), (0, 0, 0))
        with self.assertRaisesRegex(UserError, "corrected already"):
            wrong.with_user(self.board)._correct("Encore")
        with self.assertRaisesRegex(UserError, "keep the register"):
            wrong.with_user(self.create_user("member"))._correct("Pour voir")
        self.assertIsNone(verification.verify(self.rows()).problem)

    def test_the_office_downloads_it(self):
        self.holds(self.ada, 2)
        register = self.env["tierslieux.share.register"]._of(self.company)
        for user in self.treasurer, self.board:
            for extension in ("json", "csv"):
                with self.subTest(user=user.login, extension=extension):
                    mine = register.with_user(user)
                    url = getattr(mine, f"action_export_{extension}")()["url"]
                    key = int(url.split("/")[3].split("?")[0])
                    kept = mine.env["ir.attachment"].browse(key)
                    self.assertIn(b"Ada", kept.raw)
        with self.assertRaises(AccessError):
            kept.with_user(self.treasurer).read(["raw"])

    def test_a_roll_without_its_day(self):
        self.holds(self.ada, 2)
        roll = self.env["tierslieux.share.roll"].with_user(self.board)
        self.assertEqual(roll.new({}).shares, 2)
        for emptied in ("company_id", "date"):
            self.assertEqual(roll.new({emptied: False}).capital, 0)

    def test_what_was_passed_on_is_not_corrected_away(self):
        movement = self.holds(self.ada, 5)
        self.transfer(self.ada, self.basile, 4)
        with self.assertRaisesRegex(UserError, "cannot be taken"):
            movement.with_user(self.board)._correct("Trop tard")

    def test_the_domain_and_the_database_say_the_same_of_the_capital(self):
        self.holds(self.ada, 50, Date.subtract(self.today, days=20))
        self.holds(self.basile, 30, Date.subtract(self.today, days=30))
        self.transfer(self.ada, self.basile, 7)
        verdict = verification.verify(self.rows())
        capital, _paid, highest = self.movements._capital(self.company)
        self.assertEqual((capital, highest), (verdict.capital, verdict.highest))

    def test_a_statement_takes_as_many_queries_for_a_long_one(self):
        self.holds(self.ada, 50)

        def queries():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows = self.movements._statement(self.company, self.ada)
            self.assertEqual(rows[-1][2], 50)
            for movement, _shares, _balance in rows:
                self.assertTrue(movement.digest)
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        for _time in range(12):
            self.holds(self.basile, 1)
        for rank in range(12):
            self.transfer(self.ada, self.basile, 1, key=f"there/{rank}")
            self.transfer(self.basile, self.ada, 1, key=f"back/{rank}")
        self.assertEqual(queries(), few)
