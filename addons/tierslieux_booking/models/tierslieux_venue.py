# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

# What the search of what is free knows of a venue; the last are its contact's.
KNOWN_FIELDS = frozenset({"active", "calendar_id", "is_published", "state"})
CONTACT_FIELDS = frozenset(
    {"city", "name", "partner_latitude", "partner_longitude", "tz"}
)


class Venue(models.Model):
    _inherit = "tierslieux.venue"

    bookable_ids = fields.One2many(
        "tierslieux.bookable", "venue_id", string="Can be booked"
    )
    vat_ids = fields.One2many("tierslieux.venue.vat", "venue_id", string="VAT status")

    def write(self, vals):
        if not (KNOWN_FIELDS | CONTACT_FIELDS).isdisjoint(vals):
            self.env.registry.clear_cache()
        return super().write(vals)

    def _vat_at(self, day):
        """The VAT status of the venue on a day; empty where none was recorded."""
        self.ensure_one()
        return self.env["tierslieux.venue.vat"]._at(self, [day])[self, day]

    def _may_manage(self):
        """Whether the user keeps these venues: their managers, and the board."""
        return (
            self.env.su
            or self.env.user.has_group("tierslieux_network.group_board")
            # sudo: who manages a venue is not for members to read
            or all(self.env.user in venue.manager_ids for venue in self.sudo())
        )
