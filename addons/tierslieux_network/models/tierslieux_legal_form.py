# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class LegalForm(models.Model):
    _name = "tierslieux.legal.form"
    _description = "Legal form"
    _order = "sequence, id"

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    is_public_body = fields.Boolean(string="Public body")

    _code_uniq = models.Constraint("UNIQUE (code)", "This code is already used.")
