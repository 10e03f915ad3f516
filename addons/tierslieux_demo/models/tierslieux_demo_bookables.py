# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, time, timedelta

from odoo import fields, models
from odoo.fields import Command

from ..domain import bookables, identifiers, passes

BATCH = 500
AHEAD = timedelta(days=120)
SAME = [
    "name",
    "summary",
    "kind",
    "capacity",
    "seats",
    "invoicing",
]


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _stages(self):
        return [
            *super()._stages(),
            (self.env._("closures and VAT statuses"), "_load_closures"),
            (self.env._("spaces, equipment and mentors"), "_load_bookables"),
        ]

    def _load_closures(self, data, ids):
        today = fields.Date.context_today(self)
        first = passes.months_before(today, data["months"])
        rows = bookables.closures(data["venues"], first, today + AHEAD, today)
        data["closed"] = bookables.closed_days(rows)
        venues = self.env["tierslieux.venue"]
        self.env["resource.calendar.leaves"].create(
            [
                {
                    "name": reason,
                    "calendar_id": venues.browse(ids["venues"][key]).calendar_id.id,
                    "date_from": self._utc(datetime.combine(begin, time.min)),
                    "date_to": self._utc(
                        datetime.combine(end + timedelta(days=1), time.min)
                    ),
                }
                for key, begin, end, reason in rows
            ]
        )
        yield 1, 2
        statuses = self.env["tierslieux.venue.vat"].create(
            [
                {"venue_id": ids["venues"][key], **values}
                for key, values in bookables.vat(
                    data["venues"], data["organisations"], data["holders"], today
                )
            ]
        )
        liable = statuses.filtered(lambda status: status.regime == "liable")
        for structure in liable.venue_id.structure_id:
            structure.vat = identifiers.vat(structure.company_registry)
        yield 2, 2

    def _load_bookables(self, data, ids):
        today = fields.Date.context_today(self)
        managed = list(data["roles"]["managers"])
        rows = data["bookables"] = bookables.generate(
            data["venues"], data["people"], managed, today
        )
        skills = self._skills(data["people"])
        found = ids["bookables"] = {}
        # what is in a space after the spaces
        rows = sorted(rows, key=lambda row: row["room"] is not None)
        for batch, done, total in self._batches(rows, BATCH):
            created = self.env["tierslieux.bookable"].create(
                [self._bookable_values(row, ids, skills) for row in batch]
            )
            found.update(zip((row["key"] for row in batch), created.ids, strict=True))
            yield done, total

    def _bookable_values(self, row, ids, skills):
        return {
            **{field: row[field] for field in SAME},
            "venue_id": ids["venues"][row["venue"]],
            "sequence": row["key"],
            "room_id": ids["bookables"].get(row["room"]),
            "profile_id": ids["people"].get(row["mentor"]),
            "skill_ids": [Command.set([skills[name] for name in row["skills"]])],
            "slot_minutes": row["slot"],
            "minimum_minutes": row["slot"],
            "maximum_minutes": row["longest"],
            "buffer_after": row["after"],
            "minimum_notice": row["notice"],
            "cancel_hours": row["cancel"],
            "is_published": True,
            "price_ids": [
                Command.create(self._price_values(price)) for price in row["prices"]
            ],
        }

    def _price_values(self, row):
        """What costs nothing is not sold by that unit; free of charge is by the
        hour."""
        return {
            **row,
            "has_hour": bool(row["hour"] or not (row["half_day"] or row["day"])),
            "has_half_day": bool(row["half_day"]),
            "has_day": bool(row["day"]),
        }
