# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import datetime

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .access_matrix import GROUPS, AccessCase, expected

OK, FORBIDDEN = 200, 403
KEYED = [group for group in GROUPS if group != "public"]


@tagged("post_install", "-at_install")
class TestAccessApi(AccessCase, HttpCase):
    """The same matrix, asked from outside with an API key a user."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        tomorrow = datetime.datetime.now() + datetime.timedelta(days=1)
        # sudo: the keys of the test are made for users who may not make one
        cls.keys = {
            group: cls.env["res.users.apikeys"]
            .with_user(cls.users[group])
            .sudo()
            ._generate("rpc", "test", tomorrow)
            for group in KEYED
        }

    def call(self, group, model, method, **arguments):
        with mute_logger("odoo.http"):
            return self.url_open(
                f"/json/2/{model}/{method}",
                json=arguments,
                method="POST",
                headers={"Authorization": f"bearer {self.keys[group]}"},
            )

    def test_nobody_without_a_key(self):
        for model in {model for model, _record in expected()}:
            answer = self.url_open(
                f"/json/2/{model}/search_read", json={}, method="POST"
            )
            self.assertEqual(answer.status_code, 401, answer.text)

    def test_search_finds_what_one_may_read(self):
        for line, cells in expected().items():
            model = line[0]
            may_read = {
                group
                for (other, _record), others in expected().items()
                if other == model
                for group in KEYED
                if "r" in others[group]
            }
            for group in KEYED:
                record = self.record(line, self.users[group])
                answer = self.call(
                    group,
                    model,
                    "search_read",
                    domain=[["id", "=", record.id]],
                    fields=["id"],
                )
                with self.subTest(line=line, group=group):
                    if group in may_read:
                        self.assertEqual(answer.status_code, OK)
                        self.assertEqual(len(answer.json()), "r" in cells[group])
                    else:
                        self.assertEqual(answer.status_code, FORBIDDEN)

    def test_read_by_number(self):
        for line, cells in expected().items():
            for group in KEYED:
                record = self.record(line, self.users[group])
                answer = self.call(
                    group, line[0], "read", ids=record.ids, fields=["display_name"]
                )
                with self.subTest(line=line, group=group):
                    self.assertEqual(
                        answer.status_code, OK if "r" in cells[group] else FORBIDDEN
                    )

    def test_write(self):
        for line, cells in expected().items():
            for group in KEYED:
                record = self.record(line, self.users[group])
                answer = self.call(group, line[0], "write", ids=record.ids, vals={})
                with self.subTest(line=line, group=group):
                    self.assertEqual(
                        answer.status_code, OK if "w" in cells[group] else FORBIDDEN
                    )

    def test_unlink_is_refused(self):
        for line, cells in expected().items():
            for group in KEYED:
                if "u" in cells[group]:
                    continue
                record = self.record(line, self.users[group])
                answer = self.call(group, line[0], "unlink", ids=record.ids)
                with self.subTest(line=line, group=group):
                    self.assertEqual(answer.status_code, FORBIDDEN)
                    self.assertTrue(record.exists())

    def test_dashboard(self):
        for group in KEYED:
            answer = self.call(group, "tierslieux.dashboard", "figures")
            office = group in ("treasurer", "board", "administrator")
            self.assertEqual(
                answer.status_code, OK if office else FORBIDDEN, answer.text
            )

    def test_private_methods_are_not_called(self):
        profile = self.record(("tierslieux.profile", "another person's"), None)
        answer = self.call(
            "member",
            "tierslieux.profile",
            "_visible_values",
            ids=profile.ids,
            audience="network",
        )
        self.assertEqual(answer.status_code, FORBIDDEN)
