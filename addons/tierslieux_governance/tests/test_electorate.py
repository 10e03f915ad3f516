# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, mute_logger

from .common import GovernanceCommon


class TestElectorate(GovernanceCommon):
    def test_everybody_is_in_or_out_with_the_reason(self):
        self.convene()
        lines = {
            one.partner_id: (one.is_entitled, one.voter_id, one.reason)
            for one in self.assembly.elector_ids
        }
        self.assertEqual(len(lines), 6)
        self.assertEqual(lines[self.ada][:2], (True, self.ada))
        self.assertEqual(lines[self.coop][:2], (True, self.lea))
        self.assertEqual(lines[self.town][:2], (True, self.ada))
        self.assertEqual(lines[self.atelier][0], True)
        self.assertFalse(lines[self.atelier][1])
        self.assertIn("aucun délégué", lines[self.atelier][2])
        self.assertEqual(lines[self.noor][0], False)
        self.assertFalse(lines[self.noor][1])
        self.assertTrue(all(reason for _in, _voter, reason in lines.values()))

    def test_the_delegate_is_the_one_of_the_cutoff(self):
        membership = self.env["tierslieux.membership"].search(
            [("partner_id", "=", self.coop.id)]
        )
        membership.delegation_ids.date_to = date(2026, 10, 10)
        self.env["tierslieux.delegation"].create(
            {
                "membership_id": membership.id,
                "partner_id": self.hedy.id,
                "date_from": date(2026, 10, 11),
            }
        )
        self.convene(cutoff_date=date(2026, 10, 12))
        self.assertFalse(self.assembly.elector_ids)
        with self.assertRaisesRegex(UserError, "12"):
            self.assembly.action_freeze()
        self.clock_at(datetime(2026, 10, 12, 0, 30))
        self.env["tierslieux.assembly"]._cron_freeze()
        self.assertEqual(self.elector(self.coop).voter_id, self.hedy)
        with self.assertRaises(UserError):
            self.assembly.action_freeze()

    def test_who_joins_before_the_cutoff_is_called_then(self):
        self.convene(cutoff_date=date(2026, 10, 12))
        late = self.create_member("Grace Hopper", self.venues).partner_id
        self.clock_at(datetime(2026, 10, 12, 8))
        self.assembly.action_freeze()
        self.assertTrue(self.elector(late).is_entitled)
        call = self.assembly.convocation_ids.filtered(
            lambda one: one.partner_id == late
        )
        self.assertEqual(call.sent_at.date(), date(2026, 10, 12))
        self.assertEqual(len(self.assembly.convocation_ids), 5)

    def test_one_member_one_vote_across_colleges(self):
        other = self.env["tierslieux.membership"].create(
            {
                "partner_id": self.hedy.id,
                "college_id": self.companies.id,
                "event_ids": [
                    (0, 0, {"kind": "application", "date": date(2025, 1, 1)}),
                    (0, 0, {"kind": "admission", "date": date(2025, 1, 1)}),
                ],
            }
        )
        self.convene()
        lines = self.elector(self.hedy)
        self.assertEqual(len(lines), 2)
        self.assertEqual(lines.filtered("is_entitled").college_id, self.venues)
        out = lines.filtered(lambda one: one.membership_id == other)
        self.assertIn(self.venues.name, out.reason)

    def test_colleges_called(self):
        self.convene(college_ids=self.companies)
        self.assertEqual(self.assembly.elector_ids.college_id, self.companies)

    def test_board_meetings_call_those_in_office(self):
        mandates = self.env["tierslieux.mandate"]
        for person, end in (
            (self.ada, False),
            (self.hedy, date(2026, 9, 30)),
            (self.lea, date(2026, 10, 1)),
        ):
            mandates.create(
                {"partner_id": person.id, "date_from": date(2026, 1, 1), "date_to": end}
            )
        board = self.create_assembly(
            kind="board", name="Conseil", motion_ids=[(0, 0, {"name": "Budget"})]
        )
        board.action_convene()
        self.assertEqual(board.elector_ids.partner_id, self.ada | self.lea)
        self.assertTrue(all(board.elector_ids.mapped("mandate_id")))

    def test_append_only(self):
        self.convene()
        for query in (
            SQL("UPDATE tierslieux_elector SET is_entitled = TRUE"),
            SQL("DELETE FROM tierslieux_elector"),
            SQL("TRUNCATE tierslieux_elector CASCADE"),
        ):
            with (
                self.subTest(query.code),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query)

    def test_only_the_board_convenes(self):
        user = self.give_account(self.hedy)
        self.convene()
        with self.assertRaises(AccessError):
            self.assembly.with_user(user).action_freeze()
        with self.assertRaises(AccessError):
            self.assembly.with_user(user).action_open()
