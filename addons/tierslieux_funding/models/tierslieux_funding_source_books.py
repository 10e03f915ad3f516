# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from .tierslieux_funding_account import NATURES

#: What is sold is invoiced, dues are called: their entries are made there.
NO_ENTRY = ("none", "None: invoiced or called elsewhere")
#: What the sources of the study usually are.
USUAL = {
    "grant": "grant",
    "programme": "grant",
    "crowdfunding": "gift",
    "sponsorship": "patronage",
}


class FundingSource(models.Model):
    _inherit = "tierslieux.funding.source"

    posting_nature = fields.Selection(
        [*NATURES, NO_ENTRY],
        string="Kind of money in the books",
        compute="_compute_posting_nature",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Chooses the accounts of its entries.",
    )

    @api.depends("code")
    def _compute_posting_nature(self):
        for source in self:
            source.posting_nature = USUAL.get(source.code, "none")
