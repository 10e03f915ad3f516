# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from itertools import islice

from odoo import models

BATCH = 50_000


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _stages(self):
        return [*super()._stages(), (self.env._("visits"), "_load_visits")]

    def _load_visits(self, data, ids):
        visits = data["passes"]["visits"]
        rows, done = iter(enumerate(visits)), 0
        while batch := list(islice(rows, BATCH)):
            self._query_insert_visits([self._visit_row(*row, ids) for row in batch])
            done += len(batch)
            yield done, len(visits)

    def _visit_row(self, rank, row, ids):
        index, venue, check_in, check_out, estimated = row
        pass_id, partner_id = ids["passes"][index]
        begin, end = self._utc(check_in), self._utc(check_out)
        minutes = (end - begin) // timedelta(minutes=1)
        user = self.env.uid
        booking = ids["booked_visits"].get(rank)
        return (
            *(pass_id, partner_id, ids["venues"][venue], begin, end, minutes),
            *(estimated, booking, user, user, user, end, end),
        )

    def _query_insert_visits(self, rows):
        """Visits as they stand once finished: nothing is computed from them."""
        self.env.cr.execute_values(
            """
            INSERT INTO tierslieux_visit
                   (pass_id, partner_id, venue_id, check_in, check_out, minutes,
                    estimated, booking_id, user_id, create_uid, write_uid,
                    create_date, write_date)
            VALUES %s
            """,
            rows,
            page_size=5000,
        )
