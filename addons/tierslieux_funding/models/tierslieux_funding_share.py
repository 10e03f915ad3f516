# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class FundingShare(models.Model):
    """The part a source takes in the costs of a phase; or of an action, which then
    stands outside the parts of its phase. Percentages are stored; amounts follow from
    them by largest remainder, so that they sum to the costs exactly."""

    _name = "tierslieux.funding.share"
    _description = "Planned share of a source"
    _order = "source_sequence, id"

    phase_id = fields.Many2one(
        "tierslieux.funding.phase", ondelete="cascade", index="btree_not_null"
    )
    action_id = fields.Many2one(
        "tierslieux.funding.action", ondelete="cascade", index="btree_not_null"
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    source_id = fields.Many2one(
        "tierslieux.funding.source", required=True, ondelete="restrict", index=True
    )
    source_sequence = fields.Integer(related="source_id.sequence", store=True)
    percent = fields.Float(
        string="Share (%)", digits=(6, 3), required=True, aggregator=None
    )
    amount = fields.Monetary(compute="_compute_amount", store=True)

    _one_place = models.Constraint(
        "CHECK (num_nonnulls(phase_id, action_id) = 1)",
        "A share is of a phase or of an action.",
    )
    _percent_range = models.Constraint(
        "CHECK (percent > 0 AND percent <= 100)",
        "A share is above 0 and at most 100 %.",
    )
    _phase_source_uniq = models.UniqueIndex(
        "(phase_id, source_id) WHERE phase_id IS NOT NULL",
        "This source has a share of the phase already.",
    )
    _action_source_uniq = models.UniqueIndex(
        "(action_id, source_id) WHERE action_id IS NOT NULL",
        "This source has a share of the action already.",
    )

    @api.depends("phase_id.company_id", "action_id.company_id")
    def _compute_company_id(self):
        for share in self:
            share.company_id = (share.phase_id or share.action_id).company_id

    @api.depends(
        "percent",
        "phase_id.shared_cost",
        "phase_id.share_ids.percent",
        "action_id.planned_cost",
        "action_id.share_ids.percent",
    )
    def _compute_amount(self):
        for place in [*self.phase_id, *self.action_id]:
            for share, cents in place._share_cents().items():
                share.amount = cents / 100
        for share in self:
            if not share.phase_id and not share.action_id:
                share.amount = 0
