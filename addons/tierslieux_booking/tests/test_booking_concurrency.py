# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.tierslieux_network.tests.at_once import AtOnceCase

from ..exceptions import SlotTaken

CONNECTIONS = 12
ISOLATION = ("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE")
# What overlaps, by a self-join that knows nothing of the constraints: two bookings of
# one seat, or of a space and something in it.
OVERLAPS = SQL(
    """
    SELECT one.id, other.id
      FROM tierslieux_booking one
      JOIN tierslieux_booking other
        ON one.id < other.id
       AND one.start < other.stop
       AND other.start < one.stop
      JOIN tierslieux_bookable a ON a.id = one.bookable_id
      JOIN tierslieux_bookable b ON b.id = other.bookable_id
     WHERE 'cancelled' NOT IN (one.state, other.state)
       AND (
           a.id != b.id
           AND (a.parent_path LIKE b.parent_path || '%%'
                OR b.parent_path LIKE a.parent_path || '%%')
           OR a.id = b.id
           AND EXISTS (
               SELECT FROM tierslieux_booking_hold mine
                 JOIN tierslieux_booking_hold yours USING (bookable_id, seat)
                WHERE mine.booking_id = one.id AND yours.booking_id = other.id
                  AND mine.seat > 0
           )
       )
    """
)


@tagged("post_install", "-at_install")
class TestBookingConcurrency(AtOnceCase):
    """Bookings over several connections, on rows that are committed and removed
    after."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            venue = env["tierslieux.venue"].create(
                {
                    "name": "Lieu disputé",
                    "category_id": env.ref(
                        "tierslieux_network.venue_category_coworking"
                    ).id,
                    "state": "open",
                    "opening_hours": "24/7",
                }
            )
            self.people = env["res.partner"].create(
                [{"name": f"Personne {n}"} for n in range(CONNECTIONS)]
            )
            room, desks = env["tierslieux.bookable"].create(
                [
                    {"name": "Atelier", "venue_id": venue.id},
                    {"name": "Bureaux", "venue_id": venue.id, "seats": 8},
                ]
            )
            machines = env["tierslieux.bookable"].create(
                [
                    {
                        "name": f"Machine {n}",
                        "kind": "equipment",
                        "venue_id": venue.id,
                        "room_id": room.id,
                    }
                    for n in range(2)
                ]
            )
            self.venue_id = venue.id
            self.calendar_id = venue.calendar_id.id
            self.contact_id = venue.partner_id.id
            self.room, self.desks = room.id, desks.id
            self.machines = machines.ids
        self.addCleanup(self.remove)
        self.start = Datetime.now().replace(
            hour=9, minute=0, second=0, microsecond=0
        ) + timedelta(days=3)

    def remove(self):
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            domain = [("venue_id", "=", self.venue_id)]
            env["tierslieux.booking"].search(domain).unlink()
            bookables = env["tierslieux.bookable"].search(domain)
            bookables.filtered("room_id").unlink()
            bookables.exists().unlink()
            env["tierslieux.venue"].browse(self.venue_id).unlink()
            env["resource.calendar"].browse(self.calendar_id).unlink()
            env["res.partner"].browse(self.contact_id).unlink()
            env["res.partner"].browse(self.people.ids).unlink()

    def together(self, isolation, act):
        """``[refusal or None, …]`` by the numbers of the people."""

        def acting(number):
            def one(env):
                partner = env["res.partner"].browse(self.people.ids[number])
                try:
                    act(env, number, partner)
                except UserError as refusal:
                    env.cr.rollback()
                    return refusal

            return one

        refusals = self.at_once(
            *[acting(number) for number in range(CONNECTIONS)], isolation=isolation
        )
        with self.registry.cursor() as cr:
            self.assertEqual(self.environment(cr).execute_query(OVERLAPS), [])
        return refusals

    def slot(self, day):
        start = self.start + timedelta(days=day)
        return start, start + timedelta(hours=1)

    def booker(self, bookable_id, start, stop):
        return lambda env, _number, partner: (
            env["tierslieux.bookable"].browse(bookable_id)._book(partner, start, stop)
        )

    def test_one_slot(self):
        for day, isolation in enumerate(ISOLATION):
            with self.subTest(isolation):
                start, stop = self.slot(day)
                results = self.together(isolation, self.booker(self.room, start, stop))
                refusals = [refusal for refusal in results if refusal]
                self.assertEqual(len(refusals), CONNECTIONS - 1)
                for refusal in refusals:
                    self.assertIsInstance(refusal, SlotTaken)
                    self.assertEqual(len(refusal.times), 3)
                    self.assertNotIn(start, [time[0] for time in refusal.times])

    def test_seats(self):
        """Nobody is refused while a seat is left."""
        for day, isolation in enumerate(ISOLATION[:2]):
            with self.subTest(isolation):
                results = self.together(
                    isolation, self.booker(self.desks, *self.slot(day))
                )
                self.assertEqual(results.count(None), 8)

    def test_space_and_parts(self):
        start, stop = self.slot(0)

        def act(env, number, partner):
            one = [self.room, *self.machines][number % 3]
            env["tierslieux.bookable"].browse(one)._book(partner, start, stop)

        for _round in range(3):
            results = self.together("REPEATABLE READ", act)
            won = {
                [self.room, *self.machines][number % 3]
                for number, refusal in enumerate(results)
                if refusal is None
            }
            self.assertIn(won, [{self.room}, set(self.machines)])
            start, stop = stop, stop + timedelta(hours=1)

    def test_moves_and_cancellations(self):
        """Two that swap, one that goes, others that wait for its place."""
        slots = [self.slot(day) for day in range(3)]
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            partner = env["res.partner"].browse(self.people.ids[0])
            room = env["tierslieux.bookable"].browse(self.room)
            bookings = [room._book(partner, *slot).id for slot in slots]

        def act(env, number, partner):
            booking = env["tierslieux.booking"].browse(bookings[number % 3])
            if number < 2:
                booking._move(*slots[1 - number])
            elif number == 2:
                booking._cancel()
            else:
                room = env["tierslieux.bookable"].browse(self.room)
                room._book(partner, *slots[random.randrange(3)])

        self.together("REPEATABLE READ", act)
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            standing = env["tierslieux.booking"].search(
                [("venue_id", "=", self.venue_id), ("state", "=", "confirmed")]
            )
            self.assertLessEqual(len(standing), 3)
            self.assertGreaterEqual(len(standing), 2)
            self.assertEqual(len(standing.hold_ids), len(standing))

    def test_a_space_is_put_around_while_its_part_is_booked(self):
        """Whichever comes first, the booking holds the space it is in."""
        start, stop = self.slot(0)

        def act(env, number, partner):
            desks = env["tierslieux.bookable"].browse(self.desks)
            if number:
                desks._book(partner, start, stop)
            else:
                desks.room_id = self.room
                env.flush_all()

        self.together("REPEATABLE READ", act)
        with self.registry.cursor() as cr:
            bookings = self.environment(cr)["tierslieux.booking"].search(
                [("bookable_id", "=", self.desks)]
            )
            self.assertEqual(len(bookings), 8)
            for booking in bookings:
                self.assertEqual(
                    booking.hold_ids.filtered("inside").bookable_id.id, self.room
                )
