# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import UserError


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def write(self, vals):
        result = super().write(vals)
        if "analytic_distribution" in vals:
            posted = self.filtered(lambda line: line.parent_state == "posted")
            self.env["tierslieux.funding.expense"]._sync_known(posted.move_id)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_charged(self):
        """A line that is charged to a funder stays until it is released; the row of
        one that is not goes with it."""
        # sudo: whoever deletes the line may not read funding
        expenses = (
            self.env["tierslieux.funding.expense"]
            .sudo()
            .search([("move_line_id", "in", self.ids)])
        )
        if charged := expenses.filtered("allocation_ids"):
            raise UserError(
                self.env._(
                    "%(expense)s is charged to %(funders)s: release it first.",
                    expense=charged[0].display_name,
                    funders=", ".join(
                        charged[0].allocation_ids.agreement_id.mapped("name")
                    ),
                )
            )
        expenses.unlink()
