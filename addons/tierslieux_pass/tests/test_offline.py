# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import BaseCase

from ..domain import offline
from .common import NOW, PassCommon

HEADER = "code;instant;direction;key"


def content(*lines):
    return "\n".join((HEADER, *lines)).encode()


class TestReading(BaseCase):
    def test_rows_in_order_of_time(self):
        rows, problems = offline.read(
            content(
                "ABC;2026-10-21T12:00:00+02:00;out;2",
                "",
                "ABC;2026-10-21T09:00:00Z;;1",
            )
        )
        self.assertEqual(problems, [])
        self.assertEqual([row.key for row in rows], ["1", "2"])
        self.assertEqual([row.instant.hour for row in rows], [9, 10])
        self.assertEqual([row.line for row in rows], [4, 2])

    def test_problems_name_line_and_column(self):
        rows, problems = offline.read(
            content(
                "ABC;2026-10-21T12:00:00;in;1",
                ";demain;dehors;1",
            )
        )
        self.assertEqual(rows, [])
        self.assertEqual(
            [(one.line, one.column, one.kind) for one in problems],
            [
                (2, "instant", "instant"),
                (3, "code", "empty"),
                (3, "instant", "instant"),
                (3, "direction", "direction"),
                (3, "key", "repeated"),
            ],
        )

    def test_header_and_encoding(self):
        self.assertEqual(
            [one.column for one in offline.read(b"code,key\n")[1]],
            ["instant", "direction"],
        )
        self.assertEqual(offline.read(b"\xff\xfe")[1][0].kind, "encoding")
        self.assertEqual(offline.read(b"")[1][0].kind, "header")


class TestImport(PassCommon):
    def setUp(self):
        super().setUp()
        self.taps = self.env["tierslieux.visit.tap"].with_user(self.manager)
        code = self.ada._card().code
        self.file = content(
            f"{code};2026-10-21T11:30:00+02:00;out;b",
            f"{code};2026-10-21T09:00:00+02:00;in;a",
            "UNKNOWN;2026-10-21T09:00:00+02:00;in;c",
        )

    def stored(self):
        return self.env["tierslieux.visit.tap"].search_count(
            [("venue_id", "=", self.venue.id)]
        )

    def minutes(self):
        visits = self.env["tierslieux.visit"]
        return visits._effective([("pass_id", "=", self.ada.id)]).mapped("minutes")

    def test_dry_run_writes_nothing(self):
        result = self.taps._import_offline(self.venue, self.file)
        self.assertEqual(
            [(line, answer["outcome"]) for line, answer in result["answers"]],
            [(2, "out"), (3, "in"), (4, "refused")],
        )
        self.assertEqual((result["new"], self.stored()), (3, 0))
        self.assertEqual(self.minutes(), [])

    def test_once_and_again(self):
        first = self.taps._import_offline(self.venue, self.file, dry_run=False)
        self.assertEqual((first["new"], self.stored()), (3, 3))
        self.assertEqual(self.minutes(), [150])
        again = self.taps._import_offline(self.venue, self.file, dry_run=False)
        self.assertEqual(again["new"], 0)
        self.assertEqual(again["answers"], first["answers"])
        self.assertEqual((self.stored(), self.minutes()), (3, [150]))

    def test_all_or_nothing(self):
        self.ada._tap(self.venue, NOW, "offline", "b")
        before = self.stored()
        result = self.taps._import_offline(self.venue, self.file, dry_run=False)
        self.assertRegex(result["problems"][0], "2")
        self.assertEqual(self.stored(), before)
        broken = self.taps._import_offline(
            self.venue, content("ABC;hier;in;1"), dry_run=False
        )
        self.assertEqual(len(broken["problems"]), 1)
        self.assertEqual(self.stored(), before)
