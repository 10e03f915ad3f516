# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class ShareConditions(models.Model):
    """A version of the conditions of subscription, fixed once adopted."""

    _name = "tierslieux.share.conditions"
    _description = "Conditions of subscription"
    _inherit = ["tierslieux.frozen"]
    _order = "company_id, adopted_on desc, id desc"

    company_id = fields.Many2one(
        "res.company",
        string="Foncière",
        required=True,
        default=lambda self: self.env["tierslieux.share.register"]._default_company(),
    )
    version = fields.Char(required=True)
    content = fields.Html(string="Text", required=True)
    adopted_on = fields.Date(readonly=True, copy=False)

    _version_uniq = models.Constraint(
        "UNIQUE (company_id, version)", "This version exists already."
    )

    @api.depends("version")
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._("Conditions, version %s", one.version)

    def action_adopt(self):
        self.filtered(
            lambda one: not one.adopted_on
        ).adopted_on = fields.Date.context_today(self)
