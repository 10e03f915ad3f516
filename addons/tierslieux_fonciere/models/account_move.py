# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """An entry of share capital is undone where it was made, by its opposite."""

    _inherit = "account.move"

    share_posting_ids = fields.One2many(
        "tierslieux.share.posting", "move_id", string="Entries of share capital"
    )

    def _check_unregistered(self):
        super()._check_unregistered()
        # sudo: whoever undoes entries need not read the entries of share capital
        postings = self.sudo().share_posting_ids
        if postings:
            raise UserError(
                self.env._(
                    "“%s” is an entry of share capital: it is undone in Foncière, so "
                    "that the register, the capital and the bank agree.",
                    postings[0].name,
                )
            )
