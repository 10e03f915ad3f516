# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, formatLang

from ..domain.deferral import OutOfExercises, by_days, by_tranches
from .tierslieux_funding_account import NATURES
from .tierslieux_funding_posting import Draft, cents
from .tierslieux_funding_source_books import NO_ENTRY

#: An amount is income once the funder has told it (notified) or signed.
GRANTED = ("notified", "signed", "closed")
DEFERRED = {"deferral": 1, "release": -1, "repayment_deferred": -1}
DEDICATED = {"dedicated_report": 1, "dedicated_use": -1, "repayment_dedicated": -1}


class FundingAgreement(models.Model):
    """What an agreement writes in the books."""

    _inherit = "tierslieux.funding.agreement"

    posting_nature = fields.Selection(
        [*NATURES, NO_ENTRY],
        string="Kind of money in the books",
        compute="_compute_posting_nature",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Chooses the accounts of its entries.",
    )
    deferral = fields.Selection(
        [
            ("days", "By days"),
            ("tranches", "As the tranches are planned"),
            ("none", "None: all of the first exercise"),
        ],
        string="Part of later exercises",
        required=True,
        default="days",
        help="How the award is shared among the exercises of its period.",
    )
    posting_ids = fields.One2many(
        "tierslieux.funding.posting", "agreement_id", string="Entries"
    )
    dedicated_ids = fields.One2many(
        "tierslieux.funding.dedicated", "agreement_id", string="Fonds dédiés"
    )
    awarded_amount = fields.Monetary(
        string="Award in the books", compute="_compute_books"
    )
    deferred_amount = fields.Monetary(
        string="Left for later exercises", compute="_compute_books"
    )
    dedicated_amount = fields.Monetary(
        string="In fonds dédiés", compute="_compute_books"
    )
    to_post = fields.Boolean(compute="_compute_books")

    @api.depends("source_id")
    def _compute_posting_nature(self):
        for agreement in self:
            agreement.posting_nature = agreement.source_id.posting_nature or "none"

    @api.depends("posting_ids.amount", "amount", "state", "posting_nature")
    def _compute_books(self):
        posted = self._booked()
        for agreement in self:
            booked = posted.get(agreement.id, {})
            agreement.awarded_amount = booked.get("award", 0) / 100
            agreement.deferred_amount = _signed(booked, DEFERRED) / 100
            agreement.dedicated_amount = _signed(booked, DEDICATED) / 100
            agreement.to_post = (
                agreement.state in GRANTED
                and agreement.posting_nature != "none"
                and cents(agreement.amount) != booked.get("award", 0)
            )

    def _booked(self, domain=()):
        """``{agreement id: {kind: cents}}``, reversals counted."""
        rows = self.env["tierslieux.funding.posting"]._read_group(
            [("agreement_id", "in", self.ids), *domain],
            ["agreement_id", "kind"],
            ["amount:sum"],
        )
        result = {}
        for agreement, kind, amount in rows:
            result.setdefault(agreement.id, {})[kind] = cents(amount)
        return result

    def _scope(self):
        return f"agreement-{self.id}"

    # award, and the part of later exercises

    def action_post_award(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Post the award"),
            "res_model": "tierslieux.funding.award",
            "view_mode": "form",
            "target": "new",
            "context": {"default_agreement_id": self.id},
        }

    def _post_award(self, day):
        """The award in full, and what of it is of later exercises; after an amendment,
        the difference.

        :raises UserError: not granted yet, or without entries of its own
        """
        day = fields.Date.to_date(day)
        postings = self.env["tierslieux.funding.posting"]
        postings._lock(self)
        drafts = []
        for agreement in self:
            agreement._check_granted()
            drafts += agreement._award_drafts(day)
        return postings._post_drafts(drafts)

    def _check_granted(self):
        if self.posting_nature == "none":
            raise UserError(
                self.env._(
                    "“%s” has no entry of its own: what is sold is invoiced, dues "
                    "are called.",
                    self.name,
                )
            )
        if self.state not in GRANTED:
            raise UserError(
                self.env._(
                    "“%s” is neither notified nor signed: it is not income yet.",
                    self.name,
                )
            )

    def _award_drafts(self, day):
        booked = self._booked().get(self.id, {})
        missing = cents(self.amount) - booked.get("award", 0)
        award = Draft(
            kind="award",
            scope=self._scope(),
            company=self.company_id,
            date=day,
            cents=missing,
            name=self.env._("%s: award", self.name),
            reason=self._award_reason(booked.get("award", 0)),
            agreement=self,
        )
        return [award, *self._deferral_drafts(day, booked)]

    def _award_reason(self, before):
        if not before:
            return self.env._("The whole award: %s.", self._money(cents(self.amount)))
        return self.env._(
            "The award is now %(now)s and %(before)s is in the books: the difference.",
            now=self._money(cents(self.amount)),
            before=self._money(before),
        )

    def _deferral_drafts(self, day, booked):
        """What brings account 487 to the parts of the exercises after that of a day."""
        parts = self._parts(day)
        exercise = self._exercise(day)
        later = sum(part for (_first, last), part in parts if last > exercise[1])
        target = max(0, later - booked.get("repayment_deferred", 0))
        balance = _signed(booked, DEFERRED)
        reason = self._parts_reason(parts, exercise)
        common = {
            "scope": self._scope(),
            "company": self.company_id,
            "date": day,
            "reason": reason,
            "agreement": self,
        }
        if target > balance:
            name = self.env._("%s: part of later exercises", self.name)
            return [Draft("deferral", cents=target - balance, name=name, **common)]
        if target < balance:
            name = self.env._(
                "%(agreement)s: part of the exercise ending on %(day)s",
                agreement=self.name,
                day=format_date(self.env, exercise[1]),
            )
            return [Draft("release", cents=balance - target, name=name, **common)]
        return []

    def _parts(self, day):
        """``[((first day, last day), cents)]``: the award shared among the exercises,
        from that of the first entry on."""
        first = self._first_award_day() or day
        exercises = [self._exercise(first)]
        while exercises[-1][1] < max(self.date_to, day):
            exercises.append(self._exercise(fields.Date.add(exercises[-1][1], days=1)))
        amount = cents(self.amount)
        if self.deferral == "none":
            shares = [amount] + [0] * (len(exercises) - 1)
        elif self.deferral == "tranches" and (tranches := self._planned_tranches()):
            try:
                shares = by_tranches(amount, tranches, exercises)
            except OutOfExercises:
                raise UserError(
                    self.env._(
                        "A tranche of “%s” is planned after its period: correct its "
                        "date, or share the award by days.",
                        self.name,
                    )
                ) from None
        else:
            shares = by_days(amount, self.date_from, self.date_to, exercises)
        return list(zip(exercises, shares, strict=True))

    def _granted_on(self):
        """The day the funder told or signed it."""
        days = self.event_ids.filtered(lambda event: event.state in GRANTED)
        return min(days.mapped("date"), default=fields.Date.context_today(self))

    def _match_award(self, lines):
        """Match entries that take something off the award with what of it is open."""
        awards = self.posting_ids.filtered(lambda one: one.kind == "award")
        for line in lines.filtered(lambda line: not line.reconciled):
            open_award = awards.move_id.line_ids.filtered(
                lambda one, line=line: (
                    one.account_id == line.account_id
                    and one.debit
                    and not one.reconciled
                )
            )
            if open_award:
                (line | open_award).reconcile()

    def _first_award_day(self):
        return (
            self.env["tierslieux.funding.posting"]
            .search(
                [
                    ("agreement_id", "=", self.id),
                    ("kind", "=", "award"),
                    ("reverses_id", "=", False),
                    ("reversed_by_ids", "=", False),
                ],
                order="date",
                limit=1,
            )
            .date
        )

    def _planned_tranches(self):
        """``[(day, cents)]`` of the tranches; those without a day come first."""
        return [
            (tranche.expected_on or self.date_from, cents(tranche.amount))
            for tranche in self.tranche_ids
        ]

    def _exercise(self, day):
        dates = self.company_id.compute_fiscalyear_dates(day)
        return dates["date_from"], dates["date_to"]

    def _parts_reason(self, parts, exercise):
        if len(parts) == 1:
            return self.env._("The whole period is in this exercise.")
        how = dict(self._fields["deferral"]._description_selection(self.env))
        return self.env._(
            "Shared among the exercises (%(how)s): %(parts)s.",
            how=how[self.deferral].lower(),
            parts="; ".join(
                self.env._(
                    "to %(day)s: %(amount)s",
                    day=format_date(self.env, last),
                    amount=self._money(part),
                )
                for (_first, last), part in parts
            ),
        )

    def _money(self, amount_cents):
        return formatLang(self.env, amount_cents / 100, currency_obj=self.currency_id)

    # what is given back

    def _repay(self, day, total_cents, reason):
        """Bring what is given back (or never claimed) to a total: first of the part of
        later exercises, then of the fonds dédiés, then of the income."""
        self.ensure_one()
        self.env["tierslieux.funding.posting"]._lock(self)
        postings = self.env["tierslieux.funding.posting"]._post_drafts(
            self._repayment_drafts(fields.Date.to_date(day), total_cents, reason)
        )
        self._match_award(
            postings.move_id.line_ids.filtered(
                lambda line: line.credit and line.account_id.reconcile
            )
        )
        return postings

    def _repayment_drafts(self, day, total_cents, reason):
        booked = self._booked().get(self.id, {})
        done = sum(
            amount for kind, amount in booked.items() if kind.startswith("repayment")
        )
        missing = total_cents - done
        if missing < 0:
            raise UserError(
                self.env._(
                    "%s is given back already: reverse that entry to give back less.",
                    self._money(done),
                )
            )
        if total_cents > booked.get("award", 0):
            raise UserError(
                self.env._(
                    "No more than the award of %s can be given back.",
                    self._money(booked.get("award", 0)),
                )
            )
        drafts = []
        for kind, left in (
            ("repayment_deferred", _signed(booked, DEFERRED)),
            ("repayment_dedicated", _signed(booked, DEDICATED)),
            ("repayment_income", missing),
        ):
            part = min(missing, max(0, left))
            missing -= part
            drafts.append(
                Draft(
                    kind=kind,
                    scope=self._scope(),
                    company=self.company_id,
                    date=day,
                    cents=part,
                    name=self.env._("%s: given back", self.name),
                    reason=reason,
                    agreement=self,
                )
            )
        return drafts

    def _spent(self, day):
        """``{agreement id: cents}``: expenses up to a day that the funder pays."""
        rows = self.env["tierslieux.funding.allocation"]._read_group(
            [
                ("agreement_id", "in", self.ids),
                ("expense_id.date", "<=", day),
                ("expense_id.state", "=", "posted"),
            ],
            ["agreement_id"],
            ["amount:sum"],
        )
        return {agreement.id: cents(amount) for agreement, amount in rows}


def _signed(booked, signs):
    return sum(sign * booked.get(kind, 0) for kind, sign in signs.items())
