# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..domain import hours


class Programme(models.Model):
    """What is taught, to whom and how: what the law asks a training to say."""

    _name = "tierslieux.programme"
    _description = "Training programme"
    _inherit = ["mail.thread"]
    _order = "name"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    is_published = fields.Boolean(string="On the website", copy=False)
    summary = fields.Char(help="One sentence, for the list.")
    audience = fields.Text(string="Whom it is for", required=True)
    prerequisites = fields.Text(required=True)
    objectives = fields.Text(required=True)
    means = fields.Text(string="Teaching means", required=True)
    evaluation = fields.Text(string="How it is assessed", required=True)
    module_ids = fields.One2many(
        "tierslieux.programme.module", "programme_id", string="Modules", copy=True
    )
    partner_ids = fields.One2many(
        "tierslieux.programme.partner", "programme_id", string="Partners", copy=True
    )
    price_ids = fields.One2many(
        "tierslieux.programme.price", "programme_id", string="Prices", copy=True
    )
    event_ids = fields.One2many("event.event", "programme_id", string="Sessions")
    minutes = fields.Integer(compute="_compute_minutes", store=True)
    duration = fields.Char(compute="_compute_duration")

    @api.depends("module_ids.minutes")
    def _compute_minutes(self):
        for programme in self:
            programme.minutes = sum(programme.module_ids.mapped("minutes"))

    @api.depends("minutes")
    def _compute_duration(self):
        for programme in self:
            programme.duration = hours.label(programme.minutes)

    @api.constrains("partner_ids", "module_ids")
    def _check_shares(self):
        for programme in self:
            if sum(programme.partner_ids.mapped("minutes")) > programme.minutes:
                raise ValidationError(
                    self.env._("The partners' shares exceed the hours of the training.")
                )

    def _price(self, audience, day):
        """The price for an audience on a day; that for everybody where it has none."""
        self.ensure_one()
        prices = self.price_ids.filtered(lambda one: one.date_from <= day)
        prices = prices.sorted("date_from", reverse=True)
        return (
            prices.filtered(lambda one: one.audience == audience)
            or prices.filtered(lambda one: one.audience == "public")
        )[:1]

    def _page_url(self):
        self.ensure_one()
        return f"/formations/{self.env['ir.http']._slug(self)}"

    @api.model
    def _published(self, programme_id=None):
        """Those of the public pages, with the sessions to come."""
        domain = [("is_published", "=", True)]
        if programme_id is not None:
            domain.append(("id", "=", programme_id))
        # sudo: pages show the fields their template names, of published programmes
        return self.sudo().search(domain)

    def _coming(self):
        """``{programme: its published sessions to come}``, in one query."""
        sessions = self.env["event.event"].search(
            [
                ("programme_id", "in", self.ids),
                ("website_published", "=", True),
                ("date_begin", ">", fields.Datetime.now()),
            ],
            order="date_begin",
        )
        return sessions.grouped("programme_id")
