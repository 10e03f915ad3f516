# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, formatLang

from odoo.addons.tierslieux_network.domain.money import cents

from ..domain import allotment
from ..words import count_shares
from .tierslieux_share_posting import Draft

#: Nothing is kept for these: what comes is given back at once.
ENDED = ("allotted", "refused", "refunded")


class ShareSubscription(models.Model):
    """What happens to a subscription: money, admission, refusal, its end."""

    _inherit = "tierslieux.share.subscription"

    def _receive(self, amount, date, source_key, line=None):
        """Money came for this subscription: once for a ``source_key``, however often
        it is told. What is paid and admitted is allotted at once; what is not for
        shares is given back.

        :param line: the bank's statement line, matched with it; else an entry is made
        :return: whether this was new
        """
        self.ensure_one()
        # sudo: banks and payment providers have no rights, this act is the way in
        one = self.sudo().with_company(self.company_id)
        one.issue_id._lock()
        received = cents(amount)
        postings = one.env["tierslieux.share.posting"]
        posted = postings._posted(["receipt"], [("scope", "=", source_key)])
        if received <= 0 or posted.get(("receipt", source_key)):
            return False
        move = line and line._match_shares(one)
        postings._post_drafts(
            [
                Draft(
                    kind="receipt",
                    scope=source_key,
                    company=one.company_id,
                    date=date,
                    pairs=[("receipt", received)],
                    cents=received,
                    name=one.env._("%s: money received", one.reference),
                    partner=one.partner_id,
                    subscription=one,
                    move=move,
                )
            ]
        )
        one._take(received, date)
        return True

    def _take(self, received, date):
        self.received_amount = (cents(self.received_amount) + received) / 100
        issue = self.issue_id
        state = allotment.receipt(
            self.state,
            cents(self.amount),
            cents(self.received_amount),
            self.quantity,
            issue._free(),
            issue.state == "open",
        )
        if state == "paid":
            self._become_paid(date)
            issue._allot(date)
            if self.state == "paid":
                self._letter("paid")
        elif state != self.state:
            self.write({"state": state, "paid_on": date})
            if issue.allotted_shares == issue.maximum_shares:
                issue._end_waiting(date)
            else:
                self._letter("waiting")
        if self.state in ENDED or issue.state not in ("draft", "open"):
            self._refund(date)

    def _become_paid(self, date):
        values = {"state": "paid", "paid_on": date}
        if not self.admitted_on and not self._needs_admission():
            values["admitted_on"] = date
        self.write(values)
        self.flush_recordset()

    def _needs_admission(self):
        """New holders are admitted, where the issue says so; those who have shares were
        admitted before."""
        if not self.issue_id.admission_required:
            return False
        held = self.env["tierslieux.share.movement"]._holdings(
            self.company_id, partners=self.partner_id
        )
        return held.get(self.partner_id.id, 0) <= 0

    def _give_back(self, source_key, move=None):
        """The money of a ``source_key`` was not for this: its entry is undone. Shares
        that were allotted stay so, and the control says that they are not paid."""
        # sudo: follows from a line of the bank or a payment that was undone
        one = self.sudo().with_company(self.company_id)
        one.issue_id._lock()
        posting = one.env["tierslieux.share.posting"].search(
            [("kind", "=", "receipt"), ("scope", "=", source_key)],
            order="id desc",
            limit=1,
        )
        if not posting or posting.reverses_id:
            return
        today = fields.Date.context_today(one)
        posting._post_drafts(posting._opposite(today, move))
        one.received_amount = (cents(one.received_amount) - cents(posting.amount)) / 100
        if one.state in ("paid", "waiting") and one.received_amount < one.amount:
            state = "reserved"
            if one.reserved_until <= fields.Datetime.now():
                state = "expired"
            one.write({"state": state, "paid_on": False, "admitted_on": False})

    def action_admit(self):
        self._admit(fields.Date.context_today(self))

    def _admit(self, date):
        """The board admits; what is paid is allotted.

        :raises UserError: not the board, or nothing to decide
        """
        self._check_board()
        # sudo: nobody writes subscriptions by hand
        for issue, group in self.sudo().grouped("issue_id").items():
            issue._lock()
            wrong = group.filtered(
                lambda one: one.state not in ("reserved", "paid") or one.admitted_on
            )
            if wrong:
                raise UserError(
                    self.env._(
                        "%(reference)s is %(state)s: there is nothing to decide.",
                        reference=wrong[0].reference,
                        state=wrong[0]._state_name(),
                    )
                )
            group.write({"admitted_on": date})
            group.flush_recordset()
            issue._allot(date)
            group.filtered(lambda one: one.state != "allotted")._letter("admitted")

    def _refuse(self, reason):
        """The board refuses; what was paid is given back.

        :raises UserError: not the board, or shares are allotted already
        """
        self._check_board()
        today = fields.Date.context_today(self)
        # sudo: nobody writes subscriptions by hand
        for issue, group in self.sudo().grouped("issue_id").items():
            issue._lock()
            if group.filtered(lambda one: one.state in ENDED):
                raise UserError(self.env._("This is decided already."))
            group.write({"state": "refused", "reason": reason})
            group._letter("refused")
            group._refund(today)
            issue._promote(today)

    def action_refund(self):
        """Give back what waits."""
        self.issue_id._check_treasurer()
        # sudo: nobody writes subscriptions by hand
        for one in self.sudo():
            one.issue_id._lock()
            one._refund(fields.Date.context_today(one))

    def _refund(self, date=None):
        """Give back what is not for shares: the entry is made, the transfer follows.
        Once: what was given back is not owed any more."""
        date = date or fields.Date.context_today(self)
        drafts = []
        refunded = self.browse()
        for one in self:
            kept = 0
            if one.state in ("paid", "allotted") and one.issue_id.state != "failed":
                kept = cents(one.amount)
            owed = cents(one.received_amount) - kept
            if owed <= 0:
                continue
            drafts.append(
                Draft(
                    kind="refund",
                    scope=f"subscription-{one.id}",
                    company=one.company_id,
                    date=date,
                    pairs=[("refund", owed)],
                    cents=owed,
                    name=self.env._("%s: money given back", one.reference),
                    partner=one.partner_id,
                    subscription=one,
                )
            )
            one.received_amount = kept / 100
            if not kept:
                refunded |= one
        self.env["tierslieux.share.posting"]._post_drafts(drafts)
        refunded.write({"state": "refunded"})
        amounts = {draft.subscription: draft.cents for draft in drafts}
        self.browse([one.id for one in amounts])._letter("refunded", amounts)
        self.env.flush_all()

    @api.model
    def _cron_expire(self):
        """End reservations whose time is over; who waits gets their shares."""
        due = self.search(
            [
                ("state", "=", "reserved"),
                ("reserved_until", "<=", fields.Datetime.now()),
            ]
        )
        due._expire()

    def _expire(self):
        today = fields.Date.context_today(self)
        for issue in self.issue_id:
            # the lock ends them
            issue._lock()
            issue._promote(today)

    def _situation(self):
        """What is to be known about a subscription now, in one sentence."""
        self.ensure_one()
        missing = cents(self.amount) - cents(self.received_amount)
        if self.state == "reserved" and self.received_amount:
            return self.env._(
                "%(received)s received, %(missing)s are missing: pay them before "
                "%(day)s with the same reference.",
                received=self._money(self.received_amount),
                missing=self._money(missing / 100),
                day=format_date(self.env, self.reserved_until),
            )
        if self.state == "reserved":
            return self.env._(
                "Reserved until %(day)s: pay %(amount)s with the reference "
                "%(reference)s.",
                day=format_date(self.env, self.reserved_until),
                amount=self._money(self.amount),
                reference=self.reference,
            )
        if self.state == "paid" and not self.admitted_on:
            return self.env._("Paid: the board decides on your admission.")
        if self.state == "paid":
            return self.env._(
                "Paid: shares are allotted once %s are paid in all.",
                count_shares(self.env, self.issue_id.minimum_shares),
            )
        if self.state == "allotted":
            return self.env._(
                "Allotted on %(day)s: %(shares)s in the register.",
                shares=count_shares(self.env, self.quantity),
                day=format_date(self.env, self.allotted_on),
            )
        if self.state == "waiting":
            return self.env._(
                "Your payment came after the reservation, and all shares are taken: "
                "you are on the waiting list, or you are refunded."
            )
        if self.state == "expired" and self.received_amount:
            return self.env._(
                "The reservation is over with %(received)s received: pay the "
                "%(missing)s that are missing while shares are left, or ask for your "
                "money back.",
                received=self._money(self.received_amount),
                missing=self._money(missing / 100),
            )
        if self.state == "expired":
            return self.env._("The reservation is over: nothing was paid in time.")
        if self.state == "refunded":
            return self.env._("Refunded. %s", self.reason or "").strip()
        return self.env._("Refused. %s", self.reason or "").strip()

    def _letter(self, kind, amounts=None):
        if self:
            self.env["tierslieux.share.letter"]._write_to(kind, self, amounts)

    def _letter_partner(self):
        """Who is written to: the person who acts for a legal person."""
        partner = self.representative_id or self.partner_id
        return partner.filtered("email")

    def _masked_account(self):
        """The ends of the account that money is given back to; "" while it is not
        known."""
        return self._payee_account()._masked()

    def _payee_account(self):
        return self.partner_id._share_payee(self.bank_account_id, self.company_id)

    def _money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)

    def _state_name(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        return states[self.state].lower()

    def _check_board(self):
        """:raises UserError: somebody else"""
        if not self.env.su and not self.env.user.has_group(
            "tierslieux_network.group_board"
        ):
            raise UserError(self.env._("The board admits and refuses holders."))
