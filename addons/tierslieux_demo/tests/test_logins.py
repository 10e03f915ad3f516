# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from .common import load

INTERNAL = {"treasurer", "board", "administrator"}


@tagged("post_install", "-at_install")
class TestLogins(HttpCase):
    def test_each_kind_of_user_signs_in(self):
        load(self.env)
        logins = self.env["tierslieux.demo"].logins()
        self.assertEqual(
            [entry["role"] for entry in logins],
            [
                "member",
                "funder",
                "venue_manager",
                "facilitator",
                "treasurer",
                "board",
                "administrator",
            ],
        )
        for entry in logins:
            with self.subTest(role=entry["role"]):
                self.authenticate(entry["login"], entry["password"])
                internal = entry["role"] in INTERNAL
                page = self.url_open("/odoo" if internal else "/my")
                self.assertEqual(page.status_code, 200)
                self.assertNotIn("/web/login", page.url)
                french = '"lang": "fr_FR"' if internal else 'lang="fr-FR"'
                self.assertIn(french, page.text)
                user = self.env["res.users"].search([("login", "=", entry["login"])])
                group = f"tierslieux_network.group_{entry['role']}"
                self.assertTrue(user.has_group(group))
                self.assertEqual(user._is_internal(), internal)
