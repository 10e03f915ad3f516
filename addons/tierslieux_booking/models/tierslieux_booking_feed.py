# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import secrets
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.tierslieux_network.domain import calendar

# How far back a feed goes.
PAST = timedelta(days=90)


class BookingFeed(models.Model):
    """The secret address at which a calendar program finds somebody's bookings."""

    _name = "tierslieux.booking.feed"
    _description = "Private calendar"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    token = fields.Char(
        required=True, copy=False, default=lambda self: secrets.token_urlsafe(24)
    )

    _partner_uniq = models.Constraint(
        "UNIQUE (partner_id)", "This person has a private calendar already."
    )
    _token_uniq = models.Constraint("UNIQUE (token)", "This address is taken.")

    @api.model
    def _address(self):
        """The address of the user's calendar, made if there is none."""
        partner = self.env.user.partner_id
        # sudo: nobody reads addresses but through this, which gives one's own
        feeds = self.sudo()
        feed = feeds.search([("partner_id", "=", partner.id)])
        feed = feed or feeds.create({"partner_id": partner.id})
        return f"{feed.get_base_url()}/agenda/{feed.token}.ics"

    @api.model
    def _revoke(self):
        """The user's address holds no more; the next one is another."""
        # sudo: one's own, as above
        self.sudo().search([("partner_id", "=", self.env.user.partner_id.id)]).unlink()

    @api.model
    def _text(self, token):
        """The calendar at an address, or None where there is none."""
        # sudo: whoever knows the address reads the bookings behind it
        feed = self.sudo().search([("token", "=", token or "")])
        if not feed:
            return None
        bookings = self.env["tierslieux.booking"].sudo()
        lang = feed.partner_id.lang or "fr_FR"
        bookings = bookings.with_context(lang=lang).search(
            [
                ("partner_id", "=", feed.partner_id.id),
                ("stop", ">", fields.Datetime.now() - PAST),
            ],
            order="start, id",
        )
        return calendar.calendar(bookings._events(), name=bookings.env._("My bookings"))
