# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, format_date

from ..domain import shares

STATES = [
    ("probable", "Probable"),
    ("requested", "Requested"),
    ("notified", "Notified"),
    ("signed", "Signed"),
    ("closed", "Wound up"),
    ("refused", "Turned down"),
]
# From which states an agreement becomes another.
TRANSITIONS = {
    "requested": {"probable"},
    "notified": {"probable", "requested"},
    "signed": {"requested", "notified"},
    "closed": {"signed"},
    "refused": {"probable", "requested", "notified"},
    "probable": {"requested", "refused"},
}


class FundingAgreement(models.Model):
    """What a funder gives, for what, on which conditions: its terms are the version in
    force, fixed once signed."""

    _name = "tierslieux.funding.agreement"
    _description = "Funding agreement"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _inherits = {"tierslieux.funding.terms": "terms_id"}
    _order = "id desc"

    name = fields.Char(required=True, tracking=True)
    reference = fields.Char(help="The number the funder gave it.")
    funder_id = fields.Many2one(
        "res.partner", required=True, ondelete="restrict", index=True, tracking=True
    )
    source_id = fields.Many2one(
        "tierslieux.funding.source", required=True, ondelete="restrict", index=True
    )
    state = fields.Selection(
        STATES,
        required=True,
        default="probable",
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        string="Followed by",
        ondelete="restrict",
        default=lambda self: self.env.user,
        help="Gets the deadlines as activities.",
    )
    terms_id = fields.Many2one(
        "tierslieux.funding.terms",
        string="Terms in force",
        required=True,
        ondelete="restrict",
        index=True,
    )
    terms_ids = fields.One2many(
        "tierslieux.funding.terms", "agreement_id", string="Versions of the terms"
    )
    draft_terms_id = fields.Many2one(
        "tierslieux.funding.terms",
        string="Amendment being prepared",
        compute="_compute_draft_terms_id",
    )
    action_ids = fields.Many2many("tierslieux.funding.action")
    notification_secures = fields.Boolean(
        string="Secured once notified",
        help="The notification binds the funder: the award counts as secured before "
        "the agreement is signed.",
    )
    amount_probable = fields.Monetary(
        string="Probable", compute="_compute_amounts", store=True
    )
    amount_requested = fields.Monetary(
        string="Requested", compute="_compute_amounts", store=True
    )
    amount_notified = fields.Monetary(
        string="Notified", compute="_compute_amounts", store=True
    )
    amount_signed = fields.Monetary(
        string="Signed", compute="_compute_amounts", store=True
    )
    secured_amount = fields.Monetary(
        string="Secured",
        compute="_compute_amounts",
        store=True,
        help="Signed; or notified, where that binds the funder. Less what was given "
        "back.",
    )
    tranche_ids = fields.One2many("tierslieux.funding.tranche", "agreement_id")
    requirement_ids = fields.One2many("tierslieux.funding.requirement", "agreement_id")
    document_ids = fields.One2many("tierslieux.funding.document", "agreement_id")
    event_ids = fields.One2many("tierslieux.funding.event", "agreement_id")
    tranche_problem = fields.Char(compute="_compute_tranche_problem")

    @api.depends("terms_ids.signed_on", "state")
    def _compute_draft_terms_id(self):
        for agreement in self:
            agreement.draft_terms_id = (
                agreement.terms_ids.filtered(lambda terms: not terms.signed_on)[:1]
                - agreement.terms_id
            )

    @api.depends(
        "state",
        "terms_id.amount",
        "notification_secures",
        "posting_ids.amount",
    )
    def _compute_amounts(self):
        changes = self._award_changes()
        for agreement in self:
            state = {"closed": "signed"}.get(agreement.state, agreement.state)
            for column in ("probable", "requested", "notified", "signed"):
                agreement[f"amount_{column}"] = (
                    agreement.amount if state == column else 0
                )
            secured = agreement.amount_signed + (
                agreement.amount_notified if agreement.notification_secures else 0
            )
            agreement.secured_amount = max(
                0, secured - changes[agreement].given_back / 100
            )

    @api.depends("tranche_ids.amount", "terms_id.amount")
    def _compute_tranche_problem(self):
        for agreement in self:
            agreement.tranche_problem = agreement._tranche_problem()

    @api.model_create_multi
    def create(self, vals_list):
        agreements = super().create(vals_list)
        for agreement in agreements:
            agreement.terms_id.agreement_id = agreement
        return agreements

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if any(agreement.event_ids for agreement in self):
            raise UserError(
                self.env._(
                    "An agreement that was requested or more is kept: refuse it or "
                    "close it."
                )
            )

    def unlink(self):
        terms = self.terms_ids
        result = super().unlink()
        terms.exists().unlink()
        return result

    # Tranches

    def _tranche_cents(self):
        """``({tranche: cents}, cents that are missing from the award)``"""
        self.ensure_one()
        parts = []
        for tranche in self.tranche_ids:
            if tranche.called_on:
                # What was called stays, whatever an amendment makes of the award.
                parts.append(("amount", round(tranche.amount * 100)))
            elif tranche.kind == "percent":
                parts.append(("percent", shares.thousandths(tranche.percent)))
            else:
                parts.append((tranche.kind, round(tranche.fixed_amount * 100)))
        try:
            amounts, missing = shares.tranches(round(self.amount * 100), parts)
        except ValueError:
            raise UserError(
                self.env._("The tranches of “%s” are more than 100 %%.", self.name)
            ) from None
        return dict(zip(self.tranche_ids, amounts, strict=True)), missing

    def _tranche_problem(self):
        self.ensure_one()
        if not self.tranche_ids:
            return False
        _amounts, missing = self._tranche_cents()
        if not missing:
            return False
        gap = format_amount(self.env, abs(missing) / 100, self.currency_id)
        if missing > 0:
            return self.env._("The tranches are %s short of the award.", gap)
        return self.env._("The tranches exceed the award by %s.", gap)

    # Changes of state

    def action_transition(self):
        """Ask for the date and the reason of a change of state."""
        names = dict(self._fields["state"]._description_selection(self.env))
        return {
            "type": "ir.actions.act_window",
            "name": names[self.env.context["transition"]],
            "res_model": "tierslieux.funding.transition",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_agreement_id": self.id,
                "default_state": self.env.context["transition"],
            },
        }

    def _become(self, state, date=None, reason=None):
        """Change the state, on a day, for a reason, if everything allows it."""
        date = date or fields.Date.context_today(self)
        postings = self.env["tierslieux.funding.posting"]
        for agreement in self:
            postings._lock(agreement, allow_referencing=False)
            agreement._check_transition(state, date, reason)
            if state == "signed":
                agreement.terms_id._fix(date)
            agreement.state = state
            self.env["tierslieux.funding.event"].create(
                {
                    "agreement_id": agreement.id,
                    "state": state,
                    "date": date,
                    "amount": agreement.amount,
                    "reason": reason,
                }
            )
            if state == "signed":
                agreement._require_reports()
                agreement.requirement_ids._schedule()

    def _check_transition(self, state, date, reason):
        """:raises UserError: a sentence that says what is missing"""
        self.ensure_one()
        names = dict(self._fields["state"]._description_selection(self.env))
        if self.state not in TRANSITIONS[state]:
            raise UserError(
                self.env._(
                    "An agreement that is “%(from_state)s” does not become "
                    "“%(to_state)s”.",
                    from_state=names[self.state],
                    to_state=names[state],
                )
            )
        self.env["tierslieux.funding.posting"]._check_day(date)
        last = max(self.event_ids.mapped("date"), default=date)
        if date < last:
            raise UserError(
                self.env._(
                    "This agreement changed on %s already: a later change has a later "
                    "date.",
                    format_date(self.env, last),
                )
            )
        if state in ("refused", "probable") and not reason:
            raise UserError(self.env._("Please say why."))
        if state in ("requested", "notified", "signed"):
            self._check_complete()
        if state == "signed":
            self._check_convention(date)
        if state == "closed":
            self._check_done()

    def _check_complete(self):
        if not self.amount:
            raise UserError(self.env._("The amount of “%s” is missing.", self.name))
        if not self.action_ids:
            raise UserError(
                self.env._("“%s” is for no action of a plan yet.", self.name)
            )

    def _check_convention(self, date):
        """A public grant above the threshold is signed on paper, and the tranches are
        the award."""
        if problem := self._tranche_problem():
            raise UserError(problem)
        if not self.source_id.is_public:
            return
        rule = self.env["tierslieux.funding.rule"]._at("convention", date)
        if self.amount > rule.value and "convention" not in self.document_ids.mapped(
            "kind"
        ):
            raise UserError(
                self.env._(
                    "A public grant above %(threshold)s needs a signed agreement "
                    "(%(law)s): add it to the documents.",
                    threshold=format_amount(self.env, rule.value, self.currency_id),
                    law=rule.source,
                )
            )

    def _check_done(self):
        waiting = self.requirement_ids.filtered(lambda one: not one.done_on)
        if waiting:
            raise UserError(
                self.env._(
                    "This is still to be done: %s.", ", ".join(waiting.mapped("name"))
                )
            )

    def _require_reports(self):
        """A financial report for each exercise of the association the grant runs in,
        within the months the law gives after its end."""
        for agreement in self:
            rule = self.env["tierslieux.funding.rule"]._at(
                "report_months", agreement.date_to
            )
            periods = agreement._exercises()
            reports = agreement.requirement_ids.filtered(
                lambda one: one.kind == "financial_report"
            )
            # An amendment of the dates moves the reports that are still to be made.
            lasts = {last for _first, last, _end in periods}
            reports.filtered(
                lambda one, lasts=lasts: not one.done_on and one.period_to not in lasts
            ).unlink()
            known = reports.exists().mapped("period_to")
            self.env["tierslieux.funding.requirement"].create(
                [
                    {
                        "agreement_id": agreement.id,
                        "kind": "financial_report",
                        "name": self.env._(
                            "Financial report to %s", format_date(self.env, last)
                        ),
                        "period_from": first,
                        "period_to": last,
                        "due_on": end + relativedelta(months=int(rule.value)),
                        "source": rule.source,
                    }
                    for first, last, end in periods
                    if last not in known
                ]
            )

    def _exercises(self):
        """``[(first day, last day, end of the exercise)]``: the period of the grant cut
        by the exercises of the association."""
        self.ensure_one()
        parts, first = [], self.date_from
        while first <= self.date_to:
            end = self.company_id.compute_fiscalyear_dates(first)["date_to"]
            parts.append((first, min(end, self.date_to), end))
            first = end + relativedelta(days=1)
        return parts

    # Amendments

    def action_amend(self):
        """Prepare the next version of the terms, beginning with those in force."""
        self.ensure_one()
        if self.state != "signed":
            raise UserError(
                self.env._("An amendment is of an agreement that is signed.")
            )
        draft = self.draft_terms_id or self.terms_id.copy(
            {
                "agreement_id": self.id,
                "number": max(self.terms_ids.mapped("number")) + 1,
                "effective_on": fields.Date.context_today(self),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": draft._name,
            "res_id": draft.id,
            "view_mode": "form",
            "target": "current",
        }
