# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Receipt(models.Model):
    """That a document was sent to somebody, or signed by them."""

    _name = "tierslieux.training.receipt"
    _description = "Document sent or signed"
    _inherit = ["tierslieux.append.only"]
    _order = "id"
    _rec_name = "partner_id"

    paper_id = fields.Many2one(
        "tierslieux.training.paper", required=True, ondelete="restrict", index=True
    )
    partner_id = fields.Many2one("res.partner", required=True, ondelete="restrict")
    act = fields.Selection([("sent", "Sent"), ("signed", "Signed")], required=True)
    at = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    signature = fields.Binary(attachment=False)

    _signed_once = models.UniqueIndex(
        "(paper_id) WHERE act = 'signed'", "This is signed already."
    )
    _with_signature = models.Constraint(
        "CHECK ((act = 'signed') = (signature IS NOT NULL))", "Sign in the frame."
    )
