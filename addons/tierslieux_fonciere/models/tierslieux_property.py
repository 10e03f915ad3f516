# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class Property(models.Model):
    """A building owned together: what it costs, how it is financed, who occupies it."""

    _name = "tierslieux.property"
    _description = "Property"
    _inherit = ["mail.thread", "image.mixin"]
    _order = "sequence, name, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Foncière",
        required=True,
        default=lambda self: self.env["tierslieux.share.register"]._default_company(),
        help="The company that owns the building and issues the shares.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", string="Address", ondelete="restrict", index="btree_not_null"
    )
    venue_ids = fields.Many2many("tierslieux.venue", string="Occupants")
    state = fields.Selection(
        [
            ("project", "Project"),
            ("acquisition", "Being bought"),
            ("works", "Works under way"),
            ("open", "In use"),
        ],
        required=True,
        default="project",
        tracking=True,
    )
    acquired_on = fields.Date(string="Bought on")
    surface = fields.Integer(string="Surface (m²)")
    summary = fields.Char(size=280, help="One or two sentences, shown in lists.")
    description = fields.Html(
        help="What it is, who is there and what the money does, in plain words."
    )
    is_published = fields.Boolean(
        string="Published", tracking=True, help="Shown on the public site."
    )
    website_url = fields.Char(compute="_compute_website_url")
    cost_ids = fields.One2many("tierslieux.property.cost", "property_id")
    financing_ids = fields.One2many("tierslieux.property.financing", "property_id")
    work_ids = fields.One2many("tierslieux.property.work", "property_id")
    valuation_ids = fields.One2many("tierslieux.property.valuation", "property_id")
    issue_ids = fields.One2many("tierslieux.share.issue", "property_id")
    cost_total = fields.Monetary(string="Budget", compute="_compute_totals")
    planned_total = fields.Monetary(
        string="Financing planned", compute="_compute_totals"
    )
    secured_total = fields.Monetary(
        string="Financing secured", compute="_compute_totals"
    )

    _surface_positive = models.Constraint(
        "CHECK (surface >= 0)", "A surface is not negative."
    )

    @api.depends("name")
    def _compute_website_url(self):
        for one in self:
            one.website_url = one.id and f"/foncieres/{self.env['ir.http']._slug(one)}"

    @api.depends(
        "cost_ids.amount",
        "financing_ids.amount_planned",
        "financing_ids.amount_secured",
    )
    def _compute_totals(self):
        for one in self:
            one.cost_total = sum(one.cost_ids.mapped("amount"))
            one.planned_total = sum(one.financing_ids.mapped("amount_planned"))
            one.secured_total = sum(one.financing_ids.mapped("amount_secured"))
