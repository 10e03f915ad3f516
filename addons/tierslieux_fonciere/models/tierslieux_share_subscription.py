# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class ShareSubscription(models.Model):
    """Whole shares that somebody asked for, and what became of them."""

    _name = "tierslieux.share.subscription"
    _description = "Subscription of shares"
    _inherit = ["portal.mixin", "mail.thread"]
    _order = "id desc"
    _rec_name = "reference"

    reference = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        help="Structured creditor reference (ISO 11649), to write on the transfer.",
    )
    issue_id = fields.Many2one(
        "tierslieux.share.issue",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    property_id = fields.Many2one(related="issue_id.property_id", store=True)
    company_id = fields.Many2one(related="issue_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Subscriber",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    representative_id = fields.Many2one(
        "res.partner",
        string="Represented by",
        readonly=True,
        ondelete="restrict",
        help="Who signs for a legal person.",
    )
    born_on = fields.Date(
        string="Date of birth",
        readonly=True,
        groups="tierslieux_network.group_treasurer",
    )
    quantity = fields.Integer(string="Shares", required=True, readonly=True)
    nominal = fields.Monetary(
        string="Price of a share", required=True, readonly=True, aggregator=None
    )
    amount = fields.Monetary(compute="_compute_amount", store=True)
    conditions_id = fields.Many2one(
        "tierslieux.share.conditions",
        string="Conditions accepted",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    accepted_at = fields.Datetime(string="Accepted at", required=True, readonly=True)
    accepted_by_id = fields.Many2one(
        "res.partner", string="Accepted by", required=True, readonly=True
    )
    state = fields.Selection(
        [
            ("reserved", "Reserved"),
            ("paid", "Paid"),
            ("allotted", "Allotted"),
            ("waiting", "Waiting"),
            ("expired", "Expired"),
            ("refused", "Refused"),
            ("refunded", "Refunded"),
        ],
        required=True,
        readonly=True,
        default="reserved",
        copy=False,
        index=True,
    )
    reserved_until = fields.Datetime(readonly=True, copy=False)
    received_amount = fields.Monetary(
        string="Received", readonly=True, copy=False, help="Less what was given back."
    )
    refund_amount = fields.Monetary(
        string="To give back",
        compute="_compute_refund_amount",
        help="Received, but not for shares of this subscription.",
    )
    bank_account_id = fields.Many2one(
        "res.partner.bank",
        string="Account of the subscriber",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups="tierslieux_network.group_treasurer",
        help="It paid, or was told: money given back goes there.",
    )
    paid_on = fields.Date(readonly=True, copy=False)
    admitted_on = fields.Date(readonly=True, copy=False)
    allotted_on = fields.Date(readonly=True, copy=False)
    reason = fields.Text(readonly=True, copy=False, help="Why it was refused.")
    posting_ids = fields.One2many(
        "tierslieux.share.posting", "subscription_id", string="Entries"
    )
    movement_ids = fields.One2many(
        "tierslieux.share.movement", "subscription_id", string="In the register"
    )

    situation = fields.Text(
        compute="_compute_situation", help="What is to be known now, in one sentence."
    )

    _reference_uniq = models.Constraint(
        "UNIQUE (reference)", "This reference is taken."
    )
    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "Shares are whole, at least one."
    )

    @api.depends("quantity", "nominal")
    def _compute_amount(self):
        for one in self:
            one.amount = one.quantity * one.nominal

    @api.depends("state", "received_amount", "amount")
    def _compute_refund_amount(self):
        for one in self:
            kept = one.amount if one.state in ("paid", "allotted") else 0
            if one.state == "reserved":
                kept = one.received_amount
            one.refund_amount = max(one.received_amount - kept, 0)

    def _compute_situation(self):
        for one in self:
            one.situation = one._situation()

    def _compute_access_url(self):
        super()._compute_access_url()
        for one in self:
            one.access_url = f"/my/shares/{one.id}"
