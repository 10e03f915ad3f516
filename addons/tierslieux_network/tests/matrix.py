# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The access matrix of a module: who may do what with which record."""

import csv
import sys
from pathlib import Path

from odoo.tests import new_test_user
from odoo.tools import mute_logger

OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}
#: The kind of record of a model that keeps nothing: what counts is the model.
WIZARD = "wizard"


def letters(record):
    """What the user of a record's environment may do with it."""
    return "".join(
        letter
        for letter, operation in OPERATIONS.items()
        if record.has_access(operation)
    )


class Matrix:
    """``access_matrix.csv`` beside the tests is the table to review: a line for a model
    and a kind of record, a column for a group, in a cell what the group may do with it:
    r(ead), w(rite), c(reate), u(nlink), or nothing.

    ``users`` is ``{group: user}``, ``records`` ``{(model, kind of record): record}``.
    """

    @classmethod
    def lines(cls):
        tests = Path(sys.modules[cls.__module__].__file__)
        with tests.with_name("access_matrix.csv").open(
            newline="", encoding="utf-8"
        ) as lines:
            return list(csv.DictReader(lines))

    @classmethod
    def create_users(cls, **known):
        """``{group: user}`` of the columns: those known, and a new one for each other.
        Visitors and people who only have an account belong to no group of ours."""
        groups = [name for name in cls.lines()[0] if name not in ("model", "record")]
        return {group: known.get(group) or cls._create_user(group) for group in groups}

    @classmethod
    def _create_user(cls, group):
        if group == "public":
            return cls.env.ref("base.public_user")
        if group == "portal":
            return new_test_user(cls.env, "test_portal", groups="base.group_portal")
        return cls.create_user(group)

    def record(self, model, kind, group):
        return self.env[model] if kind == WIZARD else self.records[model, kind]

    def cells(self, groups):
        """``(model, kind of record, group, record, letters)`` of each cell."""
        for line in self.lines():
            model, kind = line["model"], line["record"]
            for group in groups:
                record = self.record(model, kind, group)
                yield model, kind, group, record, line[group]


class MatrixTests(Matrix):
    def test_every_model_has_a_line(self):
        module = type(self).__module__.split(".")[2]
        models = {
            name
            for name, model in self.env.registry.items()
            if model._original_module == module and not model._abstract
        }
        lines = {line["model"] for line in self.lines()}
        self.assertFalse(models - lines, "These models have no line in the matrix.")

    def test_matrix(self):
        differences = []
        for model, kind, group, record, expected in self.cells(self.users):
            found = letters(record.with_user(self.users[group]))
            if found != expected:
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

    def test_nobody_without_a_key(self):
        for model in {line["model"] for line in self.lines()}:
            answer = self.url_open(
                f"/json/2/{model}/search_read", json={}, method="POST"
            )
            self.assertEqual(answer.status_code, 401, answer.text)

    def test_read_by_number(self):
        for model, kind, group, record, expected in self.cells(self.keys):
            if kind == WIZARD:
                answer = self.call(group, model, "search_count", domain=[])
            else:
                # a name may tell of what one does not read
                answer = self.call(group, model, "read", ids=record.ids, fields=["id"])
            with self.subTest(model=model, kind=kind, group=group):
                self.assertEqual(
                    answer.status_code, 200 if "r" in expected else 403, answer.text
                )
