# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from .tierslieux_venue import CONTACT_FIELDS


class ResPartner(models.Model):
    _inherit = "res.partner"

    booking_ids = fields.One2many(
        "tierslieux.booking", "partner_id", string="Bookings in venues"
    )

    def write(self, vals):
        # sudo: whether a contact is a venue, whoever writes it
        if not CONTACT_FIELDS.isdisjoint(vals) and self.sudo().venue_ids:
            self.env.registry.clear_cache()
        return super().write(vals)

    def _booking_audience(self):
        """Whose prices each contact pays: ``{contact: "public" or "member"}``.

        A module that sells passes adds ``"pass"``.
        """
        # sudo: people pay members' prices, who may not read one another's membership
        members = self.sudo().filtered(
            lambda one: any(
                membership.on_roll
                for membership in one.membership_ids
                | one.commercial_partner_id.membership_ids
            )
        )
        return {
            one: "member" if one in members.with_env(one.env) else "public"
            for one in self
        }
