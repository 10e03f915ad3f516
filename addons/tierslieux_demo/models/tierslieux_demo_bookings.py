# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models

from odoo.addons.tierslieux_booking.models.tierslieux_bookable_book import Wish

from ..domain import bookings

BATCH = 1000


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _stages(self):
        return [*super()._stages(), (self.env._("bookings"), "_load_bookings")]

    def _load_bookings(self, data, ids):
        now = fields.Datetime.now()
        local = fields.Datetime.context_timestamp(self, now).replace(tzinfo=None)
        rows = bookings.generate(data, data["bookables"], data["closed"], local)
        booked = ids["booked_visits"] = {}
        # read together, not one by one
        bookables = self.env["tierslieux.bookable"].browse(ids["bookables"].values())
        people = self.env["res.partner"].browse(
            {ids["contacts"][row.person] for row in rows if row.person is not None}
        )
        bookables = {one.id: one for one in bookables}
        people = {one.id: one for one in people}
        people[None] = self.env["res.partner"]
        for batch, done, total in self._batches(rows, BATCH):
            created = self.env["tierslieux.bookable"]._record(
                [
                    Wish(
                        bookables[ids["bookables"][row.bookable]],
                        people[ids["contacts"].get(row.person)],
                        self._utc(row.start),
                        self._utc(row.stop),
                        purpose=row.purpose,
                        note=row.note,
                    )
                    for row in batch
                ]
            )
            for row, booking in zip(batch, created, strict=True):
                if row.visit is not None:
                    booked[row.visit] = booking.id
            self._close_bookings(batch, created)
            self._remind(created, now)
            yield done, total

    def _close_bookings(self, rows, created):
        """What became of bookings: what is cancelled holds nothing any more."""
        by_state = {}
        for row, booking in zip(rows, created, strict=True):
            by_state.setdefault(row.state, self.env["tierslieux.booking"])
            by_state[row.state] |= booking
            if row.state == "cancelled":
                booking.write(
                    {
                        "state": "cancelled",
                        "cancelled_on": self._utc(row.cancelled_on),
                        "cancel_reason": row.reason,
                        "sequence": 1,
                    }
                )
        for state in ("done", "no_show"):
            by_state.get(state, created.browse()).write({"state": state})
        by_state.get("cancelled", created.browse()).hold_ids.unlink()

    def _remind(self, created, now):
        """Who comes within a day was reminded before."""
        created.filtered(
            lambda one: now < one.start <= now + timedelta(days=1)
        ).reminded_on = now
