# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.exceptions import AccessError

from ..domain import availability


class Venue(models.Model):
    """The plan of a venue, for those who keep it."""

    _inherit = "tierslieux.venue"

    def _plan(self, first_day, days=1):
        """Who is where.

        A constant number of queries.

        :param first_day: a local date
        :return: ``{"start", "stop", "zone", "rows"}``; instants are naive UTC. A row is
            a dict: ``bookable`` (a record), ``opened`` (list of intervals),
            ``bookings`` (dicts: ``id``, ``reference``, ``start``, ``stop``, ``seats``,
            ``seat_numbers``, ``state``, ``purpose``, ``name``, ``phone``, ``email``,
            ``note``, ``price``)
        :raises AccessError: the venue is not the user's to keep
        """
        self.ensure_one()
        self.check_access("read")
        if not self._may_manage():
            raise AccessError(self.env._("This is for the managers of the venue."))
        zone = ZoneInfo(self.tz or "Europe/Paris")
        start = availability.day_bounds(first_day, zone)[0]
        last = fields.Date.add(first_day, days=days - 1)
        stop = availability.day_bounds(last, zone)[1]
        # sudo: managers see who comes to their venue, not the contacts of the network
        bookables = self.env["tierslieux.bookable"].sudo()
        bookables = bookables.search([("venue_id", "=", self.id)])
        keys = {one: one._opening_key() for one in bookables}
        opened = self.env["resource.calendar"]._opened(set(keys.values()), start, stop)
        bookings = self._booked(bookables, start, stop)
        return {
            "start": start,
            "stop": stop,
            "zone": zone,
            "rows": [
                {
                    "bookable": one.with_env(self.env),
                    "opened": opened[keys[one]],
                    "bookings": bookings[one],
                }
                for one in bookables
            ],
        }

    def _booked(self, bookables, start, stop):
        """``{bookable: [booking as a dict, …]}``, in order of time."""
        found = {one: [] for one in bookables}
        bookings = bookables.env["tierslieux.booking"]
        for one in bookings.search(
            [
                ("bookable_id", "in", bookables.ids),
                ("start", "<", stop),
                ("stop", ">", start),
                ("state", "!=", "cancelled"),
            ],
            order="start, id",
        ):
            found[one.bookable_id].append(
                {
                    "id": one.id,
                    "reference": one.reference,
                    "start": one.start,
                    "stop": one.stop,
                    "seats": one.seats,
                    "seat_numbers": sorted(
                        hold.seat for hold in one.hold_ids if not hold.inside
                    ),
                    "state": one.state,
                    "purpose": one.purpose,
                    "name": one.partner_id.name or "",
                    "phone": one.partner_id.phone or "",
                    "email": one.partner_id.email or "",
                    "note": one.note or "",
                    "price": one.price,
                }
            )
        return found
