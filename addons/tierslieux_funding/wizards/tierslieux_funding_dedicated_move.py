# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.tierslieux_network.domain.money import cents


class FundingDedicatedMove(models.TransientModel):
    """Fonds dédiés that come from the books of before, or go to another project: what
    it does is explained before it is done."""

    _name = "tierslieux.funding.dedicated.move"
    _description = "Fonds dédiés taken over or handed on"

    agreement_id = fields.Many2one(
        "tierslieux.funding.agreement", required=True, readonly=True
    )
    company_id = fields.Many2one(related="agreement_id.company_id")
    currency_id = fields.Many2one(related="agreement_id.currency_id")
    dedicated_amount = fields.Monetary(related="agreement_id.dedicated_amount")
    kind = fields.Selection(
        [("carried", "Taken over"), ("transfer", "Handed on")],
        required=True,
        readonly=True,
    )
    receiver_id = fields.Many2one(
        "tierslieux.funding.agreement", string="To the project of"
    )
    amount = fields.Monetary(required=True)
    date = fields.Date(
        required=True, default=lambda self: fields.Date.context_today(self)
    )
    reason = fields.Char(help="Who consented, and when.")
    explanation = fields.Text(compute="_compute_explanation")

    @api.depends("agreement_id", "receiver_id", "kind", "amount", "date")
    def _compute_explanation(self):
        for wizard in self:
            wizard.explanation = (
                bool(wizard.agreement_id and wizard.date) and wizard._explain()
            )

    def _explain(self):
        agreement = self.agreement_id
        values = {
            "amount": agreement._money(cents(self.amount)),
            "day": format_date(self.env, agreement._exercise(self.date)[1]),
            "one": agreement.name,
            "other": self.receiver_id.name or "…",
        }
        if self.kind == "carried":
            return self.env._(
                "%(one)s held %(amount)s in fonds dédiés on %(day)s. Nothing is "
                "posted: the opening entry of the ledger holds this amount already. "
                "The award and its earlier income stay in the books of before; the "
                "year-ends after %(day)s use these fonds dédiés first.",
                **values,
            )
        return self.env._(
            "%(amount)s leaves the fonds dédiés of %(one)s (debit) for those of "
            "%(other)s (credit): it is neither a use nor a report, and no income. The "
            "year-end of %(day)s shows it for both projects, in what was handed on to "
            "others.",
            **values,
        )

    def action_post(self):
        self.ensure_one()
        if self.kind == "carried":
            self.agreement_id._carry(self.date, cents(self.amount))
        else:
            self.agreement_id._transfer(
                self.receiver_id, self.date, cents(self.amount), self.reason
            )
        return {"type": "ir.actions.act_window_close"}
