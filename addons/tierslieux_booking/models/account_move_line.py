# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    billed_booking_id = fields.Many2one(
        "tierslieux.booking",
        string="Booking",
        copy=False,
        ondelete="restrict",
        readonly=True,
    )
    credited_booking_id = fields.Many2one(
        "tierslieux.booking",
        string="Booking credited",
        copy=False,
        ondelete="restrict",
        readonly=True,
    )

    # A booking is billed once and credited once, whoever runs what at the same time.
    _billed_once = models.UniqueIndex(
        "(billed_booking_id) WHERE billed_booking_id IS NOT NULL",
        "This booking is invoiced already.",
    )
    _credited_once = models.UniqueIndex(
        "(credited_booking_id) WHERE credited_booking_id IS NOT NULL",
        "This booking is credited already.",
    )
