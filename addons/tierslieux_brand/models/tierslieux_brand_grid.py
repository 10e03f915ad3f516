# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import api, fields, models
from odoo.exceptions import UserError


class BrandGrid(models.Model):
    """The criteria of the progress approach as they read from one day on."""

    _name = "tierslieux.brand.grid"
    _description = "Criteria of the progress approach"
    _inherit = ["tierslieux.frozen"]
    _order = "date_from desc, id desc"

    name = fields.Char(required=True)
    date_from = fields.Date(
        string="In force from", required=True, default=fields.Date.context_today
    )
    adopted_on = fields.Date(string="Adopted on", readonly=True, copy=False)
    source = fields.Char(required=True, help="Where the criteria come from.")
    criterion_ids = fields.One2many(
        "tierslieux.brand.criterion", "grid_id", string="Criteria", copy=True
    )

    def action_adopt(self):
        self.ensure_one()
        if self.adopted_on:
            raise UserError(self.env._("These criteria are adopted already."))
        if not self.criterion_ids:
            raise UserError(self.env._("There is no criterion."))
        for criterion in self.criterion_ids:
            if not criterion._is_complete():
                raise UserError(
                    self.env._("%s: write each of the five levels.", criterion.name)
                )
        # what was just written of its parts goes in before they are fixed
        self.env.flush_all()
        self.adopted_on = fields.Date.context_today(self)

    @api.model
    def _adopt_first(self):
        """Adopt the criteria that come with the module."""
        grid = self.env.ref("tierslieux_brand.grid_first")
        if not grid.adopted_on:
            grid.action_adopt()
