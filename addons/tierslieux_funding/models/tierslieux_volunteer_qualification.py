# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ..domain.volunteering import NoRate, rate_on


class VolunteerQualification(models.Model):
    """What kind of work a volunteer does: it decides what an hour is worth."""

    _name = "tierslieux.volunteer.qualification"
    _description = "Qualification of volunteers"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    rate_ids = fields.One2many(
        "tierslieux.volunteer.rate", "qualification_id", string="Rates"
    )

    def _rate(self, day):
        """The adopted rate of a day; empty when there is none."""
        self.ensure_one()
        rates = self.rate_ids.filtered("adopted_on")
        try:
            return rate_on(day, [(rate.date_from, rate) for rate in rates])
        except NoRate:
            return rates.browse()
