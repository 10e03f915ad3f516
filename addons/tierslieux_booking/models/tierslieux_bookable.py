# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..domain.availability import Rules

KINDS = [("space", "Space"), ("equipment", "Equipment"), ("mentor", "Mentor")]


class Bookable(models.Model):
    """What can be booked: a space, a piece of equipment, an appointment with a
    mentor."""

    _name = "tierslieux.bookable"
    _description = "Bookable"
    _inherit = ["mail.thread", "image.mixin", "website.published.mixin"]
    _order = "venue_id, sequence, name, id"
    _parent_name = "room_id"
    _parent_store = True

    name = fields.Char(required=True, translate=False, tracking=True)
    kind = fields.Selection(KINDS, required=True, default="space", index=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    venue_id = fields.Many2one(
        "tierslieux.venue", required=True, ondelete="restrict", index=True
    )
    room_id = fields.Many2one(
        "tierslieux.bookable",
        string="Is in",
        ondelete="restrict",
        index=True,
        domain="[('venue_id', '=', venue_id), ('kind', '=', 'space')]",
        help="The space that is not free while this is used, nor this while that "
        "space is. Leave empty where both can be used at once.",
    )
    part_ids = fields.One2many("tierslieux.bookable", "room_id", string="Contains")
    parent_path = fields.Char(index=True)
    profile_id = fields.Many2one(
        "tierslieux.profile", string="Mentor", ondelete="restrict", index=True
    )
    skill_ids = fields.Many2many("tierslieux.skill", string="Skills")
    capacity = fields.Integer(
        string="Persons", default=1, help="Persons it takes at once."
    )
    seats = fields.Integer(
        default=1,
        required=True,
        tracking=True,
        help="Places booked one by one: 1 for a room booked as a whole.",
    )
    summary = fields.Char(size=280, translate=False)
    description = fields.Html(translate=False)
    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Own opening hours",
        ondelete="restrict",
        help="Left empty, those of the venue.",
    )
    slot_minutes = fields.Integer(
        string="Grid (minutes)", default=30, required=True, tracking=True
    )
    minimum_minutes = fields.Integer(string="Shortest (minutes)", default=30)
    maximum_minutes = fields.Integer(
        string="Longest (minutes)", help="0 for no limit but the opening hours."
    )
    buffer_before = fields.Integer(string="Kept free before (minutes)", tracking=True)
    buffer_after = fields.Integer(string="Kept free after (minutes)", tracking=True)
    minimum_notice = fields.Integer(string="Notice (minutes)", tracking=True)
    horizon_days = fields.Integer(
        string="Horizon (days)",
        default=90,
        tracking=True,
        help="How long ahead it can be booked; 0 for no limit.",
    )
    cancel_hours = fields.Integer(
        string="Cancelled until (hours before)", default=24, tracking=True
    )
    invoicing = fields.Selection(
        [
            ("booking", "Per booking"),
            ("monthly", "Monthly"),
            ("free", "Not invoiced"),
        ],
        required=True,
        default="monthly",
        tracking=True,
    )
    price_ids = fields.One2many(
        "tierslieux.bookable.price", "bookable_id", string="Prices", copy=True
    )
    booking_ids = fields.One2many("tierslieux.booking", "bookable_id")

    _seats_positive = models.Constraint(
        "CHECK (seats BETWEEN 1 AND 1000)", "A bookable has 1 to 1000 seats."
    )
    _grid_positive = models.Constraint(
        "CHECK (slot_minutes BETWEEN 5 AND 1440)",
        "The grid is between 5 minutes and a day.",
    )
    _minutes_positive = models.Constraint(
        """CHECK (
            minimum_minutes >= 0 AND maximum_minutes >= 0 AND buffer_before >= 0
            AND buffer_after >= 0 AND minimum_notice >= 0 AND horizon_days >= 0
            AND cancel_hours >= 0 AND capacity >= 0
        )""",
        "Minutes, days, hours and persons cannot be negative.",
    )
    _not_in_itself = models.Constraint(
        "CHECK (room_id != id)", "A space cannot be in itself."
    )

    @api.depends("name")
    def _compute_website_url(self):
        super()._compute_website_url()
        for bookable in self:
            if bookable.id:
                slug = self.env["ir.http"]._slug(bookable)
                bookable.website_url = f"/reserver/{slug}"

    @api.constrains("room_id", "venue_id", "kind")
    def _check_room(self):
        if self._has_cycle("room_id"):
            raise ValidationError(self.env._("A space cannot be in itself."))
        for bookable in self.filtered("room_id"):
            if bookable.room_id.venue_id != bookable.venue_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s and the space it is in belong to different venues.",
                        name=bookable.name,
                    )
                )

    @api.constrains("kind", "profile_id")
    def _check_mentor(self):
        for bookable in self:
            if (bookable.kind == "mentor") != bool(bookable.profile_id):
                raise ValidationError(
                    self.env._("An appointment is with a mentor, and only that.")
                )

    def _rules(self):
        """What holds for its bookings, for domain/availability."""
        self.ensure_one()
        return Rules(
            grid=self.slot_minutes,
            shortest=self.minimum_minutes,
            longest=self.maximum_minutes,
            notice=self.minimum_notice,
            horizon_days=self.horizon_days,
            buffer_before=self.buffer_before,
            buffer_after=self.buffer_after,
            seats=self.seats,
        )

    def _opening_key(self):
        """Which calendar, and whose clock, its opening hours are read in."""
        self.ensure_one()
        # sudo: a bookable one may see is open at the hours of its venue
        venue = self.venue_id.sudo()
        return (self.calendar_id or venue.calendar_id).id, self._tz()

    def _tz(self):
        """Name of the time zone of its venue."""
        # sudo: as above
        return self.venue_id.sudo().tz or "Europe/Paris"

    def _containing(self):
        """Ids of the spaces it is in, the outermost first."""
        self.ensure_one()
        return [int(one) for one in self.parent_path.split("/")[:-2]]
