# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL

from ..domain import cancellation
from .tierslieux_bookable_price import AUDIENCES

STATES = [
    ("confirmed", "Confirmed"),
    ("done", "Done"),
    ("no_show", "Not come"),
    ("cancelled", "Cancelled"),
]


class Booking(models.Model):
    """A booking. The only way in is ``bookable._book``: nobody may create one
    otherwise, and the database refuses one that holds nothing."""

    _name = "tierslieux.booking"
    _description = "Booking"
    _inherit = ["portal.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "start desc, id desc"
    _rec_name = "reference"
    _rec_names_search = ["reference", "partner_id", "bookable_id"]

    reference = fields.Char(required=True, readonly=True, copy=False)
    bookable_id = fields.Many2one(
        "tierslieux.bookable",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    venue_id = fields.Many2one(
        "tierslieux.venue",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Booked by",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    start = fields.Datetime(required=True, readonly=True, tracking=True, index=True)
    stop = fields.Datetime(required=True, readonly=True, tracking=True)
    seats = fields.Integer(required=True, readonly=True, default=1)
    purpose = fields.Selection(
        [
            ("booking", "Booking"),
            ("walk_in", "Walk-in"),
            ("maintenance", "Maintenance"),
        ],
        required=True,
        readonly=True,
        default="booking",
    )
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        readonly=True,
        default="confirmed",
        index=True,
        tracking=True,
    )
    note = fields.Char(readonly=True, help="What the manager should know.")
    cancel_reason = fields.Char(readonly=True, tracking=True)
    cancelled_on = fields.Datetime(readonly=True)
    audience = fields.Selection(AUDIENCES, string="Price for", readonly=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    price = fields.Monetary(
        readonly=True, tracking=True, help="VAT included; fixed when it was booked."
    )
    vat_id = fields.Many2one(
        "tierslieux.venue.vat",
        string="VAT status",
        readonly=True,
        ondelete="restrict",
        help="That of the venue on the day of the booking, fixed when it was booked.",
    )
    hold_ids = fields.One2many("tierslieux.booking.hold", "booking_id")
    sequence = fields.Integer(
        string="Changes", readonly=True, help="How often it was moved or cancelled."
    )
    when = fields.Char(compute="_compute_when")
    can_change = fields.Boolean(
        compute="_compute_can_change",
        help="Whether who booked it may still cancel or move it.",
    )

    _reference_uniq = models.Constraint(
        "UNIQUE (reference)", "There is a booking with this reference already."
    )
    _order_of_time = models.Constraint(
        "CHECK (start < stop)", "A booking ends after it starts."
    )
    _seats_positive = models.Constraint(
        "CHECK (seats > 0)", "A booking takes a seat at least."
    )
    _somebody = models.Constraint(
        "CHECK (purpose != 'booking' OR partner_id IS NOT NULL)",
        "A booking is somebody's.",
    )
    _cancelled_on_a_day = models.Constraint(
        "CHECK ((state = 'cancelled') = (cancelled_on IS NOT NULL))",
        "A booking is cancelled on a day.",
    )
    _done_idx = models.Index("(stop) WHERE state = 'confirmed'")

    @api.depends("start", "stop", "bookable_id")
    @api.depends_context("lang")
    def _compute_when(self):
        for booking in self:
            booking.when = booking.bookable_id._when(booking.start, booking.stop)

    @api.depends("start", "state", "bookable_id.cancel_hours")
    def _compute_can_change(self):
        now = fields.Datetime.now()
        for booking in self:
            # sudo: the delay of what one booked, though it be published no more
            hours = booking.sudo().bookable_id.cancel_hours
            booking.can_change = booking.state == "confirmed" and (
                cancellation.in_time(booking.start, hours, now)
            )

    def _compute_access_url(self):
        super()._compute_access_url()
        for booking in self:
            booking.access_url = f"/my/bookings/{booking.id}"

    @api.model
    def _query_insertion(self, values):
        """What writes new bookings, sent with what they hold. The ORM would do it in
        twice the time of the whole booking; there is nothing to compute, to log or to
        follow.

        :param values: ``[{field: value}, …]``, ids too, the same fields in each
        """
        now = self.env.cr.now()
        given = {
            "company_id": self.env.company.id,
            "state": "confirmed",
            "sequence": 0,
            **dict.fromkeys(("create_uid", "write_uid"), self.env.uid),
            **dict.fromkeys(("create_date", "write_date"), now),
        }
        names = [*values[0], *given]
        return SQL(
            "INSERT INTO tierslieux_booking (%s) VALUES %s;",
            SQL(", ").join(map(SQL.identifier, names)),
            SQL(", ").join(
                tuple(
                    None if one is False else one
                    for one in [*row.values(), *given.values()]
                )
                for row in values
            ),
        )
