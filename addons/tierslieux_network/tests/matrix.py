# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the access matrices of the modules above this one share."""

import csv
import sys
from pathlib import Path

from odoo.tools import mute_logger

from .access_matrix import letters


class Matrix:
    """``access_matrix.csv`` beside the tests is the table to review: who may r(ead),
    w(rite), c(reate) and u(nlink) what.

    ``users`` is ``{group: user}``, ``records`` ``{(model, kind of record): record}``.
    """

    def lines(self):
        tests = Path(sys.modules[type(self).__module__].__file__)
        with tests.with_name("access_matrix.csv").open(
            newline="", encoding="utf-8"
        ) as lines:
            return list(csv.DictReader(lines))

    def record(self, model, kind, group):
        return self.records[model, kind]


class MatrixTests(Matrix):
    def test_every_model_has_a_line(self):
        module = type(self).__module__.split(".")[2]
        models = {
            name
            for name, model in self.env.registry.items()
            if model._original_module == module
            and not model._abstract
            and not model._transient
        }
        self.assertEqual(models, {line["model"] for line in self.lines()})

    def test_matrix(self):
        differences = []
        for line in self.lines():
            model, kind = line.pop("model"), line.pop("record")
            for group, expected in line.items():
                record = self.record(model, kind, group)
                found = letters(record.with_user(self.users[group]))
                if found != (expected or ""):
                    differences.append(
                        f"{model} {kind}, {group}: {found or 'nothing'} "
                        f"instead of {expected or 'nothing'}"
                    )
        self.assertFalse(differences, "\n".join(["", *differences]))


class MatrixApi(Matrix):
    """The same matrix, asked from outside with an API key a user."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # sudo: the keys of the test are made for users who may not make one. They never
        # expire: the clock of the test is not that of the database.
        cls.keys = {
            group: cls.env["res.users.apikeys"]
            .with_user(user)
            .sudo()
            ._generate("rpc", "test", None)
            for group, user in cls.users.items()
            if group != "public"
        }

    def call(self, group, model, method, **arguments):
        with mute_logger("odoo.http"):
            return self.url_open(
                f"/json/2/{model}/{method}",
                json=arguments,
                method="POST",
                headers={"Authorization": f"bearer {self.keys[group]}"},
            )
