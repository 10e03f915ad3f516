# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ShareIssueDocument(models.Model):
    """A paper that an issue needs before it opens; whoever subscribes may read it."""

    _name = "tierslieux.share.issue.document"
    _description = "Document of a share issue"
    _order = "issue_id, kind, id"

    issue_id = fields.Many2one(
        "tierslieux.share.issue", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [
            ("statutes", "Statutes"),
            ("decision", "Decision to issue shares"),
            ("information", "Information document (DIS)"),
            ("prospectus", "Prospectus approved by the AMF"),
            ("other", "Other"),
        ],
        required=True,
    )
    name = fields.Char(required=True)
    file = fields.Binary(attachment=True, required=True)
    is_public = fields.Boolean(
        string="Public", default=True, help="Shown on the page of the property."
    )
