# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import split_every

from ..domain import availability, cancellation

_logger = logging.getLogger(__name__)
BATCH = 100
QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_notrack": True}


class Booking(models.Model):
    """Invoices of bookings: real ``account.move``, each booking billed once."""

    _inherit = "tierslieux.booking"

    billed_line_ids = fields.One2many("account.move.line", "billed_booking_id")
    credited_line_ids = fields.One2many("account.move.line", "credited_booking_id")
    move_id = fields.Many2one(
        "account.move", string="Invoice", compute="_compute_moves", compute_sudo=True
    )
    credit_move_id = fields.Many2one(
        "account.move",
        string="Credit note",
        compute="_compute_moves",
        compute_sudo=True,
    )
    invoice_error = fields.Char(readonly=True, help="Why it could not be invoiced.")

    @api.depends("billed_line_ids.move_id", "credited_line_ids.move_id")
    def _compute_moves(self):
        for booking in self:
            booking.move_id = booking.billed_line_ids.move_id[:1]
            booking.credit_move_id = booking.credited_line_ids.move_id[:1]

    def action_invoice(self):
        """Invoice what is chosen, now."""
        self.check_access("read")
        if not self.env.user.has_group("tierslieux_network.group_treasurer"):
            raise UserError(self.env._("Invoices are for the treasurer to make."))
        moves = self._invoice()
        errors = self.filtered("invoice_error")
        if errors and not moves:
            raise UserError("\n".join(errors.mapped("invoice_error")))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invoices"),
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("id", "in", moves.ids)],
        }

    @api.model
    def _billable(self, now):
        """What is to be invoiced at ``now``: by the booking, once it can no longer be
        cancelled; monthly, once its month is over."""
        billable = Domain("purpose", "!=", "maintenance") & Domain("price", ">", 0)
        billable &= Domain("partner_id", "!=", False)
        billable &= Domain("billed_line_ids", "=", False)
        billable &= Domain("state", "in", ("confirmed", "done", "no_show"))
        single = Domain("bookable_id.invoicing", "=", "booking")
        monthly = Domain("bookable_id.invoicing", "=", "monthly")
        monthly &= Domain("stop", "<=", now)
        return self.search(
            billable & (single | monthly), order="partner_id, venue_id, start, id"
        ).filtered(lambda one: one._is_due(now))

    def _is_due(self, now):
        self.ensure_one()
        if self.bookable_id.invoicing == "booking":
            return not cancellation.in_time(
                self.start, self.bookable_id.cancel_hours, now
            )
        zone = ZoneInfo(self.bookable_id._tz())
        month = availability.local(now, zone).date().replace(day=1)
        return self._local_day() < month

    @api.model
    def _cron_invoice(self):
        """Invoice what is to be; what was done before is left alone."""
        bookings = self._billable(fields.Datetime.now())
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=len(bookings))
        for groups in split_every(BATCH, bookings._invoice_groups()):
            batch = self.union(*groups)
            batch._invoice()
            if not commit(len(batch)):
                break

    def _invoice(self):
        """Invoice these and post the invoices; those done before are left alone. When
        one cannot be invoiced, the others are, and it says why.

        :return: the invoices
        """
        # sudo: billing is the network's; who asks for it was checked
        bookings = self.sudo().with_context(**QUIET)
        bookings = bookings.try_lock_for_update().filtered(
            lambda one: (
                not one.billed_line_ids
                and one.price
                and one.partner_id
                and one.state != "cancelled"
                and one.purpose != "maintenance"
            )
        )
        moves = bookings.env["account.move"]
        for groups in split_every(BATCH, bookings._invoice_groups()):
            moves |= bookings._invoice_batch(groups)
        return moves

    def _invoice_batch(self, groups):
        """When one cannot be invoiced, the others are, and it says why."""
        try:
            with self.env.cr.savepoint():
                return self._post([group._invoice_values() for group in groups])
        except (UserError, ValidationError):
            moves = self.env["account.move"]
            for group in groups:
                try:
                    with self.env.cr.savepoint():
                        moves |= self._post([group._invoice_values()])
                except (UserError, ValidationError) as error:
                    group.invoice_error = str(error)
            return moves

    def _invoice_groups(self):
        """Those that share an invoice: one each, or a month of somebody at a venue."""
        groups = {}
        for one in self.sorted(lambda one: (one.start, one.id)):
            key = one.id
            if one.bookable_id.invoicing != "booking":
                month = one._local_day().replace(day=1)
                key = (one.partner_id, one.venue_id, one.company_id, month)
            groups[key] = groups.get(key, self.browse()) | one
        return list(groups.values())

    @api.model
    def _post(self, values):
        moves = self.env["tierslieux.invoice.batch"]._post_invoices(values)
        moves.line_ids.billed_booking_id.filtered("invoice_error").write(
            {"invoice_error": False}
        )
        return moves

    def _invoice_values(self):
        """One invoice for these."""
        first = self[0]
        mentions = dict.fromkeys(
            one.vat_id.mention for one in self if one.vat_id.mention
        )
        return {
            "move_type": "out_invoice",
            "partner_id": first.partner_id.id,
            "company_id": first.company_id.id,
            "currency_id": first.currency_id.id,
            "invoice_date": fields.Date.context_today(self),
            "invoice_origin": first.venue_id.name,
            "narration": "<br/>".join(mentions) or False,
            "invoice_line_ids": [
                Command.create(one._invoice_line_values()) for one in self
            ],
        }

    def _invoice_line_values(self):
        """The line of one: its frozen price, under its frozen VAT status."""
        self.ensure_one()
        booking = self.with_context(lang=self.partner_id.lang or "fr_FR")
        if not booking.vat_id:
            raise UserError(
                self.env._(
                    "The VAT status of %(venue)s on that day is not known.",
                    venue=booking.venue_id.name,
                )
            )
        tax = self.env["account.tax"]._of_status(booking.vat_id, booking.company_id)
        return {
            "product_id": self.env["tierslieux.bookable"]
            ._by_xmlid("product.product", "product_booking")
            .id,
            "name": f"{booking.reference} · {booking.bookable_id.name}, {booking.when}",
            "quantity": 1,
            "price_unit": booking.price,
            "tax_ids": [Command.set(tax.ids)],
            "billed_booking_id": booking.id,
        }

    def _credit(self):
        """Credit what was invoiced for a booking that was cancelled, under the price
        and the tax of its invoice."""
        # sudo: billing is the network's; who cancels was checked
        booking = self.sudo().with_context(**QUIET)
        line = booking.billed_line_ids
        if not line or booking.credited_line_ids:
            return
        if line.move_id.state == "draft":
            line.unlink()
        if line.move_id.state != "posted":
            return
        refund = line.move_id.create(
            {
                "move_type": "out_refund",
                "partner_id": line.move_id.partner_id.id,
                "company_id": line.company_id.id,
                "currency_id": line.currency_id.id,
                "invoice_date": fields.Date.context_today(self),
                "reversed_entry_id": line.move_id.id,
                "ref": line.move_id.name,
                "invoice_user_id": False,
                "narration": line.move_id.narration,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": line.product_id.id,
                            "account_id": line.account_id.id,
                            "name": line.name,
                            "quantity": line.quantity,
                            "price_unit": line.price_unit,
                            "tax_ids": [Command.set(line.tax_ids.ids)],
                            "credited_booking_id": booking.id,
                        }
                    )
                ],
            }
        )
        refund._post(soft=False)
        (line.move_id.line_ids | refund.line_ids).filtered(
            lambda one: one.account_type == "asset_receivable" and not one.reconciled
        ).reconcile()
