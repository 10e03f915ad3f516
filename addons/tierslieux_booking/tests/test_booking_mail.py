# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, BookingCommon, utc


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestBookingMail(BookingCommon):
    def letters(self, now=NOW):
        before = self.env["mail.mail"].search([], order="id desc", limit=1).id or 0
        with freeze_time(now), self.enter_registry_test_mode():
            self.env.ref("tierslieux_booking.ir_cron_letters").method_direct_trigger()
        return self.env["mail.mail"].search(
            [("id", ">", before), ("model", "=", "tierslieux.booking")]
        )

    def test_each_once(self):
        self.ada.lang = "fr_FR"
        self.assertFalse(self.letters())
        booking = self.room._book(self.ada, utc("03-30 08:00"), utc("03-30 09:30"))
        confirmation = self.letters()
        self.assertEqual(confirmation.recipient_ids, self.ada)
        # the clock of the venue, put forward the day before
        self.assertIn("10\u00a0h à 11\u00a0h\u00a030", confirmation.subject)
        self.assertIn("lundi 30 mars 2026", confirmation.subject)
        self.assertEqual(
            confirmation.attachment_ids.mapped("name"), [f"{booking.reference}.ics"]
        )
        self.assertIn(b"DTSTART:20260330T080000Z", confirmation.attachment_ids.raw)
        self.assertFalse(self.letters())
        self.env.cr.execute(
            "UPDATE tierslieux_booking SET create_date = '2026-03-02' WHERE id = %s",
            [booking.id],
        )
        booking.invalidate_recordset()
        self.assertFalse(self.letters("2026-03-29 07:00:00"))
        reminder = self.letters("2026-03-29 09:00:00")
        self.assertEqual(reminder.recipient_ids, self.ada)
        self.assertFalse(self.letters("2026-03-29 10:00:00"))

    def test_changes(self):
        booking = self.room._book(self.ada, utc("03-04 08:00"), utc("03-04 09:00"))
        self.letters()
        booking._move(utc("03-05 08:00"), utc("03-05 09:00"))
        [moved] = self.letters()
        self.assertIn(b"SEQUENCE:1", moved.attachment_ids.raw)
        booking._cancel("Travaux")
        [cancelled] = self.letters()
        self.assertIn("Travaux", cancelled.body_html)
        self.assertIn(b"METHOD:CANCEL", cancelled.attachment_ids.raw)
        self.assertFalse(self.letters("2026-03-04 09:00:00"), "nothing to remind of")

    def test_done(self):
        past = self.room._book(self.ada, utc("03-02 09:00"), utc("03-02 10:00"))
        coming = self.room._book(self.ada, utc("03-02 12:00"), utc("03-02 13:00"))
        with freeze_time("2026-03-02 10:00:00"), self.enter_registry_test_mode():
            self.env.ref("tierslieux_booking.ir_cron_done").method_direct_trigger()
        self.assertEqual((past.state, coming.state), ("done", "confirmed"))
        with self.assertRaisesRegex(UserError, "not begun"):
            coming._no_show()
        with freeze_time("2026-03-02 10:00:00"):
            past._no_show()
        self.assertEqual(past.state, "no_show")

    def test_private_calendar(self):
        user = self.create_user("member")
        feeds = self.env["tierslieux.booking.feed"].with_user(user)
        address = feeds._address()
        self.assertEqual(feeds._address(), address)
        token = address.split("/")[-1].removesuffix(".ics")
        self.room._book(self.ada, utc("03-04 08:00"), utc("03-04 09:00"))
        mine = self.room._book(user.partner_id, utc("03-05 08:00"), utc("03-05 09:00"))
        text = feeds._text(token)
        self.assertEqual(text.count("BEGIN:VEVENT"), 1)
        self.assertIn(mine.reference, text)
        feeds._revoke()
        self.assertIsNone(feeds._text(token))
        self.assertIsNone(feeds._text(""))
        self.assertNotEqual(feeds._address(), address)
