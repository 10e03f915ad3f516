# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..domain import roll

STATES = [
    ("applied", "Applied"),
    ("admitted", "Admitted, to pay"),
    ("member", "Member"),
    ("due", "Dues late"),
    ("lapsed", "Lapsed"),
    ("withdrawn", "Withdrawn"),
    ("excluded", "Excluded"),
    ("refused", "Refused"),
]
REASONS = [
    ("paid", "Dues paid"),
    ("free", "Owes no dues"),
    ("grace", "Dues late, within the days of grace"),
    ("not_admitted", "Not admitted yet"),
    ("refused", "Application refused"),
    ("withdrawn", "Has withdrawn"),
    ("excluded", "Was excluded"),
    ("lapsed", "Membership lapsed"),
    ("unpaid", "First dues not paid"),
    ("grace_over", "Dues late, days of grace over"),
]

# How long before the end of what is paid one may renew.
RENEWAL_DAYS = 90


class Membership(models.Model):
    """One member's membership of a college, once and for all: whoever comes back
    after leaving takes up the same membership. What happened to it is in its events,
    what was paid in its dues; everything else is derived from these."""

    _name = "tierslieux.membership"
    _description = "Membership"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "sort_name, id"
    _rec_names_search = ["partner_id", "college_id"]

    partner_id = fields.Many2one(
        "res.partner", string="Member", required=True, ondelete="restrict"
    )
    sort_name = fields.Char(
        string="Sorted by", related="partner_id.name", store=True, index=True
    )
    college_id = fields.Many2one(
        "tierslieux.college",
        required=True,
        ondelete="restrict",
        index=True,
        tracking=True,
    )
    product_id = fields.Many2one(
        "product.product",
        string="Fee",
        compute="_compute_product_id",
        store=True,
        readonly=False,
        ondelete="restrict",
        domain="[('membership', '=', True), ('college_id', '=', college_id)]",
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    is_company = fields.Boolean(related="partner_id.is_company", string="Organisation")
    event_ids = fields.One2many(
        "tierslieux.membership.event", "membership_id", string="Events", copy=False
    )
    delegation_ids = fields.One2many(
        "tierslieux.delegation", "membership_id", string="Delegates", copy=False
    )
    line_ids = fields.One2many(
        "membership.membership_line",
        "tierslieux_membership_id",
        string="Dues",
        copy=False,
    )
    state = fields.Selection(
        STATES, string="Status", compute="_compute_standing", store=True, index=True
    )
    reason = fields.Selection(
        REASONS,
        string="Why",
        compute="_compute_standing",
        store=True,
        help="Why this membership is on the roll today, or is not.",
    )
    on_roll = fields.Boolean(compute="_compute_standing", store=True, index=True)
    member_since = fields.Date(compute="_compute_standing", store=True, index=True)
    paid_until = fields.Date(compute="_compute_standing", store=True, index=True)
    amount_due = fields.Monetary(
        string="To pay",
        compute="_compute_amounts",
        store=True,
        help="Dues invoiced and not paid yet.",
    )
    arrears = fields.Monetary(
        compute="_compute_amounts",
        store=True,
        help="Dues not paid although their date is past.",
    )
    may_renew = fields.Boolean(compute="_compute_may_renew")
    delegate_id = fields.Many2one("res.partner", compute="_compute_delegate_id")
    recipient_ids = fields.Many2many(
        "res.partner",
        compute="_compute_recipient_ids",
        help="Who receives the letters: the person, or the organisation and its "
        "delegate.",
    )

    last_reason = fields.Text(
        compute="_compute_last_reason", help="Reason of the last event."
    )

    _partner_college_uniq = models.Constraint(
        "UNIQUE (partner_id, college_id)",
        "This contact has a membership of this college already.",
    )

    @api.depends("sort_name", "college_id.name")
    def _compute_display_name(self):
        for membership in self:
            membership.display_name = " – ".join(
                filter(None, [membership.sort_name, membership.college_id.name])
            )

    @api.depends("college_id")
    def _compute_product_id(self):
        for membership in self:
            if membership.product_id.college_id != membership.college_id:
                membership.product_id = membership.college_id._default_product()

    @api.depends(
        "college_id.grace_days",
        "event_ids.corrects_id",
        "event_ids.date",
        "event_ids.kind",
        "line_ids.account_invoice_line_id.move_id.payment_state",
        "line_ids.date_cancel",
        "line_ids.date_from",
        "line_ids.date_to",
        "line_ids.state",
        "partner_id.free_member",
    )
    def _compute_standing(self):
        today = fields.Date.context_today(self)
        for membership in self:
            membership.update(membership._standing_values(today))

    def _standing_values(self, at):
        """Standing of one membership at a date, from the records."""
        self.ensure_one()
        standing = roll.standing(
            at,
            [
                roll.Event(
                    event._origin.id or 0, event.kind, event.date, event.corrects_id.id
                )
                for event in self.event_ids
                if event.date
            ],
            [line._to_due() for line in self.line_ids],
            self.college_id.grace_days,
            self.partner_id.free_member,
        )
        return {
            "state": standing and standing.status,
            "reason": standing and standing.reason,
            "on_roll": standing and standing.on_roll,
            "member_since": standing and standing.member_since,
            "paid_until": standing and standing.paid_until,
        }

    @api.depends(
        "line_ids.account_invoice_line_id.move_id.amount_residual",
        "line_ids.account_invoice_line_id.move_id.invoice_date_due",
        "line_ids.account_invoice_line_id.move_id.state",
    )
    def _compute_amounts(self):
        today = fields.Date.context_today(self)
        for membership in self:
            invoices = membership._open_invoices()
            late = invoices.filtered(lambda i: i.invoice_date_due < today)
            membership.amount_due = sum(invoices.mapped("amount_residual"))
            membership.arrears = sum(late.mapped("amount_residual"))

    @api.depends("paid_until", "partner_id.free_member", "state")
    def _compute_may_renew(self):
        soon = fields.Date.context_today(self) + timedelta(days=RENEWAL_DAYS)
        for membership in self:
            membership.may_renew = (
                not membership.partner_id.free_member
                and membership.state in ("admitted", "member", "due", "lapsed")
                and (not membership.paid_until or membership.paid_until <= soon)
            )

    @api.depends("delegation_ids.date_from", "delegation_ids.date_to")
    def _compute_delegate_id(self):
        today = fields.Date.context_today(self)
        for membership in self:
            membership.delegate_id = membership.delegate_at(today)

    @api.depends("partner_id.email", "delegation_ids.partner_id.email")
    def _compute_recipient_ids(self):
        for membership in self:
            membership.recipient_ids = (
                membership.partner_id | membership.delegate_id
            ).filtered("email")

    @api.depends("event_ids.corrects_id", "event_ids.reason")
    def _compute_last_reason(self):
        for membership in self:
            membership.last_reason = membership._last_event().reason

    def delegate_at(self, date):
        """The delegate of a legal person on a day, an empty contact for none."""
        self.ensure_one()
        return self.delegation_ids.filtered(
            lambda d: d.date_from <= date and (not d.date_to or d.date_to >= date)
        ).partner_id

    @api.model
    def _of_partner(self, partner):
        """The memberships of a contact: their own and those of the organisations they
        are the delegate of today."""
        today = fields.Date.context_today(self)
        return self.search(
            Domain("partner_id", "=", partner.id)
            | Domain(
                "delegation_ids",
                "any",
                Domain("partner_id", "=", partner.id)
                & Domain("date_from", "<=", today)
                & (Domain("date_to", "=", False) | Domain("date_to", ">=", today)),
            )
        )

    def _invoices(self):
        """Posted invoices of dues, the latest first."""
        return self.line_ids.account_invoice_line_id.move_id.filtered(
            lambda move: move.state == "posted"
        ).sorted("id", reverse=True)

    def _open_invoices(self):
        """Invoices of dues with something left to pay."""
        return self._invoices().filtered(
            lambda move: move.payment_state in ("not_paid", "partial")
        )

    # Events

    def _last_event(self, until=None):
        """The latest event that counts, by a day if asked for, empty for none."""
        self.ensure_one()
        return self.event_ids.filtered(
            lambda event: (
                event.kind != "correction"
                and not event.is_erased
                and (not until or event.date <= until)
            )
        ).sorted(lambda event: (event.date, event.id))[-1:]

    def _record(self, kind, date=None, reason=None):
        """Write an event in each of these memberships, where it may happen.

        :raises UserError: when it may not, or is dated before what it follows, naming
            the member
        """
        allowed = roll.ALLOWED_AFTER[kind]
        today = fields.Date.context_today(self)
        date = date or today
        for membership in self:
            if membership.state not in allowed:
                raise UserError(
                    self.env._(
                        "%(member)s: “%(event)s” cannot follow “%(status)s”.",
                        member=membership.partner_id.name,
                        event=dict(
                            self.env["tierslieux.membership.event"]
                            ._fields["kind"]
                            ._description_selection(self.env)
                        )[kind],
                        status=dict(
                            self._fields["state"]._description_selection(self.env)
                        ).get(membership.state, self.env._("New")),
                    )
                )
            last = membership._last_event(until=today)
            if last and date < last.date:
                raise UserError(
                    self.env._(
                        "%(member)s: “%(event)s” took effect on %(day)s. Before that "
                        "day, a decision would change nothing.",
                        member=membership.partner_id.name,
                        event=last._kind_label(),
                        day=format_date(self.env, last.date),
                    )
                )
        return self.env["tierslieux.membership.event"].create(
            [
                {
                    "membership_id": membership.id,
                    "kind": kind,
                    "date": date,
                    "reason": reason,
                }
                for membership in self
            ]
        )

    def _decide(self, kind, date=None, reason=None):
        """Record a decision and do what follows from it: the one way in for wizards,
        the portal and the cron."""
        self._record(kind, date, reason)
        if kind == "admission":
            self._invoice_dues(date or fields.Date.context_today(self))
            self._send("mail_template_membership_admission")
        elif kind == "refusal":
            self._send("mail_template_membership_refusal")
        elif kind == "lapse":
            self._send("mail_template_membership_lapse")
        self._update_portal_access()

    def _correct(self, event, reason):
        """Erase an event from the history: a correction names it and says why."""
        self.ensure_one()
        correction = self.env["tierslieux.membership.event"].create(
            {
                "membership_id": self.id,
                "kind": "correction",
                "corrects_id": event.id,
                "reason": reason,
            }
        )
        self._update_portal_access()
        return correction

    def action_admit(self):
        self.filtered(lambda m: m.state == "applied")._decide("admission")

    def action_decide(self):
        """Open the decision given by the context for these memberships."""
        return {
            "type": "ir.actions.act_window",
            "name": dict(
                self.env["tierslieux.membership.event"]
                ._fields["kind"]
                ._description_selection(self.env)
            )[self.env.context["default_kind"]],
            "res_model": "tierslieux.membership.decision",
            "view_mode": "form",
            "target": "new",
            "context": {
                **self.env.context,
                "default_membership_ids": self.ids,
            },
        }

    def action_open_invoices(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_out_invoice_type"
        )
        invoices = self.line_ids.account_invoice_line_id.move_id
        return {**action, "domain": [("id", "in", invoices.ids)], "context": {}}

    def _send(self, template):
        """Queue one letter for each member who has an address."""
        # sudo: a letter says what its template reads, whoever caused it
        template = self.env.ref(f"tierslieux_network.{template}").sudo()
        for membership in self.filtered("recipient_ids"):
            template.send_mail(membership.id)

    @api.model
    def _cron_update(self):
        """What the calendar alone changes: the end of a paid period, of the days of
        grace, of a term, the due date of an invoice."""
        today = fields.Date.context_today(self)
        standings = {row.membership_id: row for row in self.roll(at=today)}
        stale = self.search([]).filtered(
            lambda m: (
                m.id in standings
                and (m.state, m.reason, m.member_since or None, m.paid_until or None)
                != (
                    standings[m.id].status,
                    standings[m.id].reason,
                    standings[m.id].member_since,
                    standings[m.id].paid_until,
                )
            )
        )
        owing = self.search([("amount_due", ">", 0)])
        stale._compute_standing()
        owing._compute_amounts()
        over = self.search([("reason", "=", "grace_over")])
        if over:
            over._decide(
                "lapse",
                reason=self.env._("Dues not paid by the end of the days of grace."),
            )
        (stale - over)._update_portal_access()
