# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

# Calls invoiced in one job, which is one transaction.
BATCH_SIZE = 100


class RenewalCampaign(models.Model):
    """A yearly call for dues: who is called, their invoices, the reminders."""

    _name = "tierslieux.renewal.campaign"
    _description = "Renewal campaign"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"

    name = fields.Char(required=True)
    date = fields.Date(
        string="Call date",
        required=True,
        default=lambda self: fields.Date.context_today(self),
        help="Date of the invoices.",
    )
    due_date = fields.Date(
        string="To be paid before",
        required=True,
        compute="_compute_due_date",
        precompute=True,
        store=True,
        readonly=False,
    )
    college_ids = fields.Many2many(
        "tierslieux.college",
        string="Colleges",
        required=True,
        default=lambda self: self.env["tierslieux.college"].search([]),
    )
    paid_from = fields.Date(
        string="Paid until, from",
        required=True,
        default=lambda self: date(fields.Date.context_today(self).year, 1, 1),
        help="Members whose last paid day is in this window are called.",
    )
    paid_to = fields.Date(
        string="Paid until, to",
        required=True,
        default=lambda self: date(fields.Date.context_today(self).year, 12, 31),
    )
    state = fields.Selection(
        [("draft", "Draft"), ("prepared", "Ready"), ("running", "Launched")],
        string="Status",
        required=True,
        default="draft",
        tracking=True,
        copy=False,
    )
    reminder_ids = fields.One2many(
        "tierslieux.renewal.reminder",
        "campaign_id",
        string="Reminders",
        copy=True,
        default=lambda self: self._default_reminders(),
    )
    call_ids = fields.One2many(
        "tierslieux.renewal.call", "campaign_id", string="Calls", copy=False
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    call_count = fields.Integer(compute="_compute_progress", string="Called")
    invoiced_count = fields.Integer(compute="_compute_progress", string="Invoiced")
    paid_count = fields.Integer(compute="_compute_progress", string="Paid")
    error_count = fields.Integer(compute="_compute_progress", string="Errors")
    progress = fields.Float(
        compute="_compute_progress", help="Percentage of the calls invoiced."
    )
    amount = fields.Monetary(compute="_compute_progress", string="Amount called")

    _window_order = models.Constraint(
        "CHECK (paid_from <= paid_to)", "The window ends before it begins."
    )
    _due_after_call = models.Constraint(
        "CHECK (date <= due_date)", "Dues are paid after they are called."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_launched(self):
        if any(campaign.state == "running" for campaign in self):
            raise UserError(
                self.env._(
                    "A campaign that was launched is kept: it says who was called."
                )
            )

    @api.model
    def _default_reminders(self):
        return [fields.Command.create({"days": days}) for days in (30, 60)]

    @api.depends("date")
    def _compute_due_date(self):
        for campaign in self:
            campaign.due_date = campaign.date and campaign.date + timedelta(days=30)

    @api.depends("call_ids.state", "call_ids.error", "call_ids.amount")
    def _compute_progress(self):
        counts = {}
        for campaign, state, failed, count, amount in self.env[
            "tierslieux.renewal.call"
        ]._read_group(
            [("campaign_id", "in", self.ids)],
            ["campaign_id", "state", "has_error"],
            ["__count", "amount:sum"],
        ):
            counts.setdefault(campaign, []).append((state, failed, count, amount))
        for campaign in self:
            groups = counts.get(campaign, [])
            total = sum(group[2] for group in groups)
            waiting = sum(group[2] for group in groups if group[0] == "waiting")
            campaign.call_count = total
            campaign.invoiced_count = total - waiting
            campaign.paid_count = sum(g[2] for g in groups if g[0] == "paid")
            campaign.error_count = sum(g[2] for g in groups if g[1])
            campaign.progress = 100 * (total - waiting) / total if total else 0
            campaign.amount = sum(group[3] for group in groups)

    def action_prepare(self):
        """List who is called, with what they owe: nothing is invoiced yet."""
        self.ensure_one()
        if self.state == "running":
            raise UserError(self.env._("This campaign is launched already."))
        self.call_ids.unlink()
        called = set(
            self.env["tierslieux.renewal.call"]
            .search([("membership_id.college_id", "in", self.college_ids.ids)])
            .mapped(lambda call: (call.membership_id.id, call.date_from))
        )
        vals_list = []
        for membership in self._memberships_to_call():
            first, last, cents = membership._next_dues(self.date)
            if (membership.id, first) not in called:
                vals_list.append(
                    {
                        "campaign_id": self.id,
                        "membership_id": membership.id,
                        "date_from": first,
                        "date_to": last,
                        "amount": cents / 100,
                    }
                )
        self.env["tierslieux.renewal.call"].create(vals_list)
        self.state = "prepared"

    def _memberships_to_call(self):
        """Members on the roll whose last paid day is in the window, whose next period
        is not invoiced yet."""
        memberships = self.env["tierslieux.membership"].search(
            [
                ("college_id", "in", self.college_ids.ids),
                ("company_id", "=", self.company_id.id),
                ("on_roll", "=", True),
                ("paid_until", ">=", self.paid_from),
                ("paid_until", "<=", self.paid_to),
                ("partner_id.free_member", "=", False),
            ]
        )
        return memberships.filtered(
            lambda m: (
                not any(
                    line.state != "canceled"
                    and line.date_from
                    and line.date_from > m.paid_until
                    for line in m.line_ids
                )
            )
        )

    def action_launch(self):
        """Invoice the calls in the background, a batch a job. Launching again takes
        up what is left: a batch that is under way is not queued twice."""
        self.ensure_one()
        if self.state == "draft":
            raise UserError(self.env._("Prepare the list of calls first."))
        if not self.call_ids:
            raise UserError(self.env._("Nobody is called: there is nothing to launch."))
        self.state = "running"
        waiting = self.call_ids.filtered(lambda call: not call.is_invoiced)
        for ids in split_every(BATCH_SIZE, waiting.ids):
            batch = waiting.browse(ids)
            batch.with_delay(
                description=f"{self.name}: {len(batch)}",
                identity_key=f"renewal-{self.id}-{ids[0]}-{ids[-1]}",
            )._invoice_and_send()

    def action_open_calls(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tierslieux_network.tierslieux_renewal_call_action"
        )
        return {**action, "domain": [("campaign_id", "in", self.ids)]}

    @api.model
    def _cron_remind(self):
        """Send those who have not paid the last reminder whose day has come: of two
        that came while nobody looked, one letter is enough."""
        today = fields.Date.context_today(self)
        for campaign in self.search([("state", "=", "running")]):
            due = campaign.reminder_ids.sorted("days").filtered(
                lambda one, called=campaign.date: (
                    called + timedelta(days=one.days) <= today
                )
            )
            rank = len(due)
            if due:
                campaign.call_ids.filtered(
                    lambda call, rank=rank: (
                        call.state == "invoiced" and call.reminder_count < rank
                    )
                )._remind(due[-1], rank)
