# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter
from datetime import date

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.tierslieux_network.tests.at_once import AtOnceCase

#: As often as the server tries: all but the first have seen a state that is over.
CONNECTIONS = 5
# In the order in which they may be removed
TABLES = (
    ("tierslieux_presence", "pass_id"),
    ("tierslieux_visit", "pass_id"),
    ("tierslieux_visit_tap", "pass_id"),
    ("tierslieux_pass_card", "pass_id"),
    ("tierslieux_pass_event", "pass_id"),
    ("tierslieux_pass", "id"),
    ("tierslieux_venue_agreement", "venue_id"),
    ("tierslieux_pass_rate", "plan_id"),
    ("tierslieux_pass_plan", "id"),
)


@tagged("post_install", "-at_install")
class TestTapConcurrency(AtOnceCase):
    """Taps over several connections, on rows that are committed and removed after."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            self.product = env["product.product"].create(
                {"name": "Pass", "type": "service"}
            )
            plan = env["tierslieux.pass.plan"].create(
                {
                    "name": "Nomade",
                    "product_id": self.product.id,
                    "rate_ids": [Command.create({"monthly_fee": 1})],
                }
            )
            self.venue = env["tierslieux.venue"].create(
                {
                    "name": "L'Établi concurrent",
                    "category_id": env.ref(
                        "tierslieux_network.venue_category_coworking"
                    ).id,
                }
            )
            env["tierslieux.venue.agreement"].create(
                {"venue_id": self.venue.id, "date_from": date(2020, 1, 1)}
            )
            self.partner = env["res.partner"].create({"name": "Ada Alpha"})
            holder = env["tierslieux.pass"].create(
                {
                    "partner_id": self.partner.id,
                    "event_ids": [
                        Command.create(
                            {
                                "kind": "subscribed",
                                "date": date(2020, 1, 1),
                                "plan_id": plan.id,
                            }
                        )
                    ],
                }
            )
            self.ids = {
                "pass_id": holder.id,
                "venue_id": self.venue.id,
                "plan_id": plan.id,
            }
        self.addCleanup(self.remove)

    def remove(self):
        with self.registry.cursor() as cr:
            for table, column in TABLES:
                key = column if column != "id" else f"{table.split('_', 2)[1]}_id"
                if table == "tierslieux_pass_plan":
                    key = "plan_id"
                where = SQL("%s = %s", SQL.identifier(column), self.ids[key])
                self.remove_fixed(cr, where, table)
            env = self.environment(cr)
            env["tierslieux.venue"].browse(self.venue.id).unlink()
            env["res.partner"].browse(self.partner.id).unlink()
            env["product.product"].browse(self.product.id).unlink()

    def together(self, keys):
        """What each connection was answered, all tapping at once."""

        def tapping(key):
            def act(env):
                holder = env["tierslieux.pass"].browse(self.ids["pass_id"])
                venue = env["tierslieux.venue"].browse(self.ids["venue_id"])
                return holder._tap(venue, None, "scanner", key)["outcome"]

            return act

        return Counter(self.at_once(*map(tapping, keys)))

    def stored(self, model):
        with self.registry.cursor() as cr:
            records = self.environment(cr)[model]
            return records.search_count([("pass_id", "=", self.ids["pass_id"])])

    def test_taps_at_once_are_one_way_in(self):
        keys = [str(number) for number in range(CONNECTIONS)]
        self.assertEqual(self.together(keys), {"in": 1, "ignored": CONNECTIONS - 1})
        self.assertEqual(self.stored("tierslieux.presence"), 1)
        self.assertEqual(self.stored("tierslieux.visit.tap"), CONNECTIONS)

    def test_the_same_key_at_once_is_one_tap(self):
        self.assertEqual(self.together(["k"] * CONNECTIONS), {"in": CONNECTIONS})
        self.assertEqual(self.stored("tierslieux.visit.tap"), 1)
        self.assertEqual(self.stored("tierslieux.presence"), 1)
