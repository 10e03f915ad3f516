# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _brand_ties(self):
        """``(venues, structures)`` a user runs or helps in: whom they may not judge."""
        self.ensure_one()
        # sudo: ties count whether the user may see the venue or not
        user = self.sudo()
        venues = user.env["tierslieux.venue"].search([("manager_ids", "in", user.ids)])
        profiles = user.partner_id.profile_ids
        venues |= profiles.facilitated_venue_ids | profiles.home_venue_id
        return venues, venues.structure_id
