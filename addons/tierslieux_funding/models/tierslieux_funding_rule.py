# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class FundingRule(models.Model):
    _name = "tierslieux.funding.rule"
    _description = "Dated rule of public funding"
    _inherit = ["tierslieux.legal.rule"]

    code = fields.Selection(
        [
            ("convention", "Grant above which an agreement is signed (€)"),
            ("audit", "Grants of a year above which an auditor is named (€)"),
            ("report_months", "Months to give the financial report"),
        ],
        string="Rule",
        required=True,
    )

    _code_date_uniq = models.UniqueIndex(
        "(code, date_from)", "This rule has a value from this day already."
    )
