# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields, models

#: One invoice in so many is paid at the desk of the venue.
AT_THE_DESK = 20


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _load_booking_invoices(self, data, ids):
        """Bookings that are over are invoiced month by month, as they would have been,
        and nothing is left for the first night. Past months are paid: by transfer, or
        at the desk of the venue."""
        today = fields.Date.context_today(self)
        bookings = self.env["tierslieux.booking"]._billable(fields.Datetime.now())
        months = bookings.grouped(lambda one: one._local_day().replace(day=1))
        for number, month in enumerate(sorted(months), start=1):
            last = month + relativedelta(months=1, days=-1)
            invoices = (
                months[month]
                .with_context(tierslieux_demo_date=min(last, today))
                ._invoice()
            )
            if last < today:
                at_desk = self._collect(invoices[::AT_THE_DESK], last)
                received = min(last + timedelta(days=10), today)
                self._pay(
                    invoices - at_desk,
                    received,
                    self.env._("Bookings received by transfer"),
                )
            yield number, len(months)

    def _collect(self, invoices, day):
        """Paid at the venue, where it has an agreement with the network."""
        venues = {
            invoice: invoice.line_ids.billed_booking_id.venue_id for invoice in invoices
        }
        agreements = self.env["tierslieux.venue.agreement"]._of_venues(
            invoices.line_ids.billed_booking_id.venue_id, day
        )
        paid = invoices.filtered(lambda invoice: venues[invoice] in agreements)
        wizards = self.env["tierslieux.venue.collect"].create(
            [
                {"move_id": invoice.id, "venue_id": venues[invoice].id, "date": day}
                for invoice in paid
            ]
        )
        for wizard in wizards:
            wizard.action_record()
        return paid
