# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import split_every

from ..domain.subscription import next_month

BATCH = 200
# Documents made in one job, which is one transaction.
DOCUMENTS = 20
DUE_DAYS = 10


class PassCloseInvoice(models.Model):
    """Second stage: one posted invoice a person, or a credit note."""

    _inherit = "tierslieux.pass.close"

    def _invoice(self):
        billed = {
            partner: lines
            for partner, lines in self.rated_line_ids.filtered("amount_cents")
            .grouped("partner_id")
            .items()
        }
        failed = []
        self._note_missing_identity()
        self._advance(0, len(billed))
        for number, part in enumerate(split_every(BATCH, sorted(billed, key=int_id))):
            vals_list = [self._invoice_vals(one, billed[one]) for one in part]
            moves = self._post(vals_list, failed)
            self._queue_documents(moves)
            self._advance(min((number + 1) * BATCH, len(billed)))
        if failed:
            raise UserError(
                self.env._("These could not be invoiced:") + "\n" + "\n".join(failed)
            )

    def _post(self, vals_list, failed):
        """When one cannot be invoiced, the others are, and it says why."""
        batch = self.env["tierslieux.invoice.batch"]
        try:
            with self.env.cr.savepoint():
                return batch._post_invoices(vals_list)
        except (UserError, ValidationError):
            moves = self.env["account.move"]
            for vals in vals_list:
                try:
                    with self.env.cr.savepoint():
                        moves |= batch._post_invoices([vals])
                except (UserError, ValidationError) as error:
                    name = self.env["res.partner"].browse(vals["partner_id"])
                    failed.append(f"{name.display_name}: {error}")
            return moves

    def _invoice_date(self):
        """The last day of the month: the service is rendered."""
        return next_month(self.month) - timedelta(days=1)

    def _invoice_vals(self, partner, lines):
        credit = sum(lines.mapped("amount_cents")) < 0
        sign = -1 if credit else 1
        day = self._invoice_date()
        return {
            "move_type": "out_refund" if credit else "out_invoice",
            "source_key": f"pass-{self.id}-partner-{partner.id}",
            "pass_close_id": self.id,
            "company_id": self.company_id.id,
            "journal_id": self.company_id.pass_sale_journal_id.id,
            "partner_id": partner.id,
            "invoice_date": day,
            "invoice_date_due": day + timedelta(days=DUE_DAYS),
            "invoice_line_ids": [
                Command.create(
                    {
                        "product_id": line.product_id.id,
                        "name": line.name,
                        "quantity": 1,
                        "price_unit": sign * line.amount_cents / 100,
                        "tax_ids": [Command.set(line.tax_id.ids)],
                        "rated_line_id": line.id,
                    }
                )
                for line in lines
            ],
        }

    def _note_missing_identity(self):
        """Electronic invoices say who bills: without it their documents wait."""
        company = self.company_id
        taxed = any(self.rated_line_ids.tax_id.mapped("amount"))
        number = "vat" if taxed or not company.company_registry else "company_registry"
        missing = [
            company._fields[name]._description_string(self.env)
            for name in ("email", "phone", number)
            if not company[name]
        ]
        if missing:
            self._note(
                self.env._(
                    "Electronic invoices need this of the network, and wait for it: "
                    "%s.",
                    ", ".join(missing),
                )
            )

    def _queue_documents(self, moves):
        for ids in split_every(DOCUMENTS, moves.ids):
            self.with_delay(
                description=self.env._("Invoices of %s: PDF", self.display_name),
                identity_key=f"pass-documents-{ids[0]}-{ids[-1]}",
            )._make_documents(list(ids))

    def _make_documents(self, move_ids):
        """PDF and Factur-X of posted invoices; those made already are left alone."""
        moves = self.env["account.move"].browse(move_ids)
        missing = moves.filtered(lambda move: not move.invoice_pdf_report_id)
        for move in missing:
            # One at a time: wkhtmltopdf as Debian ships it cannot make several at once
            if move._is_self_bill():
                move._make_self_bill()
                continue
            self.env["account.move.send"]._generate_and_send_invoices(
                move,
                sending_methods=["manual"],
                invoice_edi_format="facturx",
            )


def int_id(record):
    return record.id
