# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Partner(models.Model):
    """Who holds shares: oneself, or a legal person that one represents."""

    _inherit = "res.partner"

    share_representative_id = fields.Many2one(
        "res.partner",
        string="Represented by, for its shares",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        groups="tierslieux_network.group_board,tierslieux_network.group_treasurer",
        help="Reads and acts for this legal person on the portal.",
    )

    def _share_holders(self):
        """This person, and the legal persons they represent."""
        self.ensure_one()
        # sudo: asked of oneself
        return self.sudo() | self.sudo().search(
            [("share_representative_id", "=", self.id)]
        )
