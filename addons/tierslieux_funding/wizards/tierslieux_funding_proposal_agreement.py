# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.tierslieux_network.domain.money import cents


class FundingProposalAgreement(models.TransientModel):
    """What one agreement is asked in a proposal, and what it gets."""

    _name = "tierslieux.funding.proposal.agreement"
    _description = "Agreement in a proposal"

    proposal_id = fields.Many2one(
        "tierslieux.funding.proposal", required=True, ondelete="cascade"
    )
    agreement_id = fields.Many2one(
        "tierslieux.funding.agreement",
        required=True,
        ondelete="cascade",
        domain="[('state', 'in', ('notified', 'signed'))]",
    )
    currency_id = fields.Many2one(related="agreement_id.currency_id")
    rate = fields.Float(related="agreement_id.rate")
    charged = fields.Monetary(
        string="Charged already", related="agreement_id.charged_amount"
    )
    room = fields.Monetary(related="agreement_id.room_amount")
    asked = fields.Monetary(
        string="To charge",
        compute="_compute_asked",
        store=True,
        readonly=False,
        help="On top of what is charged already; at most what is left of the award.",
    )
    proposed = fields.Monetary(readonly=True)
    due_after = fields.Monetary(string="Due then", readonly=True)
    sentence = fields.Char(string="In words", readonly=True)

    _agreement_uniq = models.UniqueIndex(
        "(proposal_id, agreement_id)", "An agreement stands once in a proposal."
    )

    @api.depends("agreement_id")
    def _compute_asked(self):
        for line in self:
            line.asked = max(0, line.room)

    def _check_asked(self):
        for line in self:
            if cents(line.asked) > cents(line.room) or line.asked < 0:
                raise UserError(
                    self.env._(
                        "%(agreement)s: %(room)s is left of the award. Ask no more.",
                        agreement=line.agreement_id.name,
                        room=line.currency_id.format(line.room),
                    )
                )

    def _write_proposed(self, found):
        extra = defaultdict(lambda: defaultdict(int))
        for row in self.proposal_id.line_ids:
            extra[row.agreement_id][row.category_id.id] += cents(row.base)
        changes = self.agreement_id._award_changes()
        claims = self.agreement_id._claims(extra=extra, changes=changes)
        for line in self:
            agreement = line.agreement_id
            claim = claims[agreement]
            line.write(
                {
                    "proposed": found.reached[agreement.id] / 100,
                    "due_after": claim.due / 100,
                    "sentence": agreement._claim_sentence(claim, changes[agreement]),
                }
            )
