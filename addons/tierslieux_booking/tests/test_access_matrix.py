# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tests import HttpCase, freeze_time, tagged

from odoo.addons.tierslieux_network.tests.matrix import Matrix, MatrixApi, MatrixTests

from .common import NOW, BookingCommon, utc

OK, FORBIDDEN = 200, 403


class BookingMatrix(Matrix, BookingCommon):
    """``access_matrix.csv`` is the table to review: who may r(ead), w(rite), c(reate)
    and u(nlink) what. The manager keeps the venue, the other manager another one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.create_users(
            **{"other manager": cls.create_user("venue_manager", "other_manager")}
        )
        cls.venue.manager_ids = cls.users["venue_manager"]
        hidden = cls.create_bookable(
            "Cachée", prices=[("public", 1, None, None)], is_published=False
        )
        booking = cls.room._book(cls.ada, utc("03-03 09:00"), utc("03-03 10:00"))
        cls.own = {}
        for rank, (group, user) in enumerate(cls.users.items()):
            start = utc("03-04 08:00") + timedelta(days=rank // 6, hours=rank % 6)
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

    def record(self, model, kind, group):
        if kind == "the user's":
            return self.own[group]
        return super().record(model, kind, group)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAccessMatrix(MatrixTests, BookingMatrix):
    pass


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAccessApi(MatrixApi, BookingMatrix, HttpCase):
    """The same matrix, asked from outside with an API key a user and guessed ids."""

    def test_search_finds_what_one_may_read(self):
        for model, kind, group, record, letters in self.cells(self.keys):
            answer = self.call(
                group, model, "search_count", domain=[["id", "in", record.ids]]
            )
            with self.subTest(model=model, kind=kind, group=group):
                found = len(record) if "r" in letters else 0
                seen = answer.json() if answer.status_code == OK else 0
                self.assertEqual(seen, found)

    def test_change_and_removal_are_refused(self):
        later = {"date_from": "2031-01-01"}
        for model, kind, group, record, letters in self.cells(self.keys):
            for letter, method, arguments in (
                ("w", "write", {"vals": {}}),
                ("u", "unlink", {}),
                ("c", "copy", {"default": later} if "price" in model else {}),
            ):
                if letter in letters:
                    continue
                answer = self.call(group, model, method, ids=record.ids, **arguments)
                with self.subTest(model=model, kind=kind, group=group, method=method):
                    self.assertEqual(answer.status_code, FORBIDDEN, answer.text)
                    self.assertTrue(record.exists())

    def test_another_person_s_booking_is_left_alone(self):
        booking = self.records["tierslieux.booking", "another person's"]
        for group in ("portal", "member", "other manager"):
            answer = self.call(
                group, "tierslieux.booking", "action_cancel", ids=booking.ids
            )
            self.assertEqual(answer.status_code, FORBIDDEN, answer.text)
            self.assertEqual(booking.state, "confirmed")

    def test_acts_within_are_not_called(self):
        for model, method in (
            ("tierslieux.bookable", "_book"),
            ("tierslieux.bookable", "_record"),
            ("tierslieux.booking", "_cancel"),
            ("tierslieux.booking.hold", "_query_insert"),
        ):
            answer = self.call("administrator", model, method)
            self.assertEqual(answer.status_code, FORBIDDEN, answer.text)
