# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class UrnBallot(models.Model):
    """A ballot of a confidential vote: a choice, and nothing that leads to a voter."""

    _name = "tierslieux.urn.ballot"
    _description = "Ballot in the urn"
    _inherit = ["tierslieux.append.only"]
    _log_access = False
    _order = "motion_id, choice, id"

    motion_id = fields.Many2one(
        "tierslieux.motion", required=True, ondelete="restrict", index=True
    )
    college_id = fields.Many2one(
        "tierslieux.college",
        ondelete="restrict",
        help="Set only where the rule counts by college.",
    )
    choice = fields.Char(required=True)
