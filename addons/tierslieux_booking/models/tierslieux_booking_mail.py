# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from odoo import api, fields, models
from odoo.fields import Domain

BATCH = 50


class Booking(models.Model):
    """Letters about a booking, each sent once: confirmation, reminder, and what was
    changed."""

    _inherit = "tierslieux.booking"

    letter = fields.Selection(
        [
            ("confirmation", "Confirmation"),
            ("moved", "Moved"),
            ("cancellation", "Cancellation"),
        ],
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The letter that is to leave.",
    )
    reminded_on = fields.Datetime(readonly=True, copy=False)

    @api.model
    def _cron_letters(self):
        """Send the letters that are to leave, and the reminders whose hour has come.

        What was sent is written in the transaction that queues it: each leaves once.
        """
        now = fields.Datetime.now()
        commit = self.env["ir.cron"]._commit_progress
        work = (
            (Domain("letter", "!=", False), "_send_letters"),
            (self._to_remind(now), "_send_reminders"),
        )
        commit(remaining=sum(self.search_count(domain) for domain, _send in work))
        for domain, send in work:
            while bookings := self.search(domain, limit=BATCH, order="id"):
                bookings = bookings.try_lock_for_update().filtered_domain(domain)
                getattr(bookings, send)()
                if not commit(len(bookings)) or not bookings:
                    break

    @api.model
    def _to_remind(self, now):
        """Bookings that begin soon. Nobody is reminded of what they have just booked:
        those booked within the same hours have had their confirmation."""
        # sudo: a parameter of the network
        hours = int(
            self.env["ir.config_parameter"]
            .sudo()
            .get_param("tierslieux_booking.reminder_hours", 24)
        )
        soon = fields.Datetime.add(now, hours=hours)
        return (
            Domain("state", "=", "confirmed")
            & Domain("purpose", "=", "booking")
            & Domain("reminded_on", "=", False)
            & Domain("letter", "=", False)
            & Domain("start", ">", now)
            & Domain("start", "<=", soon)
            & Domain("create_date", "<=", fields.Datetime.subtract(now, hours=1))
        )

    def _send_letters(self):
        for letter in set(self.mapped("letter")):
            bookings = self.filtered(lambda one, letter=letter: one.letter == letter)
            bookings._send(f"tierslieux_booking.mail_template_{letter}")
        self.write({"letter": False})

    def _send_reminders(self):
        self._send("tierslieux_booking.mail_template_reminder")
        self.write({"reminded_on": fields.Datetime.now()})

    def _send(self, template):
        """Queue a letter each; who has no address gets none."""
        reachable = self.filtered(lambda one: one.partner_id.email)
        if reachable:
            # sudo: the letter is the network's, whoever booked
            self.env.ref(template).sudo().send_mail_batch(reachable.ids)

    def _process_attachments_for_template_post(self, mail_template):
        """Each letter brings what puts the booking into a calendar, or takes it out."""
        result = super()._process_attachments_for_template_post(mail_template)
        for booking in self:
            text = base64.b64encode(booking._ics().encode())
            result.setdefault(booking.id, {}).setdefault("attachments", []).append(
                (f"{booking.reference}.ics", text)
            )
        return result
