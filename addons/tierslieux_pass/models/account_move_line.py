# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class AccountMoveLine(models.Model):
    """A line of the pass knows what it bills: once."""

    _inherit = "account.move.line"

    rated_line_id = fields.Many2one(
        "tierslieux.rated.line", readonly=True, copy=False, ondelete="restrict"
    )

    _rated_line_uniq = models.UniqueIndex(
        "(rated_line_id) WHERE rated_line_id IS NOT NULL",
        "This is billed already.",
    )

    def reconcile(self):
        # an order that was carried out matches its lines together, at its end
        matches = self.env.context.get("tierslieux_pass_matches")
        if matches is None:
            return super().reconcile()
        matches.append(self.with_context(tierslieux_pass_matches=None))
        return None
