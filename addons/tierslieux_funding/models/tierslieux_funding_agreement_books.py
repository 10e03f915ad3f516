# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, formatLang

from odoo.addons.tierslieux_network.domain.money import cents

from ..domain.claim import Changes
from ..domain.deferral import OutOfExercises, by_days, by_tranches
from .tierslieux_funding_account import NATURES
from .tierslieux_funding_posting import Draft
from .tierslieux_funding_source_books import NO_ENTRY

#: An amount is income once the funder has told it (notified) or signed.
GRANTED = ("notified", "signed", "closed")
DEFERRED = {"deferral": 1, "release": -1, "repayment_deferred": -1}
DEDICATED = {
    "dedicated_carried": 1,
    "dedicated_report": 1,
    "dedicated_use": -1,
    "dedicated_transfer": -1,
    "dedicated_received": 1,
    "repayment_dedicated": -1,
}
REPAYMENTS = ("repayment_income", "repayment_deferred", "repayment_dedicated")


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
    carried = fields.Boolean(
        compute="_compute_carried",
        help="Its award is in the books of before; its fonds dédiés were taken over.",
    )

    @api.depends("source_id")
    def _compute_posting_nature(self):
        for agreement in self:
            agreement.posting_nature = agreement.source_id.posting_nature or "none"

    @api.depends("dedicated_ids")
    def _compute_carried(self):
        carried = self.env["tierslieux.funding.dedicated"]._live(
            [("agreement_id", "in", self.ids), ("carried", "=", True)]
        )
        for agreement in self:
            agreement.carried = agreement in carried.agreement_id

    @api.depends("posting_ids.amount", "amount", "state", "posting_nature", "carried")
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
                and not agreement.carried
                and cents(agreement.amount) != booked.get("award", 0)
            )

    def _booked(self, domain=()):
        """``{agreement id: {kind: cents}}``, reversals counted; of fonds dédiés also
        what was ``dedicated_carried`` from the books of before and
        ``dedicated_received`` from other projects."""
        rows = self.env["tierslieux.funding.posting"]._read_group(
            [("agreement_id", "in", self.ids), *domain],
            ["agreement_id", "kind"],
            ["amount:sum"],
        )
        result = {}
        for agreement, kind, amount in rows:
            result.setdefault(agreement.id, {})[kind] = cents(amount)
        for agreement, amount in self.env["tierslieux.funding.posting"]._read_group(
            [("receiver_id", "in", self.ids), *domain], ["receiver_id"], ["amount:sum"]
        ):
            result.setdefault(agreement.id, {})["dedicated_received"] = cents(amount)
        for line in self.env["tierslieux.funding.dedicated"]._live(
            [("agreement_id", "in", self.ids), ("carried", "=", True)]
        ):
            booked = result.setdefault(line.agreement_id.id, {})
            booked["dedicated_carried"] = cents(line.closing)
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
        if self.carried:
            return []
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
        if self.carried:
            return []
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
            return [Draft(kind="deferral", cents=target - balance, name=name, **common)]
        if target < balance:
            name = self.env._(
                "%(agreement)s: part of the exercise ending on %(day)s",
                agreement=self.name,
                day=format_date(self.env, exercise[1]),
            )
            return [Draft(kind="release", cents=balance - target, name=name, **common)]
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

    def _match_award(self, lines, kinds=("award",)):
        """Match entries that take something off the award with what of it is open, in
        the entries of some kinds."""
        postings = self.posting_ids.filtered(lambda one: one.kind in kinds)
        for line in lines.filtered(lambda line: not line.reconciled):
            open_award = postings.move_id.line_ids.filtered(
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
            ),
            # also of what was called and never came
            kinds=("award", "tranche_call"),
        )
        return postings

    def _repayment_drafts(self, day, total_cents, reason):
        booked = self._booked().get(self.id, {})
        done = sum(booked.get(kind, 0) for kind in REPAYMENTS)
        missing = total_cents - done
        if total_cents < 0:
            raise UserError(self.env._("What is given back is more than zero."))
        if missing < 0:
            raise UserError(
                self.env._(
                    "%s is given back already: reverse that entry to give back less.",
                    self._money(done),
                )
            )
        most = (
            booked.get("award", 0)
            + booked.get("dedicated_carried", 0)
            + booked.get("dedicated_received", 0)
            - booked.get("dedicated_transfer", 0)
        )
        if total_cents > most:
            raise UserError(
                self.env._(
                    "No more than the award of %s can be given back.",
                    self._money(most),
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

    # fonds dédiés that come or go without the year-end

    def _carry(self, day, closing_cents):
        """Take over fonds dédiés of the books of before, as they stood at the end of an
        exercise: the opening entry has them in the ledger already.

        :raises UserError: there are entries, or an exercise was closed
        """
        self.ensure_one()
        first, last = self._exercise(fields.Date.to_date(day))
        self._check_dedicated(last)
        live = self.dedicated_ids.filtered(lambda line: not line.cancelled)
        if self.posting_ids or live or closing_cents <= 0:
            raise UserError(
                self.env._(
                    "“%s” has entries already, or nothing to take over: fonds dédiés "
                    "of the books of before come first, and once.",
                    self.name,
                )
            )
        spent = self._spent(last).get(self.id, 0)
        # sudo: nobody has the right to write fonds dédiés, this act is the way in
        return (
            self.env["tierslieux.funding.dedicated"]
            .sudo()
            .create(
                {
                    "agreement_id": self.id,
                    "company_id": self.company_id.id,
                    "date_from": first,
                    "date_to": last,
                    "round": len(self.dedicated_ids.filtered("cancels_id")),
                    "carried": True,
                    "opening": 0,
                    "recognised": (closing_cents + spent) / 100,
                    "spent": spent / 100,
                    "use": 0,
                    "report": closing_cents / 100,
                    "repayments": 0,
                    "transfers": 0,
                    "closing": closing_cents / 100,
                    "idle": False,
                    "explanation": self.env._(
                        "Taken over from the books of before: %(amount)s on %(day)s. "
                        "No entry: the opening balances hold it.",
                        amount=self._money(closing_cents),
                        day=format_date(self.env, last),
                    ),
                }
            )
            .sudo(False)
        )

    def _transfer(self, receiver, day, amount_cents, reason):
        """Hand fonds dédiés on to another project, with the funder's consent.

        :raises UserError: more than there is, another company, a closed exercise
        """
        self.ensure_one()
        day = fields.Date.to_date(day)
        postings = self.env["tierslieux.funding.posting"]
        postings._lock(self | receiver)
        for agreement in self, receiver:
            agreement._check_granted()
            agreement._check_dedicated(day)
        left = _signed(self._booked().get(self.id, {}), DEDICATED)
        if receiver == self or receiver.company_id != self.company_id:
            raise UserError(self.env._("Choose another project of the association."))
        if not 0 < amount_cents <= left:
            raise UserError(
                self.env._(
                    "The fonds dédiés of “%(agreement)s” hold %(left)s: no more can be "
                    "handed on.",
                    agreement=self.name,
                    left=self._money(left),
                )
            )
        return postings._post_drafts(
            [
                Draft(
                    kind="dedicated_transfer",
                    scope=self._scope(),
                    company=self.company_id,
                    date=day,
                    cents=amount_cents,
                    name=self.env._(
                        "%(one)s: fonds dédiés to %(other)s",
                        one=self.name,
                        other=receiver.name,
                    ),
                    reason=reason,
                    agreement=self,
                    receiver=receiver,
                )
            ]
        )

    def _spendable(self):
        """``{agreement: cents}``: what may be charged to each: its award, what
        others handed on to it, less what it handed on and what it gave back."""
        return {
            one: cents(one.amount) + changes.net
            for one, changes in self._award_changes().items()
        }

    def _award_changes(self, until=None):
        """``{agreement: domain.claim.Changes}``: what others handed on to each, it
        handed on, and it gave back.

        :param until: the last day that counts
        """
        domain = [
            ("kind", "in", ("dedicated_transfer", *REPAYMENTS)),
            "|",
            ("agreement_id", "in", self._origin.ids),
            ("receiver_id", "in", self._origin.ids),
        ]
        rows = self.env["tierslieux.funding.posting"]._read_group(
            domain + ([("date", "<=", until)] if until else []),
            ["agreement_id", "receiver_id", "kind"],
            ["amount:sum"],
        )
        moved, given_back = defaultdict(int), defaultdict(int)
        for agreement, receiver, kind, amount in rows:
            if kind in REPAYMENTS:
                given_back[agreement] += cents(amount)
            else:
                moved[agreement] -= cents(amount)
                moved[receiver] += cents(amount)
        return {
            one: Changes(moved[one._origin], given_back[one._origin]) for one in self
        }

    def _check_dedicated(self, day):
        """It is for a defined project, and its exercise is open."""
        if not self.dedicated:
            raise UserError(
                self.env._(
                    "“%s” is not for a defined project: it makes no fonds dédiés.",
                    self.name,
                )
            )
        closed = self.env["tierslieux.funding.dedicated"]._live(
            [
                ("company_id", "=", self.company_id.id),
                ("carried", "=", False),
                ("date_to", ">=", day),
            ]
        )
        if closed:
            raise UserError(
                self.env._(
                    "The exercise ending on %s is closed already.",
                    format_date(self.env, closed[0].date_to),
                )
            )

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
