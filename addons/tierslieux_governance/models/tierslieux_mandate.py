# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Mandate(models.Model):
    """A seat held by a person for a term: who may be called to a board meeting."""

    _name = "tierslieux.mandate"
    _description = "Mandate"
    _inherit = ["mail.thread"]
    _order = "date_from desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", string="Person", required=True, ondelete="restrict", index=True
    )
    role = fields.Selection(
        [
            ("chair", "Chair"),
            ("vice_chair", "Vice-chair"),
            ("secretary", "Secretary"),
            ("treasurer", "Treasurer"),
            ("member", "Board member"),
        ],
        required=True,
        default="member",
        tracking=True,
    )
    college_id = fields.Many2one("tierslieux.college", ondelete="restrict")
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="To", tracking=True)
    motion_id = fields.Many2one(
        "tierslieux.motion",
        string="Elected by",
        ondelete="restrict",
        index="btree_not_null",
    )

    _term_order = models.Constraint(
        "CHECK (date_to >= date_from)", "A term cannot end before it begins."
    )
    # The role is hashed into a range so that no extension is needed; five roles of
    # different hashes.
    _no_overlap = models.Constraint(
        """EXCLUDE USING gist (
            int4range(partner_id, partner_id, '[]') WITH &&,
            int4range(hashtext(role), hashtext(role), '[]') WITH &&,
            daterange(date_from, date_to, '[]') WITH &&
        )""",
        "This person has this role already during a part of this term.",
    )
