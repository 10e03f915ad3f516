# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Resolution(models.Model):
    """What an assembly decided: one line of the register, with the arithmetic of its
    verdict and the articles it rests on. Its follow-up actions are activities."""

    _name = "tierslieux.resolution"
    _description = "Resolution"
    _inherit = ["tierslieux.append.only", "mail.thread", "mail.activity.mixin"]
    _order = "decided_at desc, id desc"
    _rec_names_search = ["number", "name"]

    number = fields.Char(required=True)
    motion_id = fields.Many2one(
        "tierslieux.motion", required=True, ondelete="restrict", index=True
    )
    assembly_id = fields.Many2one(
        "tierslieux.assembly", required=True, ondelete="restrict", index=True
    )
    statutes_version_id = fields.Many2one(
        "tierslieux.statutes.version",
        string="Statutes",
        required=True,
        ondelete="restrict",
    )
    name = fields.Char(required=True)
    text = fields.Html()
    outcome = fields.Selection(
        [
            ("adopted", "Adopted"),
            ("rejected", "Rejected"),
            ("elected", "Elected"),
            ("no_quorum", "No quorum"),
        ],
        required=True,
        index=True,
    )
    verdict = fields.Json(
        required=True, help="Numbers, rules, articles and rounds of the count."
    )
    verdict_text = fields.Text(
        required=True, help="The same in French sentences, as in the minutes."
    )
    decided_at = fields.Datetime(required=True)

    _number_uniq = models.Constraint(
        "UNIQUE (number)", "This number is already used in the register."
    )
    _motion_uniq = models.Constraint(
        "UNIQUE (motion_id)", "This motion has been decided already."
    )
