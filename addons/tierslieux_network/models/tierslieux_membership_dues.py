# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date


class Membership(models.Model):
    _inherit = "tierslieux.membership"

    def _next_dues(self, on):
        """The next period that a member owes, asked for on a day.

        The periods of a member follow each other as long as the days of grace of the
        last one are not over; after that, dues begin on the day.

        :return: ``(first day, last day, cents)``
        """
        self.ensure_one()
        if not self.product_id:
            raise UserError(
                self.env._(
                    "The college “%s” has no fee: add one first.", self.college_id.name
                )
            )
        lines = self.line_ids.filtered(
            lambda line: line.state != "canceled" and line.date_from and line.date_to
        )
        last = max(lines.mapped("date_to"), default=None)
        follows = last and on <= last + timedelta(days=self.college_id.grace_days)
        return self.product_id.product_tmpl_id._dues(
            last + timedelta(days=1) if follows else on,
            anchor=min(lines.mapped("date_from"), default=None),
        )

    def _invoice_dues(self, on):
        """Invoice, and post, the next period of these members; those who owe nothing
        get their period at once.

        :param on: date of the invoices
        :return: the invoices
        """
        # sudo: the board admits, a member renews: neither need be an accountant
        members = self.sudo().filtered(lambda m: not m.partner_id.free_member)
        members.lock_for_update()
        moves_vals, free_vals = [], []
        for membership in members:
            first, last, cents = membership._next_dues(on)
            if cents:
                moves_vals.append(membership._prepare_invoice(on, first, last, cents))
            else:
                free_vals.append(membership._prepare_free_line(on, first, last))
        members.env["membership.membership_line"].create(free_vals)
        return members.env["tierslieux.invoice.batch"]._post_invoices(moves_vals)

    def _prepare_invoice(self, on, first, last, cents):
        partner = self.partner_id
        fee = self.product_id.with_context(lang=partner.lang)
        env = fee.env
        return {
            "move_type": "out_invoice",
            "company_id": self.company_id.id,
            "partner_id": partner.id,
            "invoice_date": on,
            "invoice_line_ids": [
                Command.create(
                    {
                        "product_id": fee.id,
                        "name": env._(
                            "%(fee)s, from %(first)s to %(last)s",
                            fee=fee.name,
                            first=format_date(env, first),
                            last=format_date(env, last),
                        ),
                        "quantity": 1,
                        "price_unit": cents / 100,
                        "tax_ids": [Command.set(fee.taxes_id.ids)],
                        "tierslieux_membership_id": self.id,
                        "dues_date_from": first,
                        "dues_date_to": last,
                    }
                )
            ],
        }

    def _prepare_free_line(self, on, first, last):
        return {
            "tierslieux_membership_id": self.id,
            "partner_id": self.partner_id.id,
            "membership_id": self.product_id.id,
            "member_price": 0,
            "date": on,
            "date_from": first,
            "date_to": last,
            "state": "free",
        }

    def _renew(self):
        """The invoice with which a member renews: the one that waits to be paid, else
        a new one once the end of what is paid is near.

        :return: an invoice, empty when there is nothing to renew yet
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        # sudo: a member pays their own dues without a right on invoices
        member = self.sudo()
        member.lock_for_update()
        invoices = member._open_invoices()
        if invoices:
            return invoices.sorted("invoice_date_due")[0]
        if not self.may_renew:
            return invoices
        return self._invoice_dues(today)

    def _after_payment(self):
        """Paying the dues brings back a member whose membership had lapsed, from the
        lapse on when the period paid covers it."""
        self.flush_recordset()
        for membership in self.filtered(lambda m: m.state == "lapsed"):
            lapse = membership._last_event()
            paid = membership.line_ids.filtered(
                lambda line: line.state == "paid" and line.date_to
            ).sorted("date_to")[-1:]
            if lapse.kind == "lapse" and paid and paid.date_to >= lapse.date:
                membership._record("reinstatement", max(lapse.date, paid.date_from))
        self._update_portal_access()
