# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class OpenBallot(models.Model):
    """A named vote. Each row carries the digest of the one before, so that a row
    changed, removed or slipped in by the host breaks the chain."""

    _name = "tierslieux.open.ballot"
    _description = "Open ballot"
    _inherit = ["tierslieux.append.only"]
    _order = "motion_id, position"

    motion_id = fields.Many2one(
        "tierslieux.motion", required=True, ondelete="restrict", index=True
    )
    elector_id = fields.Many2one(
        "tierslieux.elector", required=True, ondelete="restrict", index=True
    )
    voter_id = fields.Many2one(
        "res.partner",
        string="Cast by",
        required=True,
        ondelete="restrict",
        help="The elector, its delegate, or the holder of its proxy.",
    )
    choice = fields.Char(required=True)
    position = fields.Integer(required=True)
    cast_at = fields.Datetime(required=True)
    previous_digest = fields.Char(required=True)
    digest = fields.Char(required=True)

    _elector_uniq = models.Constraint(
        "UNIQUE (motion_id, elector_id)", "This vote has been cast already."
    )
    _position_uniq = models.Constraint(
        "UNIQUE (motion_id, position)", "Two votes cannot have the same position."
    )
