# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import licence as rule


class BrandLicenceDecision(models.TransientModel):
    """What the board writes into the history of a licence, with its motive."""

    _name = "tierslieux.brand.licence.decision"
    _description = "Decision about a licence"

    licence_id = fields.Many2one("tierslieux.brand.licence", required=True)
    kind = fields.Selection(
        [
            (rule.SUSPENSION, "Suspend"),
            (rule.LIFTING, "Lift the suspension"),
            (rule.WITHDRAWAL, "Withdraw, after notice"),
            (rule.UPHELD, "Uphold the appeal"),
            (rule.DISMISSED, "Dismiss the appeal"),
        ],
        string="Decision",
        required=True,
        default=rule.SUSPENSION,
    )
    date = fields.Date(
        string="From",
        required=True,
        compute="_compute_date",
        store=True,
        precompute=True,
        readonly=False,
    )
    motive = fields.Text(required=True)

    @api.depends("kind", "licence_id")
    def _compute_date(self):
        today = self.env["tierslieux.brand.licence"]._today()
        for decision in self:
            decision.date = decision.licence_id._first_day(decision.kind) or today

    def action_record(self):
        self.ensure_one()
        if self.env.user in self.licence_id.venue_id.manager_ids:
            raise UserError(
                self.env._("You run this venue: somebody else decides about it.")
            )
        # sudo: events are written by this method alone, of which the right is checked
        self.licence_id.sudo()._record(self.kind, self.date, motive=self.motive)
