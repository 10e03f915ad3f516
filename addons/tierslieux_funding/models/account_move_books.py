# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """An entry of the register of funding is undone there, by its opposite."""

    _inherit = "account.move"

    funding_posting_ids = fields.One2many(
        "tierslieux.funding.posting", "move_id", string="Entries of funding"
    )

    def _check_unregistered(self):
        super()._check_unregistered()
        # sudo: whoever undoes entries need not read the register of funding
        postings = self.sudo().funding_posting_ids
        if postings:
            raise UserError(
                self.env._(
                    "“%s” is an entry of funding: it is reversed in Funding > "
                    "Entries, so that the register and the books agree.",
                    postings[0].name,
                )
            )
