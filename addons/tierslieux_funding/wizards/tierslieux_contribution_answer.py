# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from odoo.addons.tierslieux_network.domain.money import cents


class ContributionAnswer(models.TransientModel):
    """Why a contribution is refused, or what a confirmed one is corrected to."""

    _name = "tierslieux.contribution.answer"
    _description = "Answer to a voluntary contribution"

    time_ids = fields.Many2many(
        "tierslieux.volunteer.time",
        default=lambda self: self._chosen("tierslieux.volunteer.time"),
    )
    in_kind_ids = fields.Many2many(
        "tierslieux.in.kind", default=lambda self: self._chosen("tierslieux.in.kind")
    )
    correct = fields.Boolean()
    hours = fields.Float(string="Time in all")
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.company.currency_id
    )
    value = fields.Monetary(string="Worth in all")
    reason = fields.Char(string="Why", required=True)

    def _chosen(self, model):
        chosen = self.env.context.get("active_model") == model
        return self.env.context.get("active_ids", []) if chosen else []

    def action_answer(self):
        self.ensure_one()
        if not self.correct:
            self.time_ids._refuse(self.reason)
            self.in_kind_ids._refuse(self.reason)
        elif self.time_ids:
            self.time_ids._correct(round(self.hours * 60), self.reason)
        else:
            self.in_kind_ids._correct(cents(self.value), self.reason)
        return {"type": "ir.actions.act_window_close"}
