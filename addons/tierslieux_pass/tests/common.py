# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from freezegun import freeze_time

from odoo.fields import Command

from odoo.addons.tierslieux_network.tests.common import NetworkCommon

# A Wednesday, 12:00 in Lyon
NOW = datetime(2026, 10, 21, 10, 0)


class PassCommon(NetworkCommon):
    """Two venues that take the pass, a plan, and holders, on 21 October 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        freezer = freeze_time(NOW)
        cls.clock = freezer.start()
        cls.addClassCleanup(freezer.stop)
        cls.env = cls.env(context=dict(cls.env.context, tz="Europe/Paris"))
        cls.env.company.sepa_creditor_identifier = "FR78ZZZ424242"
        cls.far_venue = cls.create_venue("La Rotonde", state="open")
        cls.agreements = cls.env["tierslieux.venue.agreement"].create(
            [
                {"venue_id": venue.id, "date_from": date(2025, 1, 1)}
                for venue in cls.venue | cls.far_venue
            ]
        )
        (cls.venue | cls.far_venue).opening_hours = "Mo-Sa 08:00-20:00"
        cls.plan = cls.create_plan("Nomade", monthly_fee=90, included_minutes=1200)
        cls.unlimited = cls.create_plan("Illimité", monthly_fee=180, unlimited=True)
        cls.manager = cls.create_user("venue_manager", "desk")
        cls.venue.manager_ids = cls.manager
        cls.ada = cls.create_holder("Ada Alpha")

    @classmethod
    def create_plan(cls, name, date_from=date(2025, 1, 1), **rate):
        product = cls.env["product.product"].create(
            {"name": name, "type": "service", "list_price": 0}
        )
        return cls.env["tierslieux.pass.plan"].create(
            {
                "name": name,
                "is_published": True,
                "product_id": product.id,
                "rate_ids": [
                    Command.create(
                        {
                            "date_from": date_from,
                            "adopted_on": date_from,
                            "hourly_rate": 4,
                            **rate,
                        }
                    )
                ],
            }
        )

    @classmethod
    def create_holder(cls, name, plan=None, since=date(2026, 1, 1), partner=None):
        """A pass since a day."""
        partner = partner or cls.env["res.partner"].create(
            {"name": name, "email": f"{name[:3].lower()}@example.org"}
        )
        return cls.env["tierslieux.pass"].create(
            {
                "partner_id": partner.id,
                "event_ids": [
                    Command.create(
                        {
                            "kind": "subscribed",
                            "date": since,
                            "plan_id": (plan or cls.plan).id,
                        }
                    )
                ],
                "card_ids": [Command.create({})],
            }
        )
