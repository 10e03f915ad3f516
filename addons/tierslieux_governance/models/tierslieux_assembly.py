# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from .tierslieux_decision_rule import KINDS


class Assembly(models.Model):
    """A meeting that decides, from its agenda to its signed minutes."""

    _name = "tierslieux.assembly"
    _description = "Assembly"
    _inherit = ["portal.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, id desc"

    name = fields.Char(required=True, tracking=True)
    kind = fields.Selection(
        [kind for kind in KINDS if kind[0] != "election"],
        required=True,
        default="ordinary",
        tracking=True,
    )
    state = fields.Selection(
        [
            ("draft", "Agenda"),
            ("convened", "Convened"),
            ("open", "Open"),
            ("closed", "Closed"),
            ("minuted", "Minutes signed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    date_start = fields.Datetime(string="Starts", required=True, tracking=True)
    date_end = fields.Datetime(string="Ends", required=True, tracking=True)
    tz = fields.Char(string="Time zone", required=True, default="Europe/Paris")
    attendance_mode = fields.Selection(
        [("site", "On site"), ("remote", "Remote"), ("both", "On site and remote")],
        required=True,
        default="both",
    )
    is_asynchronous = fields.Boolean(
        string="Votes open between two dates",
        help="Members vote when they like between start and end, without meeting.",
    )
    venue_id = fields.Many2one("tierslieux.venue", ondelete="restrict")
    place = fields.Char()
    remote_url = fields.Char(string="Remote meeting link")
    second_convocation_of_id = fields.Many2one(
        "tierslieux.assembly",
        string="Second convocation of",
        ondelete="restrict",
        copy=False,
    )
    statutes_version_id = fields.Many2one(
        "tierslieux.statutes.version",
        string="Statutes",
        ondelete="restrict",
        readonly=True,
        copy=False,
        help="The statutes in force on the day of the convocation.",
    )
    cutoff_date = fields.Date(
        string="Roll closed on",
        help="Who is on the roll on this day may vote.",
    )
    college_ids = fields.Many2many(
        "tierslieux.college", string="Colleges called", help="Empty: all of them."
    )
    chair_id = fields.Many2one("res.partner", string="Chair", tracking=True)
    secretary_id = fields.Many2one("res.partner", string="Secretary", tracking=True)
    scrutineer_ids = fields.Many2many("res.partner", string="Scrutineers")
    introduction = fields.Html(help="Text of the convocation, above the agenda.")

    motion_ids = fields.One2many(
        "tierslieux.motion", "assembly_id", string="Agenda", copy=True
    )
    elector_ids = fields.One2many(
        "tierslieux.elector", "assembly_id", string="Electorate"
    )
    convocation_ids = fields.One2many(
        "tierslieux.convocation", "assembly_id", string="Convocations"
    )
    proxy_ids = fields.One2many("tierslieux.proxy", "assembly_id", string="Proxies")
    convened_at = fields.Datetime(string="Convened on", readonly=True, copy=False)
    frozen_at = fields.Datetime(
        string="Electorate frozen on", readonly=True, copy=False
    )
    opened_at = fields.Datetime(string="Opened on", readonly=True, copy=False)
    closed_at = fields.Datetime(string="Closed on", readonly=True, copy=False)

    _dates_order = models.Constraint(
        "CHECK (date_end > date_start)", "An assembly ends after it starts."
    )

    @api.depends("name")
    def _compute_access_url(self):
        super()._compute_access_url()
        for assembly in self:
            assembly.access_url = f"/my/assemblies/{assembly.id}"
