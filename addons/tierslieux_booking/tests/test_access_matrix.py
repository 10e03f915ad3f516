# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import csv
from datetime import timedelta
from pathlib import Path

from odoo.tests import freeze_time, new_test_user, tagged

from .common import NOW, BookingCommon, utc

OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAccessMatrix(BookingCommon):
    """``access_matrix.csv`` is the table to review: who may r(ead), w(rite), c(reate)
    and u(nlink) what. The manager keeps the venue, the other manager another one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            "public": cls.env.ref("base.public_user"),
            "portal": new_test_user(cls.env, "portal_only", groups="base.group_portal"),
            "other manager": cls.create_user("venue_manager", "other_manager"),
            "manager": cls.create_user("venue_manager"),
            **{
                group: cls.create_user(group)
                for group in ("member", "treasurer", "board", "administrator")
            },
        }
        cls.venue.manager_ids = cls.users["manager"]
        hidden = cls.create_bookable(
            "Cachée", prices=[("public", 1, None, None)], is_published=False
        )
        booking = cls.room._book(cls.ada, utc("03-03 09:00"), utc("03-03 10:00"))
        cls.own = {}
        for rank, (group, user) in enumerate(cls.users.items()):
            start = utc("03-04 08:00") + timedelta(hours=rank)
            cls.own[group] = cls.room._book(
                user.partner_id, start, start + timedelta(hours=1)
            )
        cls.records = {
            ("tierslieux.bookable", "published"): cls.room,
            ("tierslieux.bookable", "not published"): hidden,
            ("tierslieux.bookable.price", "published"): cls.room.price_ids,
            ("tierslieux.bookable.price", "not published"): hidden.price_ids,
            ("tierslieux.booking", "another person's"): booking,
            ("tierslieux.booking.hold", "any"): booking.hold_ids,
            ("tierslieux.booking.feed", "any"): cls.env[
                "tierslieux.booking.feed"
            ].create({"partner_id": cls.ada.id}),
            ("tierslieux.venue.vat", "any"): cls.env["tierslieux.venue.vat"].create(
                {
                    "venue_id": cls.venue.id,
                    "regime": "franchise_293b",
                    "mention": "TVA non applicable, art. 293 B du CGI",
                }
            ),
        }

    def lines(self):
        file = Path(__file__).with_name("access_matrix.csv")
        with file.open(newline="", encoding="utf-8") as lines:
            return list(csv.DictReader(lines))

    def test_every_model_has_a_line(self):
        models = {
            name
            for name, model in self.env.registry.items()
            if model._original_module == "tierslieux_booking"
            and not model._abstract
            and not model._transient
        }
        self.assertEqual(models, {line["model"] for line in self.lines()})

    def test_matrix(self):
        differences = []
        for line in self.lines():
            model, kind = line.pop("model"), line.pop("record")
            for group, expected in line.items():
                record = (
                    self.own[group]
                    if kind == "the user's"
                    else self.records[model, kind]
                )
                mine = record.with_user(self.users[group])
                found = "".join(
                    letter
                    for letter, operation in OPERATIONS.items()
                    if mine.has_access(operation)
                )
                if found != (expected or ""):
                    differences.append(
                        f"{model} {kind}, {group}: {found or 'nothing'} "
                        f"instead of {expected or 'nothing'}"
                    )
        self.assertFalse(differences, "\n".join(["", *differences]))
