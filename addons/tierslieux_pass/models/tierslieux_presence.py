# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Presence(models.Model):
    """A person who is in a venue now. Kept apart from the visits, which are finished:
    the row goes when the person does."""

    _name = "tierslieux.presence"
    _description = "Person present"
    _order = "check_in, id"
    _rec_name = "check_in"

    pass_id = fields.Many2one("tierslieux.pass", required=True, ondelete="restrict")
    venue_id = fields.Many2one(
        "tierslieux.venue", required=True, ondelete="restrict", index=True
    )
    check_in = fields.Datetime(required=True)
    estimated_out = fields.Datetime(
        required=True, help="End of the visit if nobody records it."
    )
    cut_off = fields.Datetime(
        required=True,
        index=True,
        help="Until when its end may be recorded.",
    )
    tap_id = fields.Many2one("tierslieux.visit.tap", required=True, ondelete="restrict")

    # Whatever happens at once, a pass is in one place.
    _pass_uniq = models.Constraint(
        "UNIQUE (pass_id)", "This pass is in a venue already."
    )
