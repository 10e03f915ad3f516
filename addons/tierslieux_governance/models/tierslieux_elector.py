# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class Elector(models.Model):
    """One line of the electorate of an assembly, as frozen at its cut-off: who is in or
    out, and why. ``partner_id`` is the member; ``voter_id`` the person who acts for it:
    itself, or the delegate of a legal person."""

    _name = "tierslieux.elector"
    _description = "Elector"
    _inherit = ["tierslieux.append.only"]
    _order = "assembly_id, member_name, id"
    _rec_name = "member_name"

    assembly_id = fields.Many2one(
        "tierslieux.assembly", required=True, ondelete="restrict", index=True
    )
    membership_id = fields.Many2one(
        "tierslieux.membership", ondelete="restrict", index="btree_not_null"
    )
    mandate_id = fields.Many2one(
        "tierslieux.mandate", ondelete="restrict", index="btree_not_null"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Member", required=True, ondelete="restrict", index=True
    )
    voter_id = fields.Many2one(
        "res.partner", string="Who votes", ondelete="restrict", index=True
    )
    member_name = fields.Char(string="Member's name", required=True)
    voter_name = fields.Char(string="Name of who votes")
    search_text = fields.Char(
        required=True, help="Both names without case or accents, to find them."
    )
    college_id = fields.Many2one("tierslieux.college", ondelete="restrict")
    is_entitled = fields.Boolean(string="May vote", required=True)
    reason = fields.Char(
        string="Why", required=True, help="Why this member is in or out."
    )

    attendance_ids = fields.One2many("tierslieux.attendance", "elector_id")
    given_ids = fields.One2many(
        "tierslieux.proxy", "principal_id", string="Proxies given"
    )
    held_ids = fields.One2many("tierslieux.proxy", "holder_id", string="Proxies held")

    _voter_idx = models.Index("(assembly_id, voter_id) WHERE is_entitled")
    _partner_uniq = models.Constraint(
        "UNIQUE (assembly_id, partner_id, college_id)",
        "This member is on the electorate already.",
    )

    @api.depends("member_name", "voter_name")
    def _compute_display_name(self):
        for elector in self:
            name = elector.member_name
            if elector.voter_name and elector.voter_name != name:
                name = f"{name} ({elector.voter_name})"
            elector.display_name = name
