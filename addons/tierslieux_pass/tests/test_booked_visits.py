# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from .common import NOW, PassCommon


class TestBookedVisits(PassCommon):
    """A booking and a visit are never billed both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.room = cls.env["tierslieux.bookable"].create(
            {
                "name": "Salle Condorcet",
                "kind": "space",
                "venue_id": cls.venue.id,
                "is_published": True,
                "price_ids": [
                    (
                        0,
                        0,
                        {"audience": "public", "date_from": "2025-01-01", "hour": 6},
                    ),
                    (0, 0, {"audience": "pass", "date_from": "2025-01-01", "hour": 2}),
                ],
            }
        )

    def setUp(self):
        super().setUp()
        self.clock.move_to(NOW)

    def book(self, partner, hours=2):
        return self.room._book(
            partner, NOW + timedelta(hours=1), NOW + timedelta(hours=1 + hours)
        )

    def stay(self, start, stop):
        self.clock.move_to(NOW + start)
        self.ada._tap(self.venue, None, "scanner", "in")
        self.clock.move_to(NOW + stop)
        self.ada._tap(self.venue, None, "scanner", "out")
        return self.env["tierslieux.visit"].search(
            [("pass_id", "=", self.ada.id)], order="check_in"
        )

    def test_without_a_price_for_passes_the_booking_is_paid(self):
        """Who pays the price of others is covered by nothing: the visit is."""
        self.room.price_ids.filtered(lambda one: one.audience == "pass").unlink()
        booking = self.book(self.ada.partner_id)
        self.assertEqual((booking.audience, booking.price), ("public", 12))
        visit = self.stay(timedelta(hours=1), timedelta(hours=3))
        self.assertTrue(visit.paid_by_booking)
        self.assertFalse(booking._is_covered_by_visit())

    def test_price_for_pass_holders_is_covered_by_the_visit(self):
        booking = self.book(self.ada.partner_id)
        self.assertEqual(booking.audience, "pass")
        self.assertFalse(booking._is_covered_by_visit())
        visit = self.stay(timedelta(hours=1), timedelta(hours=3))
        self.assertEqual(visit.booking_id, booking)
        self.assertFalse(visit.paid_by_booking)
        self.assertTrue(booking._is_covered_by_visit())
        self.assertNotIn(booking, self.billable())
        self.assertFalse(booking._invoice())
        visit._correct("Pas venue", void=True)
        booking.invalidate_recordset()
        self.assertFalse(booking._is_covered_by_visit())
        self.assertIn(booking, self.billable())

    def billable(self):
        return self.env["tierslieux.booking"]._billable(NOW + timedelta(days=40))

    def test_another_price_pays_for_the_visit(self):
        booking = self.book(self.ada.partner_id)
        booking.sudo().write({"audience": "public", "price": 12})
        covered, beyond = self.stay(timedelta(hours=1), timedelta(hours=6))
        self.assertEqual(
            [(v.minutes, v.paid_by_booking) for v in (covered, beyond)],
            [(120, True), (180, False)],
        )
        self.assertEqual(covered.booking_id, booking)
        self.assertFalse(booking._is_covered_by_visit())
