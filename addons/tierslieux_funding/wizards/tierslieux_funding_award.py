# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class FundingAward(models.TransientModel):
    """Post an award: what will be written is shown first."""

    _name = "tierslieux.funding.award"
    _description = "Posting of an award"

    agreement_id = fields.Many2one(
        "tierslieux.funding.agreement", required=True, readonly=True
    )
    date = fields.Date(
        required=True,
        compute="_compute_date",
        store=True,
        readonly=False,
        precompute=True,
        help="The day the funder told it.",
    )
    explanation = fields.Text(compute="_compute_explanation")

    @api.depends("agreement_id")
    def _compute_date(self):
        today = fields.Date.context_today(self)
        for wizard in self:
            agreement = wizard.agreement_id
            # an amendment is of the day it is posted
            wizard.date = today if agreement.posting_ids else agreement._granted_on()

    @api.depends("agreement_id", "date")
    def _compute_explanation(self):
        for wizard in self:
            agreement = wizard.agreement_id
            if not wizard.date or not agreement:
                wizard.explanation = False
                continue
            agreement._check_granted()
            drafts = [one for one in agreement._award_drafts(wizard.date) if one.cents]
            wizard.explanation = "\n".join(
                f"{one.name} — {agreement._money(one.cents)}\n{one.reason}"
                for one in drafts
            ) or self.env._("Everything is posted already.")

    def action_post(self):
        self.ensure_one()
        self.env["tierslieux.funding.posting"]._check_day(self.date)
        self.agreement_id._post_award(self.date)
        return {"type": "ir.actions.act_window_close"}
