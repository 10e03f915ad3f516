# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class VolunteerRate(models.Model):
    """What an hour of a qualification is worth from a day on, and who says so. Fixed
    once adopted: another rate is a new one, from another day."""

    _name = "tierslieux.volunteer.rate"
    _description = "Rate of volunteering"
    _inherit = ["tierslieux.frozen"]
    _order = "qualification_id, date_from desc"
    _rec_name = "hourly"

    qualification_id = fields.Many2one(
        "tierslieux.volunteer.qualification",
        required=True,
        ondelete="restrict",
        index=True,
    )
    date_from = fields.Date(string="From", required=True)
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.ref("base.EUR"),
    )
    hourly = fields.Monetary(string="An hour", required=True, aggregator=None)
    source = fields.Char(required=True, help="The text or the decision.")
    adopted_on = fields.Date(readonly=True, copy=False)

    _one_a_day = models.Constraint(
        "UNIQUE (qualification_id, date_from)",
        "This qualification has a rate from that day already.",
    )
    _positive = models.Constraint("CHECK (hourly > 0)", "A rate is above zero.")

    def action_adopt(self):
        self.filtered(
            lambda rate: not rate.adopted_on
        ).adopted_on = fields.Date.context_today(self)
