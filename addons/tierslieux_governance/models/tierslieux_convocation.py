# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Convocation(models.Model):
    """That an elector was called, when, by which text: the proof of the notice."""

    _name = "tierslieux.convocation"
    _description = "Convocation"
    _inherit = ["tierslieux.append.only"]
    _order = "sent_at, id"

    assembly_id = fields.Many2one(
        "tierslieux.assembly", required=True, ondelete="restrict", index=True
    )
    partner_id = fields.Many2one(
        "res.partner", string="Called", required=True, ondelete="restrict", index=True
    )
    email = fields.Char()
    means = fields.Selection(
        [("email", "Email"), ("letter", "Letter"), ("hand", "By hand")],
        required=True,
        default="email",
    )
    sent_at = fields.Datetime(required=True, default=fields.Datetime.now)
    digest = fields.Char(
        required=True, help="SHA-256 of the text of the convocation with its agenda."
    )
