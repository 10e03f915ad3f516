# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class FundingSource(models.Model):
    """Where money comes from: the study's sources of a hybrid budget."""

    _name = "tierslieux.funding.source"
    _description = "Source of funds"
    _order = "sequence, id"

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    color = fields.Char(default="#875a7b", help="Its colour in charts.")
    sequence = fields.Integer(default=10)

    _code_uniq = models.UniqueIndex("(code)", "A source has this code already.")
