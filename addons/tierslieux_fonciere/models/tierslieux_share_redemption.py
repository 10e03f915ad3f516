# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from fractions import Fraction
from typing import Any, NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, formatLang

from odoo.addons.tierslieux_network.domain.money import cents

from ..domain.redemption import simulate
from ..words import count_shares
from .tierslieux_share_movement_record import Entry
from .tierslieux_share_posting import Draft


class Measure(NamedTuple):
    """What the queue is measured by on a day, in cents."""

    capital: int
    #: the highest capital ever
    highest: int
    floor: int
    #: of the highest capital, the floor
    fraction: Fraction
    #: that sets the floor
    rule: Any


class ShareRedemption(models.Model):
    """Shares that a holder gives back. The vote ends with the request; the
    reimbursement waits in the queue for the floor of the capital."""

    _name = "tierslieux.share.redemption"
    _description = "Redemption of shares"
    _inherit = ["mail.thread"]
    _order = "company_id, requested_on, id"

    company_id = fields.Many2one(
        "res.company", string="Foncière", required=True, readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Holder",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    quantity = fields.Integer(string="Shares", required=True, readonly=True)
    nominal = fields.Monetary(
        string="Nominal value", required=True, readonly=True, aggregator=None
    )
    amount = fields.Monetary(compute="_compute_amount", store=True)
    reason = fields.Text(readonly=True)
    state = fields.Selection(
        [
            ("queued", "In the queue"),
            ("decided", "Decided"),
            ("paid", "Paid back"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="queued",
        index=True,
        tracking=True,
    )
    requested_on = fields.Date(required=True, readonly=True)
    earliest_on = fields.Date(
        string="Not before",
        readonly=True,
        help="The statutes have shares held so long.",
    )
    decided_on = fields.Date(readonly=True)
    paid_on = fields.Date(string="Paid back on", readonly=True)
    movement_id = fields.Many2one(
        "tierslieux.share.movement", readonly=True, ondelete="restrict"
    )
    bank_account_id = fields.Many2one(
        "res.partner.bank",
        string="Account of the holder",
        readonly=True,
        ondelete="restrict",
        groups="tierslieux_network.group_treasurer",
    )
    rank = fields.Integer(compute="_compute_turn")
    can_be_paid = fields.Boolean(compute="_compute_turn")
    outlook = fields.Text(
        compute="_compute_turn", help="What becomes of it, as things are today."
    )

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "Shares are whole, at least one."
    )

    @api.depends("partner_id", "quantity")
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._(
                "%(person)s: %(shares)s",
                person=one.partner_id.display_name,
                shares=count_shares(self.env, one.quantity),
            )

    @api.depends("quantity", "nominal")
    def _compute_amount(self):
        for one in self:
            one.amount = one.quantity * one.nominal

    def _compute_turn(self):
        for company, group in self.grouped("company_id").items():
            measure = self._measure(company)
            queue = self._queue(company)
            turns = {turn.key: turn for turn in self._simulate(measure, queue)}
            for one in group:
                turn = turns.get(one.id)
                one.rank = turn.rank if turn else 0
                one.can_be_paid = bool(turn and not turn.missing and one._is_ripe())
                one.outlook = turn and self._in_words(
                    company, measure, turn, one.earliest_on
                )

    @api.model
    def _queue(self, company):
        # sudo: a holder is told their rank, not who is before them
        return self.sudo().search(
            [("company_id", "=", company.id), ("state", "=", "queued")],
            order="requested_on, id",
        )

    @api.model
    def _measure(self, company):
        """Capital and floor of today, once for the whole queue."""
        today = fields.Date.context_today(self)
        # sudo: a holder is told the capital and the floor, no other holder
        movements = self.env["tierslieux.share.movement"].sudo()
        capital, _paid, highest = movements._capital(company, today)
        lowest, rule = movements._floor(company, highest, today)
        fraction, _rule = movements._floor_fraction(company, today)
        return Measure(capital, highest, lowest, fraction, rule)

    @api.model
    def _simulate(self, measure, queue, more=()):
        """The turns of the queue, and of requests that would follow it.

        :param more: ``[(key, cents)]``
        """
        return simulate(
            measure.capital,
            measure.highest,
            measure.fraction,
            [*((one.id, cents(one.amount)) for one in queue), *more],
            measure.floor,
        )

    @api.model
    def _in_words(self, company, measure, turn, earliest):
        """The capital left, the floor, the rank and when: for whoever confirms."""
        today = fields.Date.context_today(self)

        def money(amount):
            return formatLang(self.env, amount / 100, currency_obj=company.currency_id)

        sentences = [
            self.env._(
                "The capital is %(capital)s; it may not fall below %(floor)s "
                "(%(law)s).",
                capital=money(measure.capital),
                floor=money(measure.floor),
                law=measure.rule.source,
            ),
            self.env._("You are next in the queue.")
            if turn.rank == 1
            else self.env._(
                "You are number %(rank)s of the queue: %(ahead)s are asked for before.",
                rank=turn.rank,
                ahead=money(turn.ahead),
            ),
        ]
        if turn.missing:
            sentences.append(
                self.env._(
                    "To pay you %(amount)s, at most %(missing)s of new capital must "
                    "come first.",
                    amount=money(turn.amount),
                    missing=money(turn.missing),
                )
            )
        else:
            sentences.append(
                self.env._(
                    "Once %(amount)s are paid to you, the capital is %(left)s.",
                    amount=money(turn.amount),
                    left=money(turn.remaining),
                )
            )
        if earliest and earliest > today:
            sentences.append(
                self.env._(
                    "The statutes have shares held until %s: you are paid from then "
                    "on.",
                    format_date(self.env, earliest),
                )
            )
        elif not turn.missing:
            sentences.append(
                self.env._("You are paid as soon as the board has decided.")
            )
        return " ".join(sentences)

    @api.model
    def _free_shares(self, company, partner, day=None):
        """Shares of a holder that are not given back already: what they can transfer or
        redeem."""
        # sudo: asked of one holder
        # sudo: a holder is told the capital and the floor, no other holder
        movements = self.env["tierslieux.share.movement"].sudo()
        day = day or fields.Date.context_today(self)
        asked = self.sudo()._read_group(
            [
                ("company_id", "=", company.id),
                ("partner_id", "=", partner.id),
                ("state", "=", "queued"),
            ],
            [],
            ["quantity:sum"],
        )[0][0]
        return movements._lowest_from(company, partner, day) - (asked or 0)

    @api.model
    def _outlook(self, company, partner, quantity):
        """What would become of a request, in words, before it is made.

        :raises UserError: the holder has fewer shares
        """
        nominal = self._check_quantity(company, partner, quantity)
        kept = self._free_shares(company, partner) - quantity
        measure = self._measure(company)
        turn = self._simulate(
            measure, self._queue(company), [("new", quantity * cents(nominal))]
        )[-1]
        today = fields.Date.context_today(self)
        words = self._in_words(
            company, measure, turn, self._earliest(company, partner, today)
        )
        if kept > 0:
            return self.env._("You keep your vote with the shares you keep. %s", words)
        return self.env._("Your vote ends today. %s", words)

    @api.model
    def _request(self, company, partner, quantity, reason="", iban=""):
        """Ask for shares to be paid back: the vote for them ends at once.

        :param iban: where to, a valid one; else an account of the holder that is known
        :raises UserError: the holder has fewer shares
        """
        # sudo: a holder has no right to write, this act is the way in
        self = self.sudo()
        # one at a time: the lock of the register is that of what holders have
        self.env["tierslieux.share.register"]._of(company)._lock()
        nominal = self._check_quantity(company, partner, quantity)
        today = fields.Date.context_today(self)
        request = self.create(
            {
                "company_id": company.id,
                "partner_id": partner.id,
                "quantity": quantity,
                "nominal": nominal,
                "reason": reason,
                "bank_account_id": iban and partner._share_account(iban).id,
                "requested_on": today,
                "earliest_on": self._earliest(company, partner, today),
            }
        )
        request._letter("redemption_queued")
        self.env.flush_all()
        return request

    def _letter(self, kind):
        self.env["tierslieux.share.letter"]._write_to(
            kind, self, {one: cents(one.amount) for one in self}
        )

    def _letter_partner(self):
        """Who is written to: the person who acts for a legal person."""
        partner = self.partner_id.share_representative_id or self.partner_id
        return partner.filtered("email")

    def _masked_account(self):
        """The ends of the account that is paid to; "" while it is not known."""
        return self._payee_account()._masked()

    def _payee_account(self):
        return self.partner_id._share_payee(self.bank_account_id, self.company_id)

    @api.model
    def _check_quantity(self, company, partner, quantity):
        """The nominal value of the shares."""
        if isinstance(quantity, bool) or not isinstance(quantity, int) or quantity < 1:
            raise UserError(self.env._("Shares are whole, at least one."))
        free = self._free_shares(company, partner)
        if quantity > free:
            raise UserError(
                self.env._(
                    "%(person)s can give back %(free)s, not %(quantity)s.",
                    person=partner.display_name,
                    free=count_shares(self.env, max(free, 0)),
                    quantity=formatLang(self.env, quantity, digits=0),
                )
            )
        # sudo: asked of one holder
        last = (
            self.env["tierslieux.share.movement"]
            .sudo()
            .search([("company_id", "=", company.id)], limit=1)
        )
        return last.nominal

    @api.model
    def _earliest(self, company, partner, today):
        """The end of the time that the statutes have shares held, from the first."""
        # sudo: the law is nobody's secret, and the first day is the holder's own
        rule = (
            self.env["tierslieux.share.rule"]
            .sudo()
            ._strictest("holding", today, company)
        )
        first = (
            self.env["tierslieux.share.movement"]
            .sudo()
            .search(
                [("company_id", "=", company.id), ("receiver_id", "=", partner.id)],
                order="effective_on",
                limit=1,
            )
        )
        if not rule or not first:
            return today
        return max(today, first.effective_on + relativedelta(months=int(rule.value)))

    def _is_ripe(self):
        return not self.earliest_on or self.earliest_on <= fields.Date.context_today(
            self
        )

    def action_decide(self):
        """The board decides the redemptions whose turn it is."""
        if not self.env.su and not self.env.user.has_group(
            "tierslieux_network.group_board"
        ):
            raise UserError(self.env._("The board decides on redemptions."))
        # sudo: nobody writes redemptions by hand
        for one in self.sudo():
            one._decide(fields.Date.context_today(one))

    def _decide(self, day):
        """Take the shares out of the capital; the holder is owed their value.

        :raises UserError: it is not its turn, or the floor would be broken
        """
        self.env["tierslieux.share.register"]._of(self.company_id)._lock()
        self.invalidate_recordset()
        if self.state != "queued":
            raise UserError(self.env._("This is decided already."))
        queue = self._queue(self.company_id)
        if queue[:1] != self:
            raise UserError(
                self.env._(
                    "%s is before in the queue: nobody overtakes.",
                    queue[:1].display_name,
                )
            )
        measure = self._measure(self.company_id)
        turn = self._simulate(measure, queue)[0]
        if turn.missing or not self._is_ripe():
            raise UserError(
                self._in_words(self.company_id, measure, turn, self.earliest_on)
            )
        movement = self.env["tierslieux.share.movement"]._record(
            [
                Entry(
                    company=self.company_id,
                    kind="redemption",
                    effective_on=day,
                    quantity=self.quantity,
                    nominal=self.nominal,
                    price=self.amount,
                    giver=self.partner_id,
                    deed=self.display_name,
                    source_key=f"redemption/{self.id}",
                )
            ]
        )
        self._post("redemption", day, self.env._("%s, redeemed", self.display_name))
        self.write({"state": "decided", "decided_on": day, "movement_id": movement.id})
        self._letter("redemption_decided")
        self.env.flush_all()

    def action_pay(self):
        """The treasurer pays what was decided."""
        self.env["tierslieux.share.issue"]._check_treasurer()
        # sudo: as above
        for one in self.sudo():
            one._pay(fields.Date.context_today(one))

    def _pay(self, day):
        if not self.try_lock_for_update():
            raise UserError(
                self.env._(
                    "Somebody else is paying this at this moment: look again in a few "
                    "seconds."
                )
            )
        self.invalidate_recordset()
        if self.state != "decided":
            raise UserError(
                self.env._("Only what the board has decided is paid, once.")
            )
        self._post("payout", day, self.env._("%s, transfer", self.display_name))
        self.write({"state": "paid", "paid_on": day})
        self._letter("redemption_paid")
        self.env.flush_all()

    def _post(self, kind, day, name):
        self.env["tierslieux.share.posting"]._post_drafts(
            [
                Draft(
                    kind=kind,
                    scope=f"redemption-{self.id}",
                    company=self.company_id,
                    date=day,
                    pairs=[(kind, cents(self.amount))],
                    cents=cents(self.amount),
                    name=name,
                    partner=self.partner_id,
                    redemption=self,
                )
            ]
        )

    def action_cancel(self):
        """The holder stays: shares and vote are theirs as before."""
        self.env["tierslieux.share.movement"]._check_office()
        if self.filtered(lambda one: one.state != "queued"):
            raise UserError(self.env._("This is decided already."))
        # sudo: as above
        self.sudo().state = "cancelled"
