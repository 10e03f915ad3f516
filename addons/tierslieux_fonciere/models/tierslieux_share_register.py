# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ShareRegister(models.Model):
    """The register of a foncière: where its chain is, and its own rules."""

    _name = "tierslieux.share.register"
    _description = "Register of share movements"
    _rec_name = "company_id"

    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    number = fields.Integer(string="Last number", readonly=True, default=0)
    digest = fields.Char(string="Last digest", readonly=True)

    _company_uniq = models.Constraint(
        "UNIQUE (company_id)", "A foncière has one register."
    )
