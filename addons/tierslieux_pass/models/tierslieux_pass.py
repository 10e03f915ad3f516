# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import subscription

STATES = [
    ("none", "Not subscribed"),
    ("planned", "Starts later"),
    ("active", "Active"),
    ("paused", "Paused"),
    ("ended", "Ended"),
]


class Pass(models.Model):
    """One person's pass, once and for all: whoever comes back takes it up again. What
    happened to it is in its events; status and plan are derived from them."""

    _name = "tierslieux.pass"
    _description = "Pass"
    _inherit = ["mail.thread"]
    _order = "number, id"
    _rec_name = "number"

    number = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        index=True,
        default=lambda self: self.env["ir.sequence"].next_by_code("tierslieux.pass"),
        help="What venues know the pass by; it says nothing of the person.",
    )
    partner_id = fields.Many2one(
        "res.partner", string="Holder", required=True, ondelete="restrict"
    )
    sort_name = fields.Char(
        string="Sorted by", related="partner_id.name", store=True, index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    home_venue_id = fields.Many2one(
        "tierslieux.venue", ondelete="set null", index="btree_not_null"
    )
    payment_mode = fields.Selection(
        [
            ("debit", "SEPA direct debit"),
            ("provider", "Card"),
            ("transfer", "Transfer"),
        ],
        string="Paid by",
        required=True,
        default="debit",
    )
    mandate_id = fields.Many2one(
        "account.banking.mandate",
        string="SEPA mandate",
        ondelete="restrict",
        groups="tierslieux_network.group_treasurer",
        domain="[('partner_id', '=', partner_id)]",
    )
    shows_name = fields.Boolean(
        string="Name shown at the desk",
        help="Venues where the holder comes in see the name, whatever the profile "
        "hides; otherwise the number of the pass.",
    )
    event_ids = fields.One2many("tierslieux.pass.event", "pass_id", string="Events")
    card_ids = fields.One2many("tierslieux.pass.card", "pass_id", string="Codes")
    state = fields.Selection(
        STATES, string="Status", compute="_compute_standing", store=True, index=True
    )
    plan_id = fields.Many2one(
        "tierslieux.pass.plan",
        string="Pass plan",
        compute="_compute_standing",
        store=True,
        index=True,
    )
    since = fields.Date(compute="_compute_standing", store=True)
    tap_revision = fields.Integer(
        readonly=True,
        copy=False,
        help="Counts the acts on the visits of the pass, so that two at once queue.",
    )

    _partner_uniq = models.Constraint(
        "UNIQUE (partner_id, company_id)", "This person has a pass already."
    )
    _number_uniq = models.Constraint(
        "UNIQUE (number, company_id)", "This number of pass exists already."
    )

    @api.depends(
        "event_ids.corrects_id", "event_ids.date", "event_ids.kind", "event_ids.plan_id"
    )
    def _compute_standing(self):
        today = fields.Date.context_today(self)
        for one in self:
            standing = subscription.standing(one._events(), today)
            one.state = standing.status
            one.plan_id = standing.plan
            one.since = standing.since

    def _events(self):
        """The facts of this pass for the rules of subscription."""
        return [
            subscription.Event(
                event._origin.id or 0,
                event.kind,
                event.date,
                event.plan_id.id or None,
                event.corrects_id.id or None,
            )
            for event in self.event_ids
        ]

    def _periods(self, first, last):
        """When these passes are active between two days, ``last`` excluded.

        :return: ``{pass: [(first day, last day excluded, plan id), …]}``
        """
        return {one: subscription.periods(one._events(), first, last) for one in self}

    def _standing_on(self, day):
        """Status, plan id and since when, on a day."""
        self.ensure_one()
        return subscription.standing(self._events(), day)

    # Events

    def _record(self, kind, date=None, plan=None, reason=None):
        """Write an event of this pass, where it may happen: the one way in.

        :param date: the first day on which it holds; the earliest possible if not given
        :raises UserError: when it may not happen
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        earliest = subscription.effective_day(kind, today)
        date = date or earliest
        if date < earliest:
            raise UserError(self.env._("This cannot begin in the past."))
        if not subscription.may_follow(self._events(), kind, date):
            raise UserError(
                self.env._(
                    "The pass cannot be changed in this way: it is “%s”, or another "
                    "change is planned already.",
                    dict(self._fields["state"]._description_selection(self.env))[
                        self.state
                    ],
                )
            )
        return self.env["tierslieux.pass.event"].create(
            {
                "pass_id": self.id,
                "kind": kind,
                "date": date,
                "plan_id": plan.id if plan else False,
                "reason": reason,
            }
        )

    # Codes

    def _replace_card(self, reason):
        """Give this pass a new code: the one before is refused from now on."""
        self.ensure_one()
        # sudo: codes are nobody's to write, this act is the only way in
        one = self.sudo()
        one.card_ids.filtered(lambda card: not card.revoked_on).write(
            {"revoked_on": fields.Datetime.now(), "revoke_reason": reason}
        )
        self.env.flush_all()
        return one.card_ids.create({"pass_id": one.id})

    def _card(self):
        """The valid code of this pass, made when there is none yet."""
        self.ensure_one()
        # sudo: as above
        one = self.sudo()
        return one.card_ids.filtered(
            lambda card: not card.revoked_on
        ) or one.card_ids.create({"pass_id": one.id})
