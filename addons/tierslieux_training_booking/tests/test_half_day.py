# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.tierslieux_booking.exceptions import SlotTaken
from odoo.addons.tierslieux_training.tests.common import TrainingCommon

WEEK = timedelta(days=7)


@tagged("post_install", "-at_install")
class TestHalfDay(TrainingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.venue.opening_hours = "24/7"
        cls.room, cls.other_room = cls.env["tierslieux.bookable"].create(
            [
                {"name": name, "venue_id": cls.venue.id, "seats": 4}
                for name in ("Salle Ampère", "Salle Jacquard")
            ]
        )
        cls.board = cls.create_user("board", "berthe")
        cls.planner = cls.morning.with_user(cls.board)

    def held(self, room=None):
        """Bookings that hold a room."""
        return (
            self.env["tierslieux.booking.hold"]
            .search([("bookable_id", "=", (room or self.room).id)])
            .booking_id
        )

    def book(self, start, stop, room=None):
        return (room or self.room)._book(self.ada.partner_id, start, stop, 1)

    def test_the_whole_space_is_held_at_no_price(self):
        self.planner.space_id = self.room
        booking = self.morning.booking_id
        self.assertEqual(
            (booking.start, booking.stop), (self.morning.start, self.morning.stop)
        )
        self.assertEqual((booking.purpose, booking.seats), ("training", 4))
        self.assertEqual((booking.price, booking.letter), (0, False))
        self.assertEqual(booking.note, self.event.name)
        self.assertEqual(self.planner.space_reference, booking.reference)
        with self.assertRaises(SlotTaken), self.cr.savepoint():
            self.book(self.morning.stop - timedelta(hours=1), self.morning.stop)
        self.book(self.morning.stop, self.morning.stop + timedelta(hours=1))

    def test_a_taken_space_is_refused_and_says_which_half_day(self):
        taken = self.book(self.morning.start, self.morning.stop)
        with self.assertRaises(UserError) as refusal, self.cr.savepoint():
            self.planner.space_id = self.room
        self.assertIn(self.morning._when(), str(refusal.exception))
        self.assertIn("Salle Ampère", str(refusal.exception))
        self.assertFalse(self.morning.booking_id)
        self.assertEqual(self.held(), taken)

    def test_two_sessions_do_not_share_a_space(self):
        self.morning.space_id = self.room
        same = self.create_session(trainer=self.other_trainer).half_day_ids[0]
        with self.assertRaisesRegex(UserError, "Salle Ampère"), self.cr.savepoint():
            same.space_id = self.room
        same.space_id = self.other_room
        self.assertTrue(same.booking_id)

    def test_moved_with_the_half_day(self):
        self.morning.space_id = self.room
        booking = self.morning.booking_id
        times = self.morning.start + WEEK, self.morning.stop + WEEK
        self.planner.write({"start": times[0], "stop": times[1]})
        self.assertEqual(self.morning.booking_id, booking)
        self.assertEqual((booking.start, booking.stop), times)
        self.book(times[0] - WEEK, times[1] - WEEK)
        with self.assertRaisesRegex(UserError, "Salle Ampère"), self.cr.savepoint():
            self.planner.write({"start": times[0] - WEEK, "stop": times[1] - WEEK})
        booking.invalidate_recordset()
        self.assertEqual((booking.start, booking.stop), times)
        self.assertIn(booking, self.held())

    def test_another_space_is_held_instead(self):
        self.morning.space_id = self.room
        first = self.morning.booking_id
        self.planner.space_id = self.other_room
        self.assertEqual(first.state, "cancelled")
        self.assertFalse(self.held())
        self.assertEqual(self.held(self.other_room), self.morning.booking_id)
        self.planner.space_id = False
        self.assertFalse(self.held(self.other_room) | self.morning.booking_id)

    def test_freed_with_the_half_day_and_the_session(self):
        self.event.half_day_ids.space_id = self.room
        self.assertEqual(len(self.held()), 2)
        self.planner.unlink()
        self.assertEqual(self.held(), self.afternoon.booking_id)
        self.event.kanban_state = "cancel"
        self.assertFalse(self.held() | self.afternoon.booking_id)
        self.event.kanban_state = "normal"
        self.assertEqual(self.held(), self.afternoon.booking_id)
        self.event.active = False
        self.assertFalse(self.held())

    def test_freed_when_the_half_day_is_cancelled(self):
        self.event.half_day_ids.space_id = self.room
        self.planner.cancel_reason = "Le formateur est malade."
        self.planner.action_cancel()
        self.assertFalse(self.morning.booking_id)
        self.assertEqual(self.held(), self.afternoon.booking_id)

    def test_what_is_over_stays(self):
        past = datetime(2026, 10, 6, 8)
        self.morning.write(
            {
                "start": past,
                "stop": past + timedelta(hours=3, minutes=30),
                "space_id": self.room.id,
            }
        )
        booking = self.morning.booking_id
        booking.state = "done"
        self.event.name = "Un autre nom"
        self.assertEqual(self.morning.booking_id, booking)
        self.assertEqual(booking.note, "Un autre nom")
        self.event.kanban_state = "cancel"
        self.assertEqual(booking.state, "done")

    def test_who_keeps_the_venue_does_not_take_it_away(self):
        self.morning.space_id = self.room
        manager = self.create_user("venue_manager", "gus")
        self.venue.manager_ids += manager
        booking = self.morning.booking_id.with_user(manager)
        with self.assertRaisesRegex(UserError, self.event.name):
            booking._cancel("Fuite d’eau")
        self.assertEqual(booking.state, "confirmed")
        day = booking.start.date()
        plan = self.venue.with_user(manager)._plan(day)
        names = [one["note"] for row in plan["rows"] for one in row["bookings"]]
        self.assertEqual(names, [self.event.name])

    def test_a_space_of_another_venue_is_refused(self):
        elsewhere = self.create_venue("Ailleurs")
        space = self.env["tierslieux.bookable"].create(
            {"name": "Grange", "venue_id": elsewhere.id}
        )
        with self.assertRaisesRegex(ValidationError, "Grange"), self.cr.savepoint():
            self.planner.space_id = space
        self.assertFalse(self.held(space))
