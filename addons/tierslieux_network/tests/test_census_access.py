# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_census import CensusCommon, example_file


@tagged("post_install", "-at_install")
class TestCensusAccess(CensusCommon):
    def test_the_board_and_administrators_import(self):
        for group in ("board", "administrator"):
            with self.subTest(group):
                user = self.create_user(group)
                census = self.census(example_file()).with_user(user)
                census.action_check()
                census.action_import()
                self.assertEqual(census.state, "done")
                census.unlink()

    def test_nobody_else_does(self):
        census = self.census(example_file())
        for group in self.GROUPS:
            if group in ("board", "administrator"):
                continue
            user = self.create_user(group)
            with self.subTest(group), self.assertRaises(AccessError):
                census.with_user(user).action_check()
