# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..domain import opening_hours
from ..domain.search_terms import searchable

# What a manager may say of their venue; the rest (state, structure, managers…) is
# for the board.
PAGE_FIELDS = frozenset(
    {
        "accessibility",
        "accessibility_note",
        "accessibility_url",
        "audience_ids",
        "capacity",
        "description",
        "email",
        "has_cafe",
        "image_1920",
        "opening_hours",
        "participatory_governance",
        "phone",
        "service_ids",
        "street",
        "street2",
        "summary",
        "surface",
        "website",
    }
)


class Venue(models.Model):
    _name = "tierslieux.venue"
    _description = "Venue"
    _inherit = [
        "tierslieux.own.record",
        "mail.thread",
        "mail.activity.mixin",
        "website.published.mixin",
    ]
    _inherits = {"res.partner": "partner_id"}
    _order = "sort_name, id"
    _rec_names_search = ["name", "identifier"]
    _own_fields = PAGE_FIELDS

    partner_id = fields.Many2one(
        "res.partner",
        string="Contact card",
        required=True,
        ondelete="restrict",
        index=True,
    )
    active = fields.Boolean(default=True)
    identifier = fields.Char(
        required=True,
        copy=False,
        readonly=True,
        default=lambda self: self.env._("New"),
        tracking=True,
        help="Identifier of the venue in the census; imports match on it first.",
    )
    sort_name = fields.Char(
        string="Sorted by", related="partner_id.name", store=True, index=True
    )
    category_id = fields.Many2one(
        "tierslieux.venue.category",
        required=True,
        ondelete="restrict",
        index=True,
        tracking=True,
    )
    state = fields.Selection(
        [("project", "Project"), ("open", "Open"), ("closed", "Closed")],
        string="Status",
        required=True,
        default="project",
        index=True,
        tracking=True,
    )
    opening_date = fields.Date(tracking=True)
    closing_date = fields.Date(tracking=True)
    surface = fields.Integer(string="Surface (m²)", tracking=True)
    capacity = fields.Integer(
        string="Capacity (persons)", help="Persons the venue can welcome at once."
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Opening calendar",
        copy=False,
        ondelete="restrict",
        help="Weekly opening hours and closures.",
    )
    opening_hours = fields.Char(
        compute="_compute_opening_hours",
        inverse="_inverse_opening_hours",
        help="Weekly hours in the notation of OpenStreetMap, "
        "such as Mo-Fr 09:00-12:00,14:00-18:30; Sa 09:00-12:00",
    )
    service_ids = fields.Many2many("tierslieux.service", string="Services")
    audience_ids = fields.Many2many("tierslieux.audience", string="Audiences")
    accessibility = fields.Selection(
        [
            ("full", "Fully accessible"),
            ("partial", "Partly accessible"),
            ("none", "Not accessible"),
            ("unknown", "Not known"),
        ],
        required=True,
        default="unknown",
        help="Access for persons with reduced mobility.",
    )
    accessibility_note = fields.Char(
        help="What a visitor should know: ramp, lift, hearing loop…"
    )
    accessibility_url = fields.Char(
        string="Accessibility page", help="Page of the venue on Acceslibre."
    )
    has_cafe = fields.Boolean(string="Café")
    participatory_governance = fields.Boolean(
        help="Users take part in the decisions of the venue."
    )
    structure_id = fields.Many2one(
        "res.partner",
        string="Holding structure",
        domain=[("is_company", "=", True)],
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
        help="The legal person that runs the venue.",
    )
    commune_id = fields.Many2one(
        "tierslieux.commune",
        ondelete="restrict",
        index="btree_not_null",
    )
    manager_ids = fields.Many2many(
        "res.users",
        "tierslieux_venue_manager_rel",
        "venue_id",
        "user_id",
        string="Managers",
        copy=False,
        help="Users who keep the venue's page and, later, its bookings.",
    )
    facilitator_ids = fields.Many2many(
        "tierslieux.profile",
        "tierslieux_profile_facilitated_venue_rel",
        "venue_id",
        "profile_id",
        string="Facilitators",
    )
    summary = fields.Char(size=280, translate=False)
    description = fields.Html(sanitize_attributes=True, translate=False)
    standard_values = fields.Json(
        string="Other columns of the national standard",
        copy=False,
        help="Columns that came with an import and have no field of their own; "
        "they are exported as they came.",
    )
    standard_updated_on = fields.Date(
        string="Checked on",
        default=fields.Date.context_today,
        help="Day on which the description was last known to be true.",
    )
    search_text = fields.Text(compute="_compute_search_text", store=True)

    _identifier_uniq = models.Constraint(
        "UNIQUE (identifier)", "A venue with this identifier exists already."
    )
    _partner_uniq = models.Constraint(
        "UNIQUE (partner_id)", "This contact is already a venue."
    )
    _surface_positive = models.Constraint(
        "CHECK (surface >= 0)", "A surface cannot be negative."
    )
    _capacity_positive = models.Constraint(
        "CHECK (capacity >= 0)", "A capacity cannot be negative."
    )
    _closing_after_opening = models.Constraint(
        "CHECK (closing_date >= opening_date)",
        "A venue cannot close before it opens.",
    )
    _closed_has_date = models.Constraint(
        "CHECK (state != 'closed' OR closing_date IS NOT NULL)",
        "Say on which day the venue closed.",
    )
    _search_text_idx = models.Index("USING gin (search_text gin_trgm_ops)")

    @api.depends(
        "calendar_id.two_weeks_calendar",
        "calendar_id.attendance_ids.week_type",
        "calendar_id.attendance_ids.dayofweek",
        "calendar_id.attendance_ids.hour_from",
        "calendar_id.attendance_ids.hour_to",
    )
    def _compute_opening_hours(self):
        for venue in self:
            venue.opening_hours = opening_hours.format_osm(venue._weekly_hours())

    def _inverse_opening_hours(self):
        hours = {}
        for venue in self:
            try:
                hours[venue] = opening_hours.parse(venue.opening_hours)
            except opening_hours.OpeningHoursError as error:
                raise ValidationError(
                    self.env._(
                        "“%(part)s” is not understood in the opening hours. Write "
                        "them like this: Mo-Fr 09:00-12:00,14:00-18:30",
                        part=error,
                    )
                ) from error
        self._set_weekly_hours(hours)

    @api.depends(
        "name",
        "city",
        "zip",
        "commune_id.name",
        "category_id.name",
        "service_ids.name",
        "audience_ids.name",
        "summary",
    )
    def _compute_search_text(self):
        # in French: the language of those who search
        for venue in self.with_context(lang="fr_FR"):
            venue.search_text = searchable(
                venue.name,
                venue.category_id.name,
                venue.city,
                venue.commune_id.name,
                venue.zip,
                *venue.service_ids.mapped("name"),
                *venue.audience_ids.mapped("name"),
                venue.summary,
            )

    @api.depends("name")
    def _compute_website_url(self):
        super()._compute_website_url()
        for venue in self:
            if venue.id:
                slug = self.env["ir.http"]._slug(venue)
                venue.website_url = f"/lieux/{slug}"

    @api.constrains("state", "opening_date")
    def _check_opening_date(self):
        today = fields.Date.context_today(self)
        for venue in self:
            if venue.state == "open" and (venue.opening_date or today) > today:
                raise ValidationError(
                    self.env._(
                        "%(venue)s opens on %(date)s: until then it is a project.",
                        venue=venue.name,
                        date=venue.opening_date,
                    )
                )

    @api.onchange("commune_id")
    def _onchange_commune_id(self):
        if self.commune_id:
            self.city = self.commune_id.name
            self.zip = self.zip or self.commune_id.zip

    @api.model_create_multi
    def create(self, vals_list):
        new = self.env._("New")
        france = self.env.ref("base.fr")
        unnamed = [v for v in vals_list if v.get("identifier", new) == new]
        given = {vals["identifier"] for vals in vals_list if vals.get("identifier")}
        numbers = self._next_identifiers(len(unnamed), given)
        for vals, number in zip(unnamed, numbers, strict=True):
            vals["identifier"] = number
        for vals in vals_list:
            vals.setdefault("is_company", True)
            vals.setdefault("country_id", france.id)
            vals.setdefault("tz", "Europe/Paris")
        return super().create(vals_list)

    def action_open_map(self):
        """The venue on OpenStreetMap."""
        self.ensure_one()
        latitude = f"{self.partner_latitude:.6f}"
        longitude = f"{self.partner_longitude:.6f}"
        return {
            "type": "ir.actions.act_url",
            "url": "https://www.openstreetmap.org/"
            f"?mlat={latitude}&mlon={longitude}#map=18/{latitude}/{longitude}",
        }

    @api.model
    def _next_identifiers(self, count, given=()):
        """New identifiers, other than those given and those that imports brought."""
        free = []
        # sudo: no venue has the identifier of one that is hidden; the sequence is the
        # network's, not the user's
        venues = self.sudo().with_context(active_test=False)
        sequence = self.env.ref("tierslieux_network.sequence_venue").sudo()
        while len(free) < count:
            drawn = self._query_draw(sequence, count - len(free))
            known = venues.search([("identifier", "in", drawn)]).mapped("identifier")
            free += [number for number in drawn if number not in {*given, *known}]
        return free

    @api.model
    def _query_draw(self, sequence, count):
        """As many numbers of a sequence, in one query."""
        if sequence.implementation == "no_gap":
            return [sequence.next_by_id() for __ in range(count)]
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s::regclass) FROM generate_series(1, %s)",
                f"ir_sequence_{sequence.id:03d}",
                count,
            )
        )
        return [sequence.get_next_char(number) for (number,) in rows]

    def update_page(self, values):
        """Write what a manager says of their venues.

        :param values: ``{field: value}`` out of ``PAGE_FIELDS``
        :raises AccessError: for somebody else's venue, or another field
        """
        self.check_access("write")
        self._check_own_fields(values)
        # sudo: managers have no right to write contacts; what they may write in that
        # of their venue is the list above
        self.sudo().write(
            {**values, "standard_updated_on": fields.Date.context_today(self)}
        )
