# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.tierslieux_network.domain.money import cents

from .tierslieux_funding_posting import Draft


class FundingTranche(models.Model):
    """A tranche called is a line of the books of its own, with the day it is expected;
    the bank's payment is matched with it."""

    _inherit = "tierslieux.funding.tranche"

    call_line_id = fields.Many2one(
        "account.move.line",
        string="In the books",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="What is still open of it is what the funder owes.",
    )

    def action_call(self):
        result = super().action_call()
        for tranche in self:
            if tranche.agreement_id.posting_nature != "none":
                tranche._post_call()
        return result

    def _post_call(self):
        """Take the tranche out of the award to receive."""
        agreement = self.agreement_id
        if not agreement.awarded_amount:
            agreement._post_award(agreement._granted_on())
        self.env["tierslieux.funding.posting"]._lock(agreement)
        posting = self.env["tierslieux.funding.posting"]._post_drafts(
            [
                Draft(
                    kind="tranche_call",
                    scope=f"tranche-{self.id}",
                    company=self.company_id,
                    date=self.called_on,
                    cents=cents(self.amount),
                    name=self.env._(
                        "%(agreement)s: call of “%(tranche)s”",
                        agreement=agreement.name,
                        tranche=self.name,
                    ),
                    reason=self.condition
                    and self.env._("Paid on this condition: %s.", self.condition),
                    agreement=agreement,
                    maturity=self.expected_on or self.called_on,
                    values={"tranche_id": self.id},
                )
            ]
        )
        lines = posting.move_id.line_ids
        self.call_line_id = lines.filtered(lambda line: line.debit)
        agreement._match_award(lines - self.call_line_id)

    def action_match(self):
        """Choose the bank's payment of this tranche."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Match with the bank"),
            "res_model": "tierslieux.funding.receipt",
            "view_mode": "form",
            "target": "new",
            "context": {"default_tranche_id": self.id},
        }

    def _match(self, statement_line):
        """Match a payment of the bank with this tranche.

        :raises UserError: nothing is open on one side
        """
        self.ensure_one()
        line = self.call_line_id
        if not line or line.reconciled:
            raise UserError(self.env._("Nothing of “%s” is open.", self.name))
        _bank, suspense, _others = statement_line._seek_for_lines()
        if statement_line.is_reconciled or not suspense:
            raise UserError(
                self.env._("This payment is matched with something else already.")
            )
        suspense.write(
            {
                "account_id": line.account_id.id,
                "partner_id": line.partner_id.id,
                "name": self.name,
            }
        )
        (suspense | line).reconcile()
        self.received_amount = self.amount - line.amount_residual
        if line.reconciled:
            self.received_on = statement_line.date
