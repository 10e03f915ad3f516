# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class AccountMove(models.Model):
    """An entry of the pass knows the month it was made by."""

    _inherit = "account.move"

    pass_close_id = fields.Many2one(
        "tierslieux.pass.close",
        string="Month of the pass",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
