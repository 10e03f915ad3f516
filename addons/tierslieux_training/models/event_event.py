# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import secrets

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.tierslieux_network.domain import calendar

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Event(models.Model):
    """A session: an event with a programme, held in half-days."""

    _inherit = "event.event"

    programme_id = fields.Many2one(
        "tierslieux.programme", ondelete="restrict", index="btree_not_null"
    )
    half_day_ids = fields.One2many(
        "tierslieux.training.half.day", "event_id", string="Half-days"
    )
    enrolment_ids = fields.One2many(
        "tierslieux.training.enrolment", "event_id", string="Enrolments"
    )

    def _compute_website_url(self):
        """A session is on the page of its programme, where one enrols."""
        result = super()._compute_website_url()
        # sudo: of the programme its name alone, in an address
        for event in self.sudo().filtered("programme_id"):
            event.website_url = event.programme_id._page_url()
        return result

    def _training_minutes(self):
        """Minutes that the session plans."""
        self.ensure_one()
        return sum(self.half_day_ids.mapped("minutes"))

    def _training_over(self):
        self.ensure_one()
        # sudo: the dates of the half-days, whoever asks
        stops = self.sudo().half_day_ids.mapped("stop")
        return bool(stops) and max(stops) <= fields.Datetime.now()

    def _training_seats(self):
        """Seats left, or ``None`` without a limit."""
        self.ensure_one()
        # sudo: the public reads how many seats are left, of nobody whose
        event = self.sudo()
        return event.seats_available if event.seats_limited else None

    @api.model
    def _draw_code(self):
        return "".join(secrets.choice(ALPHABET) for _rank in range(6))

    @api.model
    def _agenda(self, start, stop, venue_id=None, limit=200):
        """Published events and sessions of all venues between two instants."""
        domain = Domain("website_published", "=", True)
        domain &= Domain("date_end", ">=", start) & Domain("date_begin", "<", stop)
        if venue_id:
            # sudo: the contact of a published venue is public
            venue = self.env["tierslieux.directory"]._published_venue(venue_id)
            domain &= Domain("address_id", "=", venue.partner_id.id)
        return self.search(domain, order="date_begin, id", limit=limit)

    def _agenda_ics(self):
        """The text of a calendar of these; a session is one event a half-day."""
        # sudo: of published events and sessions, when and where they are
        events = self.sudo()
        base = self.browse().get_base_url()
        entries = []
        for event in events:
            place = event.address_id
            moments = [
                (f"training-{one.id}", one.start, one.stop, one.venue_id.partner_id)
                for one in event.half_day_ids
            ] or [(f"event-{event.id}", event.date_begin, event.date_end, place)]
            entries += [
                calendar.Event(
                    uid=f"{key}@tierslieux",
                    start=start,
                    stop=stop,
                    stamp=event.write_date,
                    summary=event.name,
                    description=event.subtitle or "",
                    location=", ".join(filter(None, [where.name, where.city])),
                    url=f"{base}{event.website_url}",
                )
                for key, start, stop, where in moments
            ]
        return calendar.calendar(entries, self.env._("Agenda of the network"))
