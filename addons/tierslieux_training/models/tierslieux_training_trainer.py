# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Trainer(models.Model):
    """Who gives a half-day: nobody gives two at once."""

    _name = "tierslieux.training.trainer"
    _description = "Trainer of a half-day"
    _order = "half_day_id, id"
    _rec_name = "user_id"

    half_day_id = fields.Many2one(
        "tierslieux.training.half.day", required=True, ondelete="cascade", index=True
    )
    user_id = fields.Many2one(
        "res.users", string="Trainer", required=True, ondelete="restrict", index=True
    )
    start = fields.Datetime(related="half_day_id.start", store=True)
    stop = fields.Datetime(related="half_day_id.stop", store=True)
    cancelled_at = fields.Datetime(related="half_day_id.cancelled_at", store=True)

    # A range of one id needs no extension. The times follow their half-day in a
    # second statement: a row without them holds nothing yet.
    _one_at_once = models.Constraint(
        """EXCLUDE USING gist (
            int4range(user_id, user_id, '[]') WITH &&,
            tsrange(start, stop) WITH &&
        ) WHERE (start IS NOT NULL AND stop IS NOT NULL AND cancelled_at IS NULL)""",
        "This trainer gives another half-day at that time.",
    )
