# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tools import mute_logger

from .common import NetworkCommon


class TestVenue(NetworkCommon):
    def test_identifier_is_given_once(self):
        self.assertTrue(self.venue.identifier.startswith("TL"))
        self.assertNotEqual(self.venue.identifier, self.other_venue.identifier)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.create_venue("Copie", identifier=self.venue.identifier)

    def test_an_identifier_that_came_with_an_import_is_not_given_again(self):
        number = int(self.other_venue.identifier.removeprefix("TL"))
        taken = self.create_venue("Importé", identifier=f"TL{number + 2:05d}")
        # drawn together, so that the taken one is among them
        venues = self.env["tierslieux.venue"].create(
            [
                {"name": name, "category_id": self.coworking.id}
                for name in ("A", "B", "C")
            ]
        )
        self.assertEqual(len({*venues.mapped("identifier"), taken.identifier}), 4)

    def test_calendars_created_together_are_apart(self):
        hours = {0: [(540, 720)], 5: [(600, 660)]}
        venues = self.venue + self.other_venue + self.create_venue("Troisième")
        weeks = [hours, {1: [(0, 60)]}, hours]
        venues._set_weekly_hours(dict(zip(venues, weeks, strict=True)))
        self.assertEqual(len(venues.calendar_id), 3)
        self.assertEqual(venues.calendar_id.mapped("name"), venues.mapped("name"))
        for venue, week in zip(venues, weeks, strict=True):
            self.assertEqual(venue._weekly_hours(), week)
        first, __, third = venues.calendar_id
        self.assertEqual(first.hours_per_week, third.hours_per_week)
        self.venue._set_weekly_hours({self.venue: {6: [(0, 60)]}})
        self.assertEqual(venues[2]._weekly_hours(), hours)

    def test_opening_hours_live_in_the_calendar(self):
        self.venue.opening_hours = "Mo-Fr 09:00-12:00,14:00-18:30"
        self.assertEqual(len(self.venue.calendar_id.attendance_ids), 10)
        self.assertEqual(self.venue.calendar_id.tz, "Europe/Paris")
        self.venue.invalidate_recordset(["opening_hours"])
        self.assertEqual(self.venue.opening_hours, "Mo-Fr 09:00-12:00,14:00-18:30")

    def test_opening_hours_that_cannot_be_read(self):
        with self.assertRaisesRegex(ValidationError, "lundi"):
            self.venue.opening_hours = "lundi 9h-18h"

    def test_closed_venue_says_when(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.venue.state = "closed"
            self.venue.flush_recordset()

    def test_open_venue_has_opened(self):
        with self.assertRaises(ValidationError):
            self.venue.write({"state": "open", "opening_date": "2999-01-01"})

    def test_map_link(self):
        self.venue.write({"partner_latitude": 45.76, "partner_longitude": -4.83})
        self.assertEqual(
            self.venue.action_open_map()["url"],
            "https://www.openstreetmap.org/?mlat=45.760000&mlon=-4.830000"
            "#map=18/45.760000/-4.830000",
        )

    def test_search_text_has_no_accents(self):
        self.assertIn("l etabli du rhone", self.venue.search_text)

    def test_rna_is_tidied_and_checked(self):
        partner = self.env["res.partner"].create(
            {"name": "Association", "rna": "w69 1234567"}
        )
        self.assertEqual(partner.rna, "W691234567")
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            partner.rna = "691234567"
            partner.flush_recordset()

    def test_members_read_published_venues(self):
        member = self.create_user("member")
        venues = self.env["tierslieux.venue"].with_user(member)
        self.assertEqual(venues.browse(self.venue.id).name, "L'Établi du Rhône")
        with self.assertRaises(AccessError):
            venues.browse(self.other_venue.id).read(["name"])
        with self.assertRaises(AccessError):
            venues.browse(self.venue.id).write({"name": "Autre"})

    def test_managers_keep_their_venue_only(self):
        manager = self.create_user("venue_manager")
        self.other_venue.manager_ids = manager
        mine = self.other_venue.with_user(manager)
        mine.update_page({"phone": "+33400000000", "opening_hours": "Mo 09:00-18:00"})
        self.assertEqual(self.other_venue.phone, "+33400000000")
        self.assertEqual(len(self.other_venue.calendar_id.attendance_ids), 1)
        with self.assertRaises(AccessError):
            mine.update_page({"state": "open"})
        with self.assertRaises(AccessError):
            self.venue.with_user(manager).update_page({"capacity": 3})
