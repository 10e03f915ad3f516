# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, BookingCommon, utc

MENTION = "TVA non applicable, art. 293 B du CGI"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestBookingInvoice(BookingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["account.tax"].create(
            {"name": "20 %", "amount": 20, "type_tax_use": "sale", "sequence": 0}
        )
        cls.env["tierslieux.venue.vat"].create(
            [
                {
                    "venue_id": cls.venue.id,
                    "date_from": "2026-01-01",
                    "regime": "franchise_293b",
                    "mention": MENTION,
                },
                {
                    "venue_id": cls.venue.id,
                    "date_from": "2026-03-10",
                    "regime": "liable",
                    "rate": 20,
                },
            ]
        )
        cls.room.invoicing = "booking"

    def book(self, bookable, day, partner=None, hours=("09:00", "11:00")):
        return bookable._book(
            partner or self.ada, *(utc(f"{day} {hour}") for hour in hours)
        )

    def bill(self, now):
        with freeze_time(now), self.enter_registry_test_mode():
            self.env.ref("tierslieux_booking.ir_cron_invoice").method_direct_trigger()

    def test_status_of_the_day(self):
        """The status that held on the day of the booking, its tax and its wording."""
        before = self.book(self.room, "03-09")
        after = self.book(self.room, "03-10")
        self.assertEqual(before.vat_id.regime, "franchise_293b")
        self.assertEqual(after.vat_id.regime, "liable")
        (before | after)._invoice()
        self.assertIn(MENTION, before.move_id.narration)
        self.assertEqual(before.move_id.amount_total, 20)
        self.assertEqual(before.move_id.amount_tax, 0)
        self.assertFalse(after.move_id.narration)
        self.assertEqual(after.move_id.amount_total, 20)
        self.assertEqual(after.move_id.amount_tax, 3.33)
        self.assertEqual(set((before | after).move_id.mapped("state")), {"posted"})
        self.assertEqual(len((before | after).move_id), 2)

    def test_status_recorded_meanwhile(self):
        """Statuses are known without a query, a new one at once."""
        day = Datetime.to_datetime("2026-03-12").date()
        self.assertEqual(self.venue._vat_at(day).rate, 20)
        with self.assertQueryCount(0):
            self.venue._vat_at(day)
        self.env["tierslieux.venue.vat"].create(
            {
                "venue_id": self.venue.id,
                "date_from": day,
                "regime": "liable",
                "rate": 10,
            }
        )
        self.assertEqual(self.venue._vat_at(day).rate, 10)
        self.assertEqual(self.book(self.room, "03-12").vat_id.rate, 10)

    def test_each_booking_once(self):
        booking = self.book(self.room, "03-04")
        self.bill("2026-03-02 08:00:00")
        self.assertFalse(booking.move_id, "it can still be cancelled")
        self.bill("2026-03-03 09:30:00")
        move = booking.move_id
        self.assertEqual(move.state, "posted")
        self.bill("2026-03-04 09:30:00")
        self.assertFalse(booking._invoice())
        self.assertEqual(booking.move_id, move)
        line = booking.billed_line_ids
        self.assertEqual(len(line), 1)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            move.copy().invoice_line_ids.billed_booking_id = booking
            self.env.flush_all()

    def test_monthly(self):
        self.desks.invoicing = "monthly"
        bookings = self.book(self.desks, "03-03") | self.book(self.desks, "03-31")
        later = self.book(self.desks, "04-01")
        other = self.book(self.desks, "03-04", self.lea)
        self.bill("2026-03-31 21:00:00")
        self.assertFalse(bookings.move_id, "in Lyon, March has an hour left")
        self.bill("2026-03-31 22:00:00")
        self.assertEqual(len(bookings.move_id), 1)
        self.assertEqual(len(bookings.move_id.invoice_line_ids), 2)
        self.assertFalse(later.move_id)
        self.assertEqual(other.move_id.partner_id, self.lea)
        self.assertEqual(bookings.move_id.amount_total, 12)

    def test_credit(self):
        for day, tax in (("03-04", 0), ("03-11", 3.33)):
            booking = self.book(self.room, day)
            booking._invoice()
            self.room.price_ids.hour = 99
            booking._cancel("Panne")
            self.assertEqual(booking.credit_move_id.move_type, "out_refund")
            self.assertEqual(booking.credit_move_id.amount_total, 20)
            self.assertEqual(booking.credit_move_id.amount_tax, tax)
            self.assertEqual(booking.move_id.amount_residual, 0)
            self.room.price_ids.hour = 10
        booking._credit()
        self.assertEqual(len(booking.credited_line_ids), 1)

    def test_frozen(self):
        booking = self.book(self.room, "03-04")
        self.room.price_ids.hour = 99
        self.assertEqual(booking.price, 20)
        booking._invoice()
        self.assertEqual(booking.move_id.amount_total, 20)
        with self.assertRaisesRegex(UserError, "invoiced"):
            booking._move(utc("03-04 13:00"), utc("03-04 15:00"))

    def test_one_that_cannot_be_invoiced(self):
        """The others are, and it says why."""
        venue = self.create_venue(
            "Sans statut", state="open", opening_hours="Mo-Fr 09:00-18:00"
        )
        unknown = self.create_bookable(
            "Salle", prices=[("public", 5, None, None)], venue_id=venue.id
        )
        bookings = self.book(unknown, "03-03") | self.book(self.room, "03-03")
        bookings._invoice()
        self.assertIn("Sans statut", bookings[0].invoice_error)
        self.assertEqual(bookings[1].move_id.state, "posted")
        maintenance = self.room._book(
            self.env["res.partner"],
            Datetime.now(),
            utc("03-02 09:00"),
            purpose="maintenance",
        )
        self.assertFalse(maintenance._invoice())
