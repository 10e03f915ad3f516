# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    training_registration_id = fields.Many2one(
        "event.registration",
        string="Trainee",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
    )
    training_minutes = fields.Integer(
        string="Minutes of training",
        copy=False,
        help="Negative when a credit note gives them back.",
    )
