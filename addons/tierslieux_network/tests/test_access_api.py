# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from .access_matrix import AccessCase
from .matrix import WIZARD, MatrixApi

OK, FORBIDDEN = 200, 403


@tagged("post_install", "-at_install")
class TestAccessApi(MatrixApi, AccessCase, HttpCase):
    def kept(self):
        """The cells of what is kept: a wizard has no record to guess."""
        return (cell for cell in self.cells(self.keys) if cell[1] != WIZARD)

    def test_search_finds_what_one_may_read(self):
        readers = {
            (line["model"], group)
            for line in self.lines()
            for group in self.keys
            if "r" in line[group]
        }
        for model, kind, group, record, letters in self.kept():
            answer = self.call(
                group,
                model,
                "search_read",
                domain=[["id", "=", record.id]],
                fields=["id"],
            )
            with self.subTest(model=model, kind=kind, group=group):
                if (model, group) in readers:
                    self.assertEqual(answer.status_code, OK)
                    self.assertEqual(len(answer.json()), "r" in letters)
                else:
                    self.assertEqual(answer.status_code, FORBIDDEN)

    def test_write(self):
        for model, kind, group, record, letters in self.kept():
            answer = self.call(group, model, "write", ids=record.ids, vals={})
            with self.subTest(model=model, kind=kind, group=group):
                self.assertEqual(
                    answer.status_code, OK if "w" in letters else FORBIDDEN
                )

    def test_unlink_is_refused(self):
        for model, kind, group, record, letters in self.kept():
            if "u" in letters:
                continue
            answer = self.call(group, model, "unlink", ids=record.ids)
            with self.subTest(model=model, kind=kind, group=group):
                self.assertEqual(answer.status_code, FORBIDDEN)
                self.assertTrue(record.exists())

    def test_dashboard(self):
        for group in self.keys:
            answer = self.call(group, "tierslieux.dashboard", "figures")
            office = group in ("treasurer", "board", "administrator")
            self.assertEqual(
                answer.status_code, OK if office else FORBIDDEN, answer.text
            )

    def test_private_methods_are_not_called(self):
        profile = self.records["tierslieux.profile", "another person's"]
        answer = self.call(
            "member",
            "tierslieux.profile",
            "_visible_values",
            ids=profile.ids,
            audience="network",
        )
        self.assertEqual(answer.status_code, FORBIDDEN)
