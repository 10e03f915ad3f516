# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain

from ..domain import desk


class Booking(models.Model):
    """A booking and the pass: presence is never billed twice.

    Booked at the price for pass holders, it is covered by the visit: once the holder
    has come, the price is not invoiced and the minutes are counted on the pass. Booked
    at any other price, it pays for the visit, which is not counted on the pass.
    """

    _inherit = "tierslieux.booking"

    visit_ids = fields.One2many("tierslieux.visit", "booking_id", string="Visits")

    @api.model
    def _around(self, partner, venue_id, start, stop):
        """The bookings that a person's stay in a venue may be for."""
        return self.search(
            Domain("partner_id", "=", partner.id)
            & Domain("venue_id", "=", venue_id)
            & Domain("state", "!=", "cancelled")
            & Domain("purpose", "!=", "maintenance")
            & Domain("start", "<", stop + desk.AROUND_BOOKING)
            & Domain("stop", ">", start - desk.AROUND_BOOKING),
            order="start, id",
        )

    def _pays_for_visit(self):
        self.ensure_one()
        return self.audience != "pass" and self.price > 0

    def _is_covered_by_visit(self):
        """Whether a visit counted on the pass stands for the price of this booking."""
        self.ensure_one()
        # sudo: who invoices a booking need not see where people went
        visits = self.sudo().visit_ids
        return any(
            not (visit.void or visit.paid_by_booking or visit.corrected_by_ids)
            for visit in visits
        )

    def _is_due(self, now):
        """A price for pass holders is due once every tap of the day has arrived, and
        only if no visit stands for it."""
        self.ensure_one()
        if self.audience == "pass" and (
            now < self.stop + desk.OLDEST or self._is_covered_by_visit()
        ):
            return False
        return super()._is_due(now)

    def _invoice(self):
        covered = self.filtered(
            lambda one: one.audience == "pass" and one._is_covered_by_visit()
        )
        return super(Booking, self - covered)._invoice()
