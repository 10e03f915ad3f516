# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import split_every

ADDRESSES_A_JOB = 50


class Venue(models.Model):
    """The place on the map of the venues that came without."""

    _inherit = "tierslieux.venue"

    @api.model
    def _without_place(self):
        return self.search(
            [
                ("partner_latitude", "in", (0, False)),
                ("partner_longitude", "in", (0, False)),
                ("street", "!=", False),
                ("city", "!=", False),
            ]
        )

    @api.model
    def _delay_geocoding(self):
        """Let jobs look for the venues without coordinates, some at a time."""
        for ids in split_every(ADDRESSES_A_JOB, self._without_place().ids, list):
            self.browse(ids).with_delay(
                description=self.env._("Coordinates of venues")
            )._geocode()

    def _geocode(self):
        """Write the coordinates that the address service knows; leave the others."""
        addresses = {
            venue: " ".join(filter(None, (venue.street, venue.zip, venue.city)))
            for venue in self
        }
        # sudo: the board may not read system parameters nor write contacts.
        places = self.env["tierslieux.geocoding"].sudo()._locate([*addresses.values()])
        for venue, address in addresses.items():
            if address in places:
                latitude, longitude = places[address]
                venue.sudo().write(
                    {"partner_latitude": latitude, "partner_longitude": longitude}
                )
