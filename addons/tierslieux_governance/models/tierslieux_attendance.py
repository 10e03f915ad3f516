# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Attendance(models.Model):
    """An elector's presence at an assembly, from an arrival to a departure."""

    _name = "tierslieux.attendance"
    _description = "Attendance"
    _order = "arrived_at, id"
    _rec_name = "elector_id"

    assembly_id = fields.Many2one(
        "tierslieux.assembly", required=True, ondelete="restrict", index=True
    )
    elector_id = fields.Many2one(
        "tierslieux.elector", required=True, ondelete="restrict", index=True
    )
    mode = fields.Selection(
        [("site", "On site"), ("remote", "Remote")],
        string="How",
        required=True,
        default="site",
    )
    arrived_at = fields.Datetime(
        string="Arrived", required=True, default=fields.Datetime.now
    )
    left_at = fields.Datetime(string="Left")

    _present_once = models.UniqueIndex(
        "(elector_id) WHERE left_at IS NULL", "This member is present already."
    )
    _left_after = models.Constraint(
        "CHECK (left_at >= arrived_at)", "Nobody leaves before they arrive."
    )
