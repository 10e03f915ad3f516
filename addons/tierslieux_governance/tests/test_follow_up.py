# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from .common import GovernanceCommon


class TestFollowUp(GovernanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.convene()
        cls.board = cls.create_user("board")
        cls.resolution = cls.resolve(cls.assembly.motion_ids[0])

    def plan(self, user, **values):
        return self.resolution.with_user(user).activity_schedule(
            "tierslieux_governance.activity_follow_up",
            date(2026, 11, 30),
            summary="Déposer les comptes",
            user_id=self.board.id,
            **values,
        )

    def test_the_board_plans_and_the_list_shows(self):
        action = self.plan(self.board)
        window = self.env.ref("tierslieux_governance.follow_up_action").with_user(
            self.board
        )
        listed = self.env["mail.activity"].with_user(self.board)
        domain = window.sudo()._get_action_dict()["domain"]
        domain = domain if isinstance(domain, list) else eval(domain)  # noqa: S307
        self.assertIn(action, listed.search(domain))
        self.assertEqual(
            self.resolution._follow_up_lines(),
            [["Déposer les comptes", self.board.name, "30/11/2026", False]],
        )
        action.action_feedback(feedback="Fait")
        self.assertNotIn(action, listed.search(domain))
        self.assertTrue(self.resolution._follow_up_lines()[0][3])

    def test_members_plan_nothing(self):
        with self.assertRaises(AccessError):
            self.plan(self.create_user("member"))

    def test_the_line_itself_never_changes(self):
        self.plan(self.board)
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.resolution.with_user(self.board).write({"outcome": "rejected"})
            self.env.flush_all()

    def test_the_first_page(self):
        """Assemblies one is called to; what the board prepares and follows up."""
        member = self.give_account(self.ada)
        coming = self.create_assembly(name="Assemblée de décembre")
        self.assertEqual(self.home(member)[0]["convened"]["count"], 1)
        needs, ways = self.home(self.board)
        drafts = coming.search_count([("state", "=", "draft")])
        self.assertEqual(needs["assembly_draft"]["count"], drafts)
        self.assertIn("governance", ways)
        coming.action_convene()
        needs, ways = self.home(member)
        self.assertEqual(needs["convened"]["count"], 2)
        self.assertIn(
            needs["convened"]["url"],
            (coming | self.assembly).mapped("access_url"),
        )
        self.assertIn("assemblies", ways)
        self.plan(self.board).date_deadline = date(2026, 9, 1)
        self.assertEqual(self.home(self.board)[0]["follow_ups"]["count"], 1)
        self.assertNotIn("follow_ups", self.home(member)[0])
