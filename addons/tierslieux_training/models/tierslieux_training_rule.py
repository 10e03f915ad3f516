# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class TrainingRule(models.Model):
    """Delays that the law sets."""

    _name = "tierslieux.training.rule"
    _description = "Dated rule of training"
    _inherit = ["tierslieux.legal.rule"]

    code = fields.Selection(
        [
            ("withdrawal", "Days to withdraw from a contract"),
            ("withdrawal_online", "Days to withdraw from a contract made online"),
            ("later_evaluation", "Months until the evaluation of the effects"),
        ],
        required=True,
    )

    _once = models.Constraint(
        "UNIQUE (code, date_from)", "There is a value from this day."
    )
