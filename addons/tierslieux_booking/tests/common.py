# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo.fields import Command
from odoo.tests import freeze_time

from odoo.addons.tierslieux_network.tests.common import NetworkCommon

# A Monday, 8 in the morning in Lyon; a week on the summer time begins in March.
NOW = "2026-03-02 07:00:00"


def utc(text):
    """``utc("03-02 09:00")`` of the year of the tests."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M")


@freeze_time(NOW)
class BookingCommon(NetworkCommon):
    """A venue open from 9 to 18 in the week, with a meeting room, an open space of
    four seats, and a workshop that holds two machines."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        euro = cls.env.ref("base.EUR")
        if cls.env.company.currency_id != euro:
            euro.active = True
            cls.env.company.currency_id = euro
        cls.venue.opening_hours = "Mo-Fr 09:00-18:00"
        cls.room = cls.create_bookable("Salle Ampère", prices=[("public", 10, 30, 50)])
        cls.desks = cls.create_bookable(
            "Coworking",
            seats=4,
            prices=[("public", 3, None, 12), ("member", 2, None, 8)],
        )
        cls.workshop = cls.create_bookable("Atelier")
        cls.laser, cls.printer = (
            cls.create_bookable(name, kind="equipment", room_id=cls.workshop.id)
            for name in ("Découpeuse laser", "Imprimante 3D")
        )
        cls.ada, cls.lea = cls.env["res.partner"].create(
            [
                {"name": "Ada Martin", "email": "ada@example.org"},
                {"name": "Léa Blanc", "email": "lea@example.org"},
            ]
        )

    @classmethod
    def create_bookable(cls, name, prices=(), **values):
        return cls.env["tierslieux.bookable"].create(
            {
                "name": name,
                "venue_id": cls.venue.id,
                "is_published": True,
                "cancel_hours": 24,
                "price_ids": [
                    Command.create(
                        {
                            "audience": audience,
                            "date_from": "2026-01-01",
                            "has_hour": hour is not None,
                            "hour": hour or 0,
                            "has_half_day": half is not None,
                            "half_day": half or 0,
                            "has_day": day is not None,
                            "day": day or 0,
                        }
                    )
                    for audience, hour, half, day in prices
                ],
                **values,
            }
        )

    def sound(self):
        """What the database checks at the end of a transaction, now."""
        self.env.flush_all()
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.env.cr.execute("SET CONSTRAINTS ALL DEFERRED")
