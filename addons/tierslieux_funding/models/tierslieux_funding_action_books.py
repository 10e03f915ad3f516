# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class FundingAction(models.Model):
    _inherit = "tierslieux.funding.action"

    volunteering = fields.Boolean(
        string="Volunteers report their time",
        help="They see its name in their portal.",
    )
