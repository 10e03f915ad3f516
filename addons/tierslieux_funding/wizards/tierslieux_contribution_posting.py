# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import formatLang


class ContributionPosting(models.TransientModel):
    """Write what was confirmed in class 8: one entry a month and an action."""

    _name = "tierslieux.contribution.posting"
    _description = "Posting of voluntary contributions"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    until = fields.Date(
        required=True, default=lambda self: fields.Date.context_today(self)
    )
    late = fields.Date(
        string="Months already closed",
        required=True,
        default=lambda self: fields.Date.context_today(self),
        help="The day of what was confirmed after the books of its month were closed.",
    )
    explanation = fields.Text(compute="_compute_explanation")
    waiting = fields.Integer(string="Still to confirm", compute="_compute_explanation")

    @api.depends("until", "late", "company_id")
    def _compute_explanation(self):
        postings = self.env["tierslieux.funding.posting"]
        for wizard in self:
            drafts = (
                postings._contribution_drafts(
                    wizard.company_id, wizard.until, wizard.late
                )
                if wizard.until and wizard.late
                else []
            )
            currency = wizard.company_id.currency_id
            wizard.explanation = "\n".join(
                f"{one.name} — {self._money(one.cents, currency)}\n{one.reason}"
                for one in drafts
            ) or self.env._("Everything that is confirmed is posted already.")
            domain = [
                ("company_id", "=", wizard.company_id.id),
                ("state", "=", "draft"),
                ("date", "<=", wizard.until),
            ]
            wizard.waiting = wizard.until and sum(
                self.env[model].search_count(domain)
                for model in ("tierslieux.volunteer.time", "tierslieux.in.kind")
            )

    def _money(self, amount_cents, currency):
        return formatLang(self.env, amount_cents / 100, currency_obj=currency)

    def action_post(self):
        self.ensure_one()
        postings = self.env["tierslieux.funding.posting"]
        postings._check_day(self.late)
        postings._post_contributions(self.company_id, self.until, self.late)
        return {"type": "ir.actions.act_window_close"}
