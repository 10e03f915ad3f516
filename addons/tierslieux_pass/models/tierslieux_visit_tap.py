# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

SOURCES = [
    ("scanner", "Scanner"),
    ("api", "API"),
    ("offline", "Offline device"),
    ("desk", "Desk, by hand"),
    ("booking", "Booking"),
]
OUTCOMES = [
    ("in", "Came in"),
    ("out", "Went out"),
    ("ignored", "Read twice"),
    ("refused", "Refused"),
]


class VisitTap(models.Model):
    """One tap as it was received, and what was answered. Refused ones stay too: they
    prove what the desk said, and the same answer is given when they are sent again."""

    _name = "tierslieux.visit.tap"
    _description = "Tap of a pass"
    _inherit = ["tierslieux.append.only"]
    _order = "instant desc, id desc"
    _rec_name = "instant"

    pass_id = fields.Many2one(
        "tierslieux.pass", ondelete="restrict", help="None when the code is unknown."
    )
    venue_id = fields.Many2one("tierslieux.venue", required=True, ondelete="restrict")
    instant = fields.Datetime(required=True, help="By the clock of the device.")
    direction = fields.Selection([("in", "In"), ("out", "Out")])
    outcome = fields.Selection(OUTCOMES, required=True)
    refusal = fields.Char(help="Why it was refused, as a code.")
    message = fields.Char(
        string="Answer", compute="_compute_message", help="What the desk was told."
    )
    minutes = fields.Integer(
        string="Minutes spent", help="Of the visit that ended, as the desk was told."
    )
    source = fields.Selection(SOURCES, required=True)
    key = fields.Char(
        required=True,
        help="Chosen by the device, once for each tap: sent again, the tap is not "
        "counted again.",
    )
    digest = fields.Char(
        required=True, help="Of what was sent, to tell the same tap from another one."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Sent by",
        required=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )

    _key_uniq = models.Constraint(
        "UNIQUE (venue_id, source, key)",
        "This key was used for another tap already.",
    )
    _pass_idx = models.Index("(pass_id, instant)")
    _venue_idx = models.Index("(venue_id, instant)")
