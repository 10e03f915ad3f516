# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.fields import Date
from odoo.tests import freeze_time, tagged

from ..domain.search import Need
from .common import NOW, BookingCommon, utc

DAY = utc("03-03 00:00"), utc("03-04 00:00")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSearchFree(BookingCommon):
    def free(self, *period, **need):
        found = self.env["tierslieux.bookable"]._search_free(
            Need(venue_id=self.venue.id, **need), *(period or DAY)
        )
        return {self.desks.browse(one.bookable_id): one.free for one in found}

    def test_agrees_with_each_bookable(self):
        """One statement over everything says what each bookable says of itself."""
        self.desks.write({"buffer_before": 15, "buffer_after": 30})
        self.room._book(self.ada, utc("03-03 09:00"), utc("03-03 11:00"))
        self.laser._book(self.ada, utc("03-03 09:00"), utc("03-03 10:00"))
        self.workshop._book(self.lea, utc("03-03 13:00"), utc("03-03 14:00"))
        for start in ("09:00", "10:00", "13:30"):
            self.desks._book(self.lea, utc(f"03-03 {start}"), utc("03-03 16:00"))
        every = self.room | self.desks | self.workshop | self.laser | self.printer
        for seats in (1, 2):
            asked = every.filtered(lambda one, seats=seats: one.seats >= seats)
            self.assertEqual(self.free(seats=seats), asked._free(*DAY, seats=seats))
        part = utc("03-03 10:15"), utc("03-03 13:45")
        self.assertEqual(
            self.free(*part),
            {one: free for one, free in every._free(*part).items() if free},
        )
        week = utc("03-03 00:00"), utc("03-10 00:00")
        self.assertEqual(self.free(*week), every._free(*week))

    def test_need(self):
        skill = self.env["tierslieux.skill"].create({"name": "Fabrication"})
        laser = self.env["tierslieux.skill"].create(
            {"name": "Laser", "parent_id": skill.id}
        )
        self.laser.skill_ids = laser
        self.room.capacity = 12
        self.venue.write({"partner_latitude": 45.76, "partner_longitude": 4.84})
        for found, need in (
            (self.laser, {"skill_id": skill.id}),
            (self.room, {"capacity": 10}),
            (self.laser | self.printer, {"kind": "equipment"}),
            (self.printer, {"words": (("imprimante", "presse"), ("3d",))}),
            (self.desks, {"seats": 3}),
            (self.desks.browse(), {"near": (48.85, 2.35), "within_km": 50}),
            (self.room, {"near": (45.75, 4.85), "within_km": 5, "capacity": 10}),
            (self.desks.browse(), {"minutes": 600}),
        ):
            with self.subTest(need):
                self.assertEqual(set(self.free(**need)), set(found))

    def test_follows_what_changes(self):
        self.assertIn(self.room, self.free())
        self.room.is_published = False
        self.assertNotIn(self.room, self.free())
        self.room.is_published = True
        self.venue.opening_hours = "Tu 10:00-11:00"
        self.assertEqual(
            self.free()[self.room], [(utc("03-03 09:00"), utc("03-03 10:00"))]
        )
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Travaux",
                "calendar_id": self.venue.calendar_id.id,
                "date_from": utc("03-03 09:30"),
                "date_to": utc("03-03 23:00"),
            }
        )
        self.assertEqual(
            self.free()[self.room], [(utc("03-03 09:00"), utc("03-03 09:30"))]
        )
        self.venue.state = "project"
        self.assertEqual(self.free(), {})

    def test_one_query(self):
        self.free()
        for count in (0, 20):
            self.env["tierslieux.bookable"].create(
                [
                    {"name": f"B{n}", "venue_id": self.venue.id, "is_published": True}
                    for n in range(count)
                ]
            )
            self.env.flush_all()
            self.free()
            with self.assertQueryCount(1):
                self.free()

    def test_plan(self):
        manager = self.create_user("venue_manager")
        self.venue.manager_ids = manager
        self.desks._book(self.ada, utc("03-03 09:00"), utc("03-03 11:00"), seats=2)
        plan = self.venue.with_user(manager)._plan(Date.to_date("2026-03-02"), 7)
        [row] = [row for row in plan["rows"] if row["bookable"] == self.desks]
        [booking] = row["bookings"]
        self.assertEqual(booking["name"], "Ada Martin")
        self.assertEqual(len(booking["seat_numbers"]), 2)
        self.assertEqual(len(row["opened"]), 5)
        self.assertEqual(plan["stop"], utc("03-08 23:00"))
        stranger = self.create_user("member")
        with self.assertRaises(AccessError):
            self.venue.with_user(stranger)._plan(Date.to_date("2026-03-02"))
