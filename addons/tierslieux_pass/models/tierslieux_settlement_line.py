# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class SettlementLine(models.Model):
    """What one venue gets from one settlement."""

    _name = "tierslieux.settlement.line"
    _description = "Venue's line of a settlement"
    _inherit = ["tierslieux.append.only"]
    _order = "settlement_id desc, venue_id"
    _rec_name = "venue_id"

    settlement_id = fields.Many2one(
        "tierslieux.settlement", required=True, ondelete="restrict"
    )
    statement_id = fields.Many2one(
        "tierslieux.venue.statement", required=True, ondelete="restrict", index=True
    )
    venue_id = fields.Many2one("tierslieux.venue", required=True, ondelete="restrict")
    minutes = fields.Integer()
    weight = fields.Integer()
    hours_cents = fields.Integer(required=True)
    pool_cents = fields.Integer(required=True)
    guarantee_cents = fields.Integer(required=True)
    total_cents = fields.Integer(required=True)

    _venue_uniq = models.Constraint(
        "UNIQUE (settlement_id, venue_id)", "This venue is settled already."
    )
    _total_is_sum = models.Constraint(
        "CHECK (total_cents = hours_cents + pool_cents + guarantee_cents)",
        "The total of a venue is the sum of its parts.",
    )
