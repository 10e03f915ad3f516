# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from odoo.addons.tierslieux_network.domain import calendar


class Booking(models.Model):
    """Bookings in calendar programs."""

    _inherit = "tierslieux.booking"

    def _ics(self):
        """The text of the file that puts these into a calendar, or takes them out."""
        cancelled = all(one.state == "cancelled" for one in self)
        return calendar.calendar(
            self._events(), method="CANCEL" if cancelled else "PUBLISH"
        )

    def _events(self):
        """What a calendar says of each: see the network’s domain/calendar."""
        events = []
        # sudo: where one's own booking is, though it be published no more
        for booking in self.sudo():
            venue = booking.venue_id
            place = (venue.partner_latitude, venue.partner_longitude)
            events.append(
                calendar.Event(
                    uid=f"{booking.reference}@{self.env.cr.dbname}.tierslieux",
                    start=booking.start,
                    stop=booking.stop,
                    stamp=booking.write_date or fields.Datetime.now(),
                    summary=f"{booking.bookable_id.name} – {venue.name}",
                    description=self.env._(
                        "Booking %(reference)s", reference=booking.reference
                    ),
                    location=", ".join(
                        filter(None, (venue.name, venue.street, venue.zip, venue.city))
                    ),
                    url=booking.get_base_url() + booking.access_url,
                    latitude=place[0] if any(place) else None,
                    longitude=place[1] if any(place) else None,
                    sequence=booking.sequence,
                    cancelled=booking.state == "cancelled",
                )
            )
        return events
