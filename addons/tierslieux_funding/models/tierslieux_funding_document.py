# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class FundingDocument(models.Model):
    """A document of an agreement: what was asked, signed, reported."""

    _name = "tierslieux.funding.document"
    _description = "Document of a funding agreement"
    _order = "date desc, id desc"

    agreement_id = fields.Many2one(
        "tierslieux.funding.agreement", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="agreement_id.company_id", store=True)
    kind = fields.Selection(
        [
            ("application", "Grant application"),
            ("budget", "Budget"),
            ("notification", "Letter of notification"),
            ("convention", "Signed agreement"),
            ("amendment", "Signed amendment"),
            ("report", "Activity report"),
            ("accounts", "Approved accounts"),
            ("letter", "Letter"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    name = fields.Char(required=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    file = fields.Binary(attachment=True, required=True)
    filename = fields.Char()
    funder_visible = fields.Boolean(
        string="Shown to the funder", help="In the funder's own pages."
    )
