# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.sql_db import Cursor
from odoo.tools import SQL, format_date, formatLang

from odoo.addons.tierslieux_network.domain.money import cents

from ..domain import allotment, capital, creditor_reference, entries
from ..exceptions import SharesGone
from ..words import count_shares
from .tierslieux_share_movement_record import Entry
from .tierslieux_share_posting import Draft

#: Papers that every issue needs before it opens.
REQUIRED = ("statutes", "decision", "information")
TAKEN = ("reserved", "paid", "allotted")
#: Shares that one transaction allots; the rest follows in the next.
BATCH = 500
#: Of what is paid: what is to be allotted, and what the board decides on.
ADMITTED = [("admitted_on", "!=", False)]
UNDECIDED = [("admitted_on", "=", False)]


class ShareIssue(models.Model):
    """How an issue opens, takes subscriptions, allots shares and closes."""

    _inherit = "tierslieux.share.issue"

    def action_open(self):
        """:raises UserError: papers are missing, or the terms are not whole"""
        for issue in self:
            issue._check_terms()
            missing = issue._missing_documents()
            if missing:
                raise UserError(
                    self.env._(
                        "“%(issue)s” cannot open: these papers are missing: "
                        "%(papers)s.",
                        issue=issue.name,
                        papers=", ".join(missing),
                    )
                )
        self.write({"state": "open"})

    def _check_terms(self):
        if self.state != "draft":
            raise UserError(self.env._("“%s” was opened already.", self.name))
        conditions = self.conditions_id
        if not conditions.adopted_on or conditions.company_id != self.company_id:
            raise UserError(
                self.env._("“%s” has no adopted conditions of subscription.", self.name)
            )
        other = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "!=", "draft"),
                ("nominal", "!=", self.nominal),
            ],
            limit=1,
        )
        if other:
            raise UserError(
                self.env._(
                    "All shares of %(company)s have one nominal value: %(nominal)s.",
                    company=self.company_id.name,
                    nominal=formatLang(
                        self.env, other.nominal, currency_obj=self.currency_id
                    ),
                )
            )

    def _missing_documents(self):
        """Names of the papers that are missing, the prospectus where the offers of
        twelve months are above the threshold."""
        kinds = dict(self.document_ids._fields["kind"]._description_selection(self.env))
        needed = [*REQUIRED]
        if self._is_above_threshold():
            needed.append("prospectus")
        present = set(self.document_ids.mapped("kind"))
        return [kinds[kind] for kind in needed if kind not in present]

    def _is_above_threshold(self):
        rule = self.env["tierslieux.share.rule"]._strictest(
            "offer", self.date_from, self.company_id
        )
        if not rule:
            return False
        since = self.date_from - relativedelta(months=12)
        issues = self | self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "!=", "draft"),
                ("date_from", ">", since),
                ("date_from", "<=", self.date_from),
            ]
        )
        return sum(one.maximum_shares * one.nominal for one in issues) >= rule.value

    def _read_committed(self):
        """See what others commit from here on, so that subscribers queue instead of
        failing on one another. Nothing was written before: the transaction ends here,
        and another begins."""
        self.env.cr.commit()  # pylint: disable=invalid-commit
        # the cursor of a test is a part of one transaction
        if isinstance(self.env.cr, Cursor):
            self.env.cr.execute(self._query_read_committed())
        self.env.invalidate_all()

    def _lock(self):
        """One at a time: wait for whoever takes shares of this issue. What they did is
        seen from here on; a transaction that cannot see it fails, and is tried again by
        the server. Reservations whose time is over end."""
        self.ensure_one()
        self.env.flush_all()
        self.env.execute_query(self._query_lock())
        self.env.invalidate_all()
        due = self._found("reserved", [("reserved_until", "<=", fields.Datetime.now())])
        due.write({"state": "expired"})

    def _found(self, state, domain=(), limit=None):
        """Its subscriptions in a state, first paid first: an issue has thousands, of
        which an act reads those it is about."""
        return self.env["tierslieux.share.subscription"].search(
            [("issue_id", "=", self.id), ("state", "=", state), *domain],
            order="paid_on, id",
            limit=limit,
        )

    def _free(self):
        """Shares that nobody has, nor has reserved; of an issue that is locked."""
        rows = self.env["tierslieux.share.subscription"]._read_group(
            [("issue_id", "=", self.id), ("state", "in", TAKEN)], [], ["quantity:sum"]
        )
        return self.maximum_shares - (rows[0][0] or 0)

    def _subscribe(
        self, partner, quantity, conditions, representative=None, born_on=None
    ):
        """Reserve whole shares for somebody who accepts the conditions.

        :param representative: the person who signs for a legal person
        :param born_on: of a person, where it was asked for
        :raises SharesGone: fewer are left, with their number
        :raises UserError: it cannot be, in words
        """
        self.ensure_one()
        self._check_subscriber(partner, quantity, representative, born_on)
        # sudo: a subscriber has no right to write, this act is the way in
        issue = self.sudo()
        issue._lock()
        issue._check_open(conditions)
        issue._check_left(partner, quantity)
        now = fields.Datetime.now()
        subscription = issue.env["tierslieux.share.subscription"].create(
            {
                "reference": issue._next_reference(),
                "issue_id": issue.id,
                "partner_id": partner.id,
                "representative_id": representative and representative.id,
                "born_on": born_on,
                "quantity": quantity,
                "nominal": issue.nominal,
                "conditions_id": conditions.id,
                "accepted_at": now,
                "accepted_by_id": (representative or partner).id,
                "reserved_until": now + timedelta(hours=issue.hold_hours),
            }
        )
        subscription._letter("reserved")
        issue.env.flush_all()
        return subscription.with_env(self.env)

    def subscribe(self, quantity, conditions_id):
        """Reserve shares for oneself.

        :return: ``{"id", "reference", "amount", "reserved_until"}``
        :raises SharesGone: fewer are left
        """
        # sudo: a subscriber reads no issue; drafts are refused as any that is not open
        issue = self.sudo()
        issue.ensure_one()
        issue._read_committed()
        conditions = issue.env["tierslieux.share.conditions"].browse(conditions_id)
        one = issue._subscribe(self.env.user.partner_id, quantity, conditions)
        return {
            "id": one.id,
            "reference": one.reference,
            "amount": one.amount,
            "reserved_until": fields.Datetime.to_string(one.reserved_until),
        }

    def _check_subscriber(self, partner, quantity, representative, born_on):
        if isinstance(quantity, bool) or not isinstance(quantity, int) or quantity < 1:
            raise UserError(self.env._("Shares are whole, at least one."))
        if partner.is_company and (not representative or representative.is_company):
            raise UserError(
                self.env._(
                    "%s is a legal person: tell who represents it.",
                    partner.display_name,
                )
            )
        today = fields.Date.context_today(self)
        # sudo: the law is nobody's secret
        rule = self.env["tierslieux.share.rule"].sudo()._at("majority", today)
        if born_on and born_on > today - relativedelta(years=int(rule.value)):
            raise UserError(
                self.env._(
                    "Shares are subscribed from the age of %s on: ask us how a minor "
                    "may hold some.",
                    int(rule.value),
                )
            )

    def _check_open(self, conditions):
        today = fields.Date.context_today(self)
        if self.state != "open" or not self.date_from <= today <= self.date_to:
            raise UserError(
                self.env._(
                    "“%(issue)s” takes subscriptions from %(start)s to %(end)s: it is "
                    "not open now.",
                    issue=self.name,
                    start=format_date(self.env, self.date_from),
                    end=format_date(self.env, self.date_to),
                )
            )
        if conditions.id != self.conditions_id.id:
            raise UserError(
                self.env._(
                    "The conditions of subscription have changed: read them again."
                )
            )

    def _check_left(self, partner, quantity):
        own = self.env["tierslieux.share.subscription"]._read_group(
            [
                ("issue_id", "=", self.id),
                ("partner_id", "=", partner.id),
                ("state", "in", (*TAKEN, "waiting")),
            ],
            [],
            ["quantity:sum"],
        )[0][0]
        answer = allotment.reserve(
            quantity, self._free(), self.max_per_person, own or 0
        )
        if answer.refusal == "too_many_for_one":
            raise SharesGone(
                self.env._(
                    "One person has at most %(most)s of this issue: you can take "
                    "%(left)s.",
                    most=count_shares(self.env, self.max_per_person),
                    left=formatLang(self.env, answer.left, digits=0),
                ),
                answer.left,
            )
        if answer.refusal:
            raise SharesGone(
                self.env._("There are no shares left: all are taken or reserved.")
                if not answer.left
                else self.env._(
                    "Left for you to take: %s.", count_shares(self.env, answer.left)
                ),
                answer.left,
            )

    def _next_reference(self):
        """Digits alone: one that is mistyped is always noticed."""
        number = self.env["ir.sequence"].next_by_code("tierslieux.share.subscription")
        return creditor_reference.make(number)

    def _allot(self, day):
        """Allot the shares that are paid and admitted, once the minimum is reached: in
        the register and in the books, in one transaction. Then the waiting list.

        :param day: of what made it possible; nothing is allotted before it
        """
        # sudo: follows from an act whose right was checked
        issue = self.sudo()
        if not issue._is_certain():
            return
        # and whether there are more
        ready = issue._found("paid", ADMITTED, limit=BATCH + 1)
        if len(ready) > BATCH:
            self.env.ref("tierslieux_fonciere.cron_allot")._trigger()
        issue._allot_now(ready[:BATCH], day)
        if not issue._free() and issue.allotted_shares == issue.maximum_shares:
            issue._end_waiting(day)

    def _allot_now(self, subscriptions, day):
        """Both movements and the entry of each subscription."""
        if not subscriptions:
            return
        entries_of_register = []
        drafts = []
        for one in subscriptions:
            effective = max(day, one.paid_on, one.admitted_on)
            common = {
                "company": self.company_id,
                "effective_on": effective,
                "quantity": one.quantity,
                "nominal": one.nominal,
                "receiver": one.partner_id,
                "price": one.amount,
                "issue": self,
                "property": self.property_id,
                "subscription": one,
                "deed": one.reference,
            }
            entries_of_register += [
                Entry(
                    kind="subscription", source_key=f"subscription/{one.id}", **common
                ),
                Entry(kind="payment", source_key=f"payment/{one.id}", held=0, **common),
            ]
            steps = capital.steps(one.quantity, cents(one.nominal))
            drafts.append(
                Draft(
                    kind="allotment",
                    scope=f"subscription-{one.id}",
                    company=self.company_id,
                    date=effective,
                    pairs=entries.of_allotment(steps),
                    cents=steps.subscribed,
                    name=self.env._(
                        "%(reference)s: allotment of %(shares)s",
                        reference=one.reference,
                        shares=count_shares(self.env, one.quantity),
                    ),
                    partner=one.partner_id,
                    subscription=one,
                )
            )
        self.env["tierslieux.share.movement"]._record(entries_of_register)
        self.env["tierslieux.share.posting"]._post_drafts(drafts)
        for effective, group in subscriptions.grouped(
            lambda one: max(day, one.paid_on, one.admitted_on)
        ).items():
            group.write({"state": "allotted", "allotted_on": effective})
        subscriptions._letter("allotted")
        self.env.flush_all()

    def _promote(self, day):
        """Whoever waits gets the shares that became free, in order."""
        waiting = self._found("waiting")
        keys = allotment.promoted(
            [(one, one.quantity) for one in waiting], self._free()
        )
        for one in keys:
            one._become_paid(one.paid_on)
        self._allot(day)

    def _end_waiting(self, day):
        """All shares are allotted: who waits is told and refunded."""
        waiting = self._found("waiting")
        if waiting:
            waiting.reason = self.env._("All shares of this issue are allotted.")
            waiting._refund(day)

    def action_close(self):
        """End an issue: it succeeded, or everybody is refunded.

        :raises UserError: somebody waits for the board's decision
        """
        self._check_treasurer()
        for issue in self:
            issue._close(fields.Date.context_today(issue))

    def _close(self, day):
        # sudo: who closes may not write subscriptions by hand
        issue = self.sudo()
        issue._lock()
        if issue.state != "open":
            raise UserError(self.env._("“%s” is not open.", issue.name))
        undecided = issue._found("paid", UNDECIDED)
        if undecided:
            raise UserError(
                self.env._(
                    "Before “%(issue)s” closes, the board decides on: %(people)s.",
                    issue=issue.name,
                    people=", ".join(undecided.partner_id.mapped("display_name")),
                )
            )
        issue._allot(day)
        succeeded = issue._is_certain()
        if succeeded and issue._found("paid", ADMITTED, limit=1):
            raise UserError(
                self.env._("Shares are being allotted: close in a few minutes.")
            )
        issue.state = "succeeded" if succeeded else "failed"
        left = issue.subscription_ids.filtered(lambda one: one.state != "allotted")
        left.filtered(lambda one: one.state == "reserved").write({"state": "expired"})
        owed = left.filtered("received_amount")
        owed.filtered(lambda one: not one.reason).write(
            {
                "reason": self.env._("The issue is closed.")
                if succeeded
                else self.env._(
                    "The minimum of %s was not reached: everybody is refunded.",
                    count_shares(self.env, issue.minimum_shares),
                )
            }
        )
        owed._refund(day)

    def _is_certain(self):
        """Whether the minimum is reached by shares that are paid and admitted."""
        ready = self.env["tierslieux.share.subscription"]._read_group(
            [("issue_id", "=", self.id), ("state", "=", "paid"), *ADMITTED],
            [],
            ["quantity:sum"],
        )[0][0]
        return (ready or 0) + self.allotted_shares >= self.minimum_shares

    @api.model
    def _cron_close(self):
        """Issues whose time is over; those that wait for the board are left."""
        today = fields.Date.context_today(self)
        for issue in self.search([("state", "=", "open"), ("date_to", "<", today)]):
            if not issue._found("paid", UNDECIDED, limit=1):
                issue._close(today)
                self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _cron_allot(self):
        """Allot what one transaction was too short for."""
        today = fields.Date.context_today(self)
        for issue in self.search([("state", "in", ("open", "succeeded"))]):
            while issue._found("paid", ADMITTED, limit=1) and issue._is_certain():
                issue._lock()
                issue._allot(today)
                if not self.env["ir.cron"]._commit_progress(1):
                    return

    def _check_treasurer(self):
        """:raises UserError: somebody else"""
        if not self.env.su and not self.env.user.has_group(
            "tierslieux_network.group_treasurer"
        ):
            raise UserError(self.env._("Ask the treasurer: this moves money."))

    def _query_read_committed(self):
        return SQL("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")

    def _query_lock(self):
        return SQL(
            """
            UPDATE tierslieux_share_issue
               SET revision = coalesce(revision, 0) + 1
             WHERE id = %s
            """,
            self.id,
        )
