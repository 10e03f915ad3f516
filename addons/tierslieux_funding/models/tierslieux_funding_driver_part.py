# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import formatLang


class FundingDriverPart(models.Model):
    """What one action uses of a shared cost; without action: what no action uses."""

    _name = "tierslieux.funding.driver.part"
    _description = "Part of a key of shared costs"
    _inherit = ["tierslieux.frozen"]
    _order = "driver_id, id"

    _frozen_parent = "driver_id"

    driver_id = fields.Many2one(
        "tierslieux.funding.driver", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="driver_id.company_id")
    action_id = fields.Many2one(
        "tierslieux.funding.action",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: unallocated, borne by no action.",
    )
    quantity = fields.Float(digits=(12, 3), required=True)
    percent = fields.Float(
        string="%", digits=(6, 3), compute="_compute_percent", aggregator=None
    )

    _action_uniq = models.UniqueIndex(
        "(driver_id, coalesce(action_id, 0))", "An action has one part of a key."
    )
    _quantity_positive = models.Constraint(
        "CHECK (quantity >= 0)", "A quantity is not negative."
    )

    @api.depends("quantity", "driver_id.part_ids.quantity")
    def _compute_percent(self):
        percents = {}
        for driver in self.driver_id:
            percents.update(driver._percents())
        for part in self:
            part.percent = percents.get(part, 0) / 1000

    @api.depends("action_id")
    def _compute_display_name(self):
        for part in self:
            part.display_name = part.action_id.name or self.env._("Unallocated")

    def _percent_text(self):
        return f"{formatLang(self.env, self.percent, digits=1)} %"
