# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import ExclusionViolation, IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger, sql

from ..exceptions import SlotTaken
from .common import NOW, BookingCommon, utc


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestBooking(BookingCommon):
    def test_constraints_are_in_the_database(self):
        for name in ("seat_once", "space_or_part"):
            definition = sql.constraint_definition(
                self.env.cr,
                "tierslieux_booking_hold",
                f"tierslieux_booking_hold_{name}",
            )
            self.assertIn("EXCLUDE USING gist", definition or "")

    def test_book(self):
        booking = self.room._book(self.ada, utc("03-03 09:00"), utc("03-03 10:30"))
        self.assertEqual(booking.state, "confirmed")
        self.assertEqual(booking.price, 15)
        self.assertEqual(len(booking.hold_ids), 1)
        self.sound()
        with self.assertRaisesRegex(SlotTaken, "Salle Ampère") as refused:
            self.room._book(self.lea, utc("03-03 10:00"), utc("03-03 11:00"))
        self.assertFalse(
            self.env["tierslieux.booking"].search([("partner_id", "=", self.lea.id)])
        )
        self.assertIsInstance(refused.exception, UserError)

    def test_it_is_written_as_the_orm_would_write_it(self):
        """Every default, of whatever module, and two round trips to the database."""
        self.room._book(self.ada, utc("03-03 08:00"), utc("03-03 09:00"))
        before = self.env.cr.sql_log_count
        booking = self.room._book(self.ada, utc("03-03 09:00"), utc("03-03 10:30"))
        self.assertEqual(self.env.cr.sql_log_count - before, 2)
        Bookings = booking.browse().sudo()
        stored = [name for name, field in Bookings._fields.items() if field.store]
        told = ["bookable_id", "venue_id", "partner_id", "start", "stop"]
        [values] = booking.sudo().read(told, load=None)
        made = Bookings.create({**values, "reference": "x"})
        told += ["id", "reference", "hold_ids", "price", "audience", "vat_id", "letter"]
        for name in sorted(set(stored) - set(told)):
            self.assertEqual(booking.sudo()[name] or False, made[name] or False, name)

    def test_holds_exclude_one_another(self):
        booking = self.room._book(self.ada, utc("03-03 09:00"), utc("03-03 10:00"))
        hold = booking.hold_ids.sudo()
        with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation):
            hold.copy()
            self.env.flush_all()

    def test_nothing_stands_without_holds(self):
        booking = self.room._book(self.ada, utc("03-03 09:00"), utc("03-03 10:00"))
        booking.hold_ids.sudo().unlink()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(IntegrityError, "what it holds"),
        ):
            self.sound()

    def test_seats(self):
        start, stop = utc("03-03 09:00"), utc("03-03 12:00")
        self.desks._book(self.ada, start, stop, seats=3)
        with self.assertRaises(SlotTaken):
            self.desks._book(self.lea, start, stop, seats=2)
        self.desks._book(self.lea, start, stop)
        with self.assertRaises(SlotTaken):
            self.desks._book(self.lea, start, stop)
        self.sound()

    def test_space_and_parts(self):
        start, stop = utc("03-03 09:00"), utc("03-03 10:00")
        laser = self.laser._book(self.ada, start, stop)
        self.printer._book(self.lea, start, stop)
        with self.assertRaises(SlotTaken):
            self.workshop._book(self.lea, start, stop)
        self.sound()
        later, end = utc("03-03 13:00"), utc("03-03 14:00")
        self.workshop._book(self.lea, later, end)
        with self.assertRaises(SlotTaken):
            self.laser._book(self.ada, later, end)
        laser._cancel("panne")
        with self.assertRaises(SlotTaken):
            self.workshop._book(self.lea, start, stop)

    def test_rules(self):
        for start, stop, words in (
            ("03-03 08:00", "03-03 07:00", "after it starts"),
            ("03-01 09:00", "03-01 10:00", "past"),
            ("03-03 09:10", "03-03 10:10", "30 minutes"),
            ("03-03 07:00", "03-03 09:00", "closed"),
            ("03-07 09:00", "03-07 10:00", "closed"),
            ("09-01 09:00", "09-01 10:00", "90"),
        ):
            with self.subTest(start), self.assertRaisesRegex(UserError, words):
                self.room._book(self.ada, utc(start), utc(stop))

    def test_nearest(self):
        self.room._book(self.ada, utc("03-03 09:00"), utc("03-03 11:00"))
        times = self.room._nearest(utc("03-03 10:00"), utc("03-03 11:00"), count=2)
        self.assertEqual(
            times,
            [
                (utc("03-03 08:00"), utc("03-03 09:00")),
                (utc("03-03 11:00"), utc("03-03 12:00")),
            ],
        )

    def test_free(self):
        self.room._book(self.ada, utc("03-03 09:00"), utc("03-03 11:00"))
        day = utc("03-03 00:00"), utc("03-04 00:00")
        bookables = self.room | self.laser
        self.assertEqual(
            bookables._free(*day),
            {
                self.room: [
                    (utc("03-03 08:00"), utc("03-03 09:00")),
                    (utc("03-03 11:00"), utc("03-03 17:00")),
                ],
                self.laser: [(utc("03-03 08:00"), utc("03-03 17:00"))],
            },
        )
        self.workshop._book(self.ada, utc("03-03 13:00"), utc("03-03 17:00"))
        self.assertEqual(
            self.laser._free(*day)[self.laser],
            [(utc("03-03 08:00"), utc("03-03 13:00"))],
        )

    def test_cancel(self):
        user = self.create_user("member")
        start, stop = utc("03-04 09:00"), utc("03-04 10:00")
        mine = self.room.with_user(user)._book(user.partner_id, start, stop)
        mine.action_cancel()
        self.assertEqual(mine.state, "cancelled")
        self.assertFalse(mine.sudo().hold_ids)
        self.sound()
        late = self.room.with_user(user)._book(
            user.partner_id, utc("03-02 09:00"), utc("03-02 10:00")
        )
        with self.assertRaisesRegex(UserError, "24 hours"):
            late.action_cancel()
        with self.assertRaisesRegex(UserError, "no longer"):
            mine.action_cancel()
        manager = self.create_user("venue_manager")
        self.venue.manager_ids = manager
        with self.assertRaisesRegex(UserError, "why"):
            late.with_user(manager)._cancel()
        late.with_user(manager)._cancel("Dégât des eaux")
        self.assertEqual(late.state, "cancelled")

    def test_a_booking_is_not_in_the_way_of_its_move(self):
        """Half an hour later is proposed, and got, though the booking is there."""
        booking = self.laser._book(self.ada, utc("03-04 09:00"), utc("03-04 11:00"))
        self.room._book(self.lea, utc("03-04 09:00"), utc("03-04 11:00"))
        page = booking._move_page(utc("03-04 00:00").date(), utc("03-04 09:30"))
        self.assertTrue(page["chosen"]["free"])
        times = [one["start"] for day in page["days"] for one in day["times"]]
        for start in ("03-04 08:30", "03-04 09:00", "03-04 09:30", "03-04 10:30"):
            self.assertIn(utc(start), times)
        # for anybody else they are taken, and so is the workshop around the machine
        self.assertNotIn(
            utc("03-04 09:30"),
            self.laser._starts(utc("03-04 08:00"), utc("03-04 17:00"), 120),
        )
        booking._move(utc("03-04 09:30"), utc("03-04 11:30"))
        self.assertEqual(booking.start, utc("03-04 09:30"))
        self.sound()
        self.laser._book(self.lea, utc("03-04 12:00"), utc("03-04 13:00"))
        page = booking._move_page(utc("03-04 00:00").date(), utc("03-04 10:30"))
        self.assertFalse(page["chosen"]["free"])

    def test_move(self):
        booking = self.room._book(self.ada, utc("03-04 09:00"), utc("03-04 10:00"))
        self.room._book(self.lea, utc("03-04 12:00"), utc("03-04 13:00"))
        booking._move(utc("03-04 09:30"), utc("03-04 11:00"))
        self.assertEqual(booking.price, 15)
        self.sound()
        with self.assertRaises(SlotTaken):
            booking._move(utc("03-04 12:00"), utc("03-04 13:00"))
        self.assertEqual(booking.start, utc("03-04 09:30"))
        self.assertEqual(booking.hold_ids.start, utc("03-04 09:30"))
        self.sound()

    def test_whoever_books(self):
        user = self.create_user("member")
        room = self.room.with_user(user)
        start, stop = utc("03-04 09:00"), utc("03-04 10:00")
        with self.assertRaises(AccessError):
            room._book(self.ada, start, stop)
        with self.assertRaises(AccessError):
            room._book(user.partner_id, start, stop, purpose="maintenance")
        self.room.is_published = False
        with self.assertRaises(AccessError):
            room._book(user.partner_id, start, stop)
        manager = self.create_user("venue_manager")
        self.venue.manager_ids = manager
        walk_in = self.room.with_user(manager)._book(
            self.ada, utc("03-02 07:03"), utc("03-02 08:10"), purpose="walk_in"
        )
        self.assertEqual(walk_in.state, "confirmed")

    def test_the_first_page(self):
        """One's bookings, who comes to a mentor, who is expected in one's venue."""
        member, mentor, manager = (
            self.create_user(group)
            for group in ("member", "facilitator", "venue_manager")
        )
        self.venue.manager_ids = manager
        profile = self.env["tierslieux.profile"].create(
            {"partner_id": mentor.partner_id.id}
        )
        hour = self.create_bookable("Conseil", kind="mentor", profile_id=profile.id)
        expected = f"expected_{self.venue.id}"
        for user in (member, mentor, manager):
            needs = self.home(user)[0]
            self.assertFalse({"my_bookings", "appointments", expected} & set(needs))
        self.room._book(member.partner_id, utc("03-02 14:00"), utc("03-02 15:00"))
        coming = hour._book(member.partner_id, utc("03-03 09:00"), utc("03-03 10:00"))
        hour._book(self.ada, utc("03-05 09:00"), utc("03-05 10:00"))
        needs, ways = self.home(member)
        need = needs["my_bookings"]
        self.assertEqual(
            (need["count"], need["rank"], need["url"]), (2, 1, "/my/bookings")
        )
        self.assertIn("Salle Ampère", need["detail"])
        self.assertLessEqual({"book", "bookings"}, set(ways))
        self.assertNotIn("appointments", ways)
        needs, ways = self.home(mentor)
        need = needs["appointments"]
        self.assertEqual(
            (need["count"], need["rank"], need["url"]), (1, 2, "/my/appointments")
        )
        self.assertIn(member.name, need["detail"])
        self.assertIn("appointments", ways)
        bookings = self.env["tierslieux.booking"]
        self.assertEqual(len(bookings.with_user(mentor)._with_me()), 2)
        self.assertFalse(bookings.with_user(manager)._with_me())
        needs, ways = self.home(manager)
        self.assertEqual(
            (needs[expected]["count"], needs[expected]["url"]),
            (1, f"/my/venues/{self.venue.id}/planning"),
        )
        self.assertIn(f"plan_{self.venue.id}", ways)
        coming._cancel("Empêchement")
        self.assertNotIn("appointments", self.home(mentor)[0])
