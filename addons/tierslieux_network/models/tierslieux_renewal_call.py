# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class RenewalCall(models.Model):
    """One member called for one period, in one campaign and only one."""

    _name = "tierslieux.renewal.call"
    _description = "Call for dues"
    _order = "campaign_id desc, id"
    _rec_name = "membership_id"

    campaign_id = fields.Many2one(
        "tierslieux.renewal.campaign", required=True, ondelete="cascade", index=True
    )
    membership_id = fields.Many2one(
        "tierslieux.membership", required=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(related="membership_id.partner_id")
    college_id = fields.Many2one(related="membership_id.college_id", store=True)
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True)
    currency_id = fields.Many2one(related="membership_id.currency_id")
    amount = fields.Monetary(required=True)
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    is_invoiced = fields.Boolean(readonly=True)
    state = fields.Selection(
        [
            ("waiting", "To invoice"),
            ("invoiced", "To pay"),
            ("paid", "Paid"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        compute="_compute_state",
        store=True,
        index=True,
    )
    residual = fields.Monetary(related="move_id.amount_residual", string="To pay")
    due_date = fields.Date(related="move_id.invoice_date_due", string="Due")
    reminder_count = fields.Integer(string="Reminders sent", readonly=True)
    error = fields.Char(readonly=True, help="Why this call could not be invoiced.")
    has_error = fields.Boolean(compute="_compute_has_error", store=True)

    _membership_period_uniq = models.Constraint(
        "UNIQUE (membership_id, date_from)",
        "This member has been called for this period already.",
    )

    @api.depends("is_invoiced", "move_id.payment_state", "move_id.state")
    def _compute_state(self):
        for call in self:
            move = call.move_id
            if not call.is_invoiced:
                call.state = "waiting"
            elif not move or move.payment_state in ("paid", "in_payment"):
                call.state = "paid"
            elif move.state == "cancel" or move.payment_state == "reversed":
                call.state = "cancelled"
            else:
                call.state = "invoiced"

    @api.depends("error")
    def _compute_has_error(self):
        for call in self:
            call.has_error = bool(call.error)

    def _invoice_and_send(self):
        """One job of a campaign: invoice a batch, then queue its letters."""
        invoiced = self._invoice()
        template = self.env.ref("tierslieux_network.mail_template_renewal_call")
        invoiced._send(template)

    def _invoice(self):
        """Invoice these calls and post the invoices; those done before are left
        alone, so that a job may be run again. When one of them cannot be invoiced,
        the others are, and it says why.

        :return: the calls invoiced
        """
        calls = self.filtered(lambda call: not call.is_invoiced)
        try:
            with self.env.cr.savepoint():
                calls._invoice_batch()
        except (UserError, ValidationError):
            for call in calls:
                try:
                    with self.env.cr.savepoint():
                        call._invoice_batch()
                except (UserError, ValidationError) as error:
                    call.error = str(error)
        return calls.filtered("is_invoiced")

    def _invoice_batch(self):
        # sudo: the campaign was launched by a treasurer; the job only carries it out
        calls = self.sudo()
        calls.membership_id.lock_for_update()
        billed = calls.filtered(lambda call: call.currency_id.round(call.amount))
        moves = calls.env["tierslieux.invoice.batch"]._post_invoices(
            [
                {
                    **call.membership_id._prepare_invoice(
                        call.campaign_id.date,
                        call.date_from,
                        call.date_to,
                        round(call.amount * 100),
                    ),
                    "invoice_date_due": call.campaign_id.due_date,
                }
                for call in billed
            ]
        )
        for call, move in zip(billed, moves, strict=True):
            call.move_id = move
        calls.env["membership.membership_line"].create(
            [
                call.membership_id._prepare_free_line(
                    call.campaign_id.date, call.date_from, call.date_to
                )
                for call in calls - billed
            ]
        )
        calls.write({"is_invoiced": True, "error": False})

    def _send(self, template):
        """Queue one letter a call; members without an address get none."""
        reachable = self.filtered(lambda c: c.move_id and c.membership_id.recipient_ids)
        if reachable:
            # sudo: a letter says what its template reads, whoever caused it
            template.sudo().send_mail_batch(reachable.ids)

    def _remind(self, reminder, rank):
        self._send(reminder.template_id)
        self.write({"reminder_count": rank})

    def action_open_invoice(self):
        self.ensure_one()
        return self.move_id.get_formview_action()
