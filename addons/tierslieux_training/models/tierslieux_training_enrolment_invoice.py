# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..domain import hours


class Enrolment(models.Model):
    """Invoices: the hours of the sheets, times the price agreed."""

    _inherit = "tierslieux.training.enrolment"

    def action_invoice(self):
        """Invoice what was attended and is not invoiced; a second time, what a
        correction changed."""
        if not self.env.user.has_group("tierslieux_network.group_treasurer"):
            raise AccessError(self.env._("Invoices are for the treasurer to make."))
        moves = self._invoice()
        if not moves:
            raise UserError(
                self.env._("What was attended is invoiced already, all of it.")
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invoices"),
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("id", "in", moves.ids)],
        }

    def _invoice(self):
        """:return: the invoices and credit notes made"""
        vals_list = []
        # sudo: the lock alone, for whoever may invoice
        self.event_id.sudo()._query_bump_training()
        for enrolment in self:
            enrolment._check_billable()
            lines = [
                (registration, billing)
                for registration in enrolment.registration_ids
                if (billing := registration._to_bill())
            ]
            vals_list += [
                enrolment._invoice_values(kind, some)
                for kind, some in (
                    ("out_invoice", [one for one in lines if one[1].minutes > 0]),
                    ("out_refund", [one for one in lines if one[1].minutes < 0]),
                )
                if some
            ]
        return self.env["tierslieux.invoice.batch"]._post_invoices(vals_list)

    def _check_billable(self):
        self.ensure_one()
        if not self.event_id._training_over():
            raise UserError(self.env._("A training is invoiced once it is over."))
        if self._may_withdraw():
            # article L6353-6 of the labour code: nothing is asked for before
            raise UserError(
                self.env._("Nothing is invoiced before the delay to withdraw is over.")
            )

    def _invoice_values(self, kind, lines):
        company = self.env.company
        product = self.env.ref("tierslieux_training.product_training")
        taxes = product.taxes_id.filtered(lambda tax: tax.company_id == company)
        if company.training_vat_exempt:
            taxes = taxes.browse()
        sign = -1 if kind == "out_refund" else 1
        rank = len(self.move_ids) + (kind == "out_refund")
        return {
            "move_type": kind,
            "partner_id": self.payer_id.id,
            "invoice_date": fields.Date.context_today(self),
            "invoice_origin": self.number,
            "source_key": f"training-{self.id}-{rank}-{kind}",
            "narration": company.training_vat_exempt
            and self.env._(
                "Not subject to VAT: article 261, 4, 4° a of the French tax code."
            ),
            "invoice_line_ids": [
                Command.create(
                    {
                        "product_id": product.id,
                        "name": self.env._(
                            "%(programme)s: %(trainee)s, %(hours)s",
                            programme=self.programme_id.name,
                            trainee=registration.name,
                            hours=hours.label(sign * billing.minutes),
                        ),
                        "quantity": float(
                            sign * billing.quantity
                            if self.basis == hours.HOUR
                            else billing.quantity
                        ),
                        "price_unit": float(
                            billing.price_unit
                            if self.basis == hours.HOUR
                            else sign * billing.price_unit
                        ),
                        "tax_ids": [Command.set(taxes.ids)],
                        "training_registration_id": registration.id,
                        "training_minutes": billing.minutes,
                    }
                )
                for registration, billing in lines
            ],
        }
