# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class FundingTerms(models.Model):
    """A version of what an agreement says: its award and the rules of its expenses.

    Fixed by the database once signed. An amendment (avenant) is the next version, with
    what it changes; the agreement then shows that one, and the former ones stay.
    """

    _name = "tierslieux.funding.terms"
    _description = "Terms of a funding agreement"
    _inherit = ["tierslieux.frozen"]
    _order = "agreement_id, number desc, id desc"

    _frozen_by = "signed_on"
    _frozen_relations = ("category_ids",)

    # Empty for the moment between the making of both records.
    agreement_id = fields.Many2one(
        "tierslieux.funding.agreement", ondelete="cascade", index=True, copy=False
    )
    company_id = fields.Many2one(related="agreement_id.company_id")
    currency_id = fields.Many2one(related="agreement_id.currency_id")
    number = fields.Integer(
        default=0, copy=False, readonly=True, help="0: the agreement; then amendments."
    )
    signed_on = fields.Date(copy=False, readonly=True)
    effective_on = fields.Date(
        string="In force from", help="The day an amendment takes effect."
    )
    changes = fields.Text(
        string="What changes",
        copy=False,
        help="In the words of the amendment: the articles and what they now say.",
    )
    amount = fields.Monetary(string="Award", required=True)
    date_from = fields.Date(string="Expenses from", required=True)
    date_to = fields.Date(string="Expenses to", required=True)
    rate = fields.Float(
        string="Co-financing rate (%)",
        digits=(6, 3),
        default=100,
        required=True,
        aggregator=None,
        help="The part of the eligible expenses the funder pays.",
    )
    paid_required = fields.Boolean(
        string="Expenses must be paid",
        help="Only expenses paid by a given day count.",
    )
    paid_until = fields.Date(
        string="Paid no later than", help="Empty: by the end of the period of expenses."
    )
    category_ids = fields.Many2many(
        "tierslieux.funding.category",
        string="Lines allowed",
        domain="[('side', '=', 'charge')]",
        help="Empty: all.",
    )
    cap_ids = fields.One2many(
        "tierslieux.funding.cap", "terms_id", string="Caps by line", copy=True
    )
    vat_counts = fields.Boolean(
        string="VAT that is not recovered counts",
        default=True,
        help="Recoverable VAT is never eligible.",
    )
    indirect_rate = fields.Float(
        string="Flat rate of indirect costs (%)",
        digits=(6, 3),
        help="Of the eligible direct expenses; zero: the frozen key decides.",
    )
    in_kind_counts = fields.Boolean(
        string="In-kind contributions count in the base",
        help="The grant is then the least of the rate applied to money and valued "
        "contributions together, and of the money spent.",
    )
    income_evidence = fields.Boolean(
        string="Receipts of other income are shown",
        help="The agreement asks for them: with a report, its funder may open the "
        "invoices of your customers. Otherwise it reads amounts and labels alone.",
    )
    dedicated = fields.Boolean(
        string="For a defined project",
        help="What is not spent by the end of a year becomes fonds dédiés.",
    )

    _order_of_dates = models.Constraint(
        "CHECK (date_to >= date_from)", "An agreement cannot end before it begins."
    )
    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "The amount of an agreement is not negative."
    )
    _rate_percent = models.Constraint(
        "CHECK (rate > 0 AND rate <= 100)", "A rate is above 0 and at most 100 %."
    )
    _indirect_percent = models.Constraint(
        "CHECK (indirect_rate >= 0 AND indirect_rate <= 100)",
        "The flat rate of indirect costs is between 0 and 100 %.",
    )
    _number_uniq = models.UniqueIndex(
        "(agreement_id, number) WHERE signed_on IS NOT NULL",
        "This agreement has a version of this number already.",
    )
    _one_draft = models.UniqueIndex(
        "(agreement_id) WHERE signed_on IS NULL",
        "An amendment of this agreement is being prepared already.",
    )

    @api.depends("number", "signed_on", "agreement_id.name")
    def _compute_display_name(self):
        for terms in self:
            terms.display_name = (
                self.env._("Amendment %s", terms.number)
                if terms.number
                else terms.agreement_id.name or ""
            )

    def action_sign(self):
        """Sign an amendment: it becomes the terms in force, and is fixed."""
        self._sign(fields.Date.context_today(self))
        return {"type": "ir.actions.act_window_close"}

    def _sign(self, day):
        postings = self.env["tierslieux.funding.posting"]
        for terms in self:
            agreement = terms.agreement_id
            terms._check_amendment()
            postings._lock(agreement, allow_referencing=False)
            terms._fix(day)
            agreement.terms_id = terms
            if problem := agreement._tranche_problem():
                raise UserError(problem)
            self.env["tierslieux.funding.event"].create(
                {
                    "agreement_id": agreement.id,
                    "state": agreement.state,
                    "date": terms.signed_on,
                    "amount": terms.amount,
                    "reason": terms.changes,
                }
            )
            agreement._require_reports()

    def _fix(self, day):
        # What was written before belongs to what is signed.
        self.env.flush_all()
        self.signed_on = day
        self.flush_recordset()

    def _check_amendment(self):
        """:raises UserError: a sentence that says why this cannot be signed now"""
        self.ensure_one()
        if self.signed_on or not self.number:
            raise UserError(self.env._("This is no amendment being prepared."))
        if self.agreement_id.state != "signed":
            raise UserError(
                self.env._("An amendment is of an agreement that is signed.")
            )
        if not (self.changes or "").strip():
            raise UserError(self.env._("Please say what the amendment changes."))
        if not self.effective_on:
            raise UserError(self.env._("Please say when the amendment takes effect."))
