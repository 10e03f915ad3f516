# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.tierslieux_network.tests.at_once import AtOnceCase

# In the order in which their rows may be removed
FROZEN = (
    "tierslieux_brand_licence_event",
    "tierslieux_brand_opinion",
    "tierslieux_brand_application",
    "tierslieux_brand_licence",
    "tierslieux_brand_rules",
)


@tagged("post_install", "-at_install")
class TestConcurrency(AtOnceCase):
    """Two deciders at once, each on a connection of their own; the rows are committed,
    and removed after."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            users = env["res.users"].create(
                [
                    {"name": name, "login": f"concurrent {name}", "lang": "en_US"}
                    for name in ("Carl", "Dora", "Emma")
                ]
            )
            category = env["tierslieux.venue.category"].search([], limit=1)
            venue = env["tierslieux.venue"].create(
                {"name": "Lieu concurrent", "category_id": category.id}
            )
            brand = env["tierslieux.brand"].create(
                {"name": "Marque concurrente", "code": "CNC", "committee_ids": users}
            )
            grid = env.ref("tierslieux_brand.grid_first")
            today = env["tierslieux.brand.licence"]._today()
            rules = env["tierslieux.brand.rules"].create(
                {
                    "brand_id": brand.id,
                    "grid_id": grid.id,
                    "date_from": today - timedelta(days=9),
                    "adopted_on": today - timedelta(days=9),
                    "quorum": 2,
                    "notice_days": 0,
                }
            )
            application = env["tierslieux.brand.application"].create(
                {
                    "brand_id": brand.id,
                    "venue_id": venue.id,
                    "user_id": users[0].id,
                    "grid_id": grid.id,
                    "rules_id": rules.id,
                    "accepted_by_id": users[0].id,
                    "accepted_at": today,
                    "state": "committee",
                    "opinion_ids": [
                        Command.create(
                            {"user_id": user.id, "choice": "for", "motive": "Oui."}
                        )
                        for user in users[:2]
                    ],
                    "assessment_ids": [
                        Command.create(
                            {
                                "kind": "peer",
                                "user_id": env.uid,
                                "line_ids": [
                                    Command.create({"criterion_id": one.id, "rank": 2})
                                    for one in grid.criterion_ids
                                ],
                            }
                        )
                    ],
                }
            )
            self.user_ids = users.ids
            self.application_id, self.brand_id = application.id, brand.id
            self.removed = (venue, brand, users)
        self.addCleanup(self.remove)

    def remove(self):
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            env["tierslieux.brand.assessment"].search(
                [("application_id", "=", self.application_id)]
            ).unlink()
            mine = SQL(
                "SELECT id FROM tierslieux_brand_licence WHERE brand_id = %s",
                self.brand_id,
            )
            for table in FROZEN:
                where = SQL("brand_id = %s", self.brand_id)
                if table == "tierslieux_brand_licence_event":
                    where = SQL("licence_id IN (%s)", mine)
                elif table == "tierslieux_brand_opinion":
                    where = SQL("application_id = %s", self.application_id)
                self.remove_fixed(cr, where, table)
            for records in self.removed:
                records.with_env(env).unlink()

    def decide(self, rank):
        def act(env):
            user = env["res.users"].browse(self.user_ids[rank])
            application = env["tierslieux.brand.application"].browse(
                self.application_id
            )
            application.with_user(user).sudo()._decide(f"Motif de {user.name}.")
            return True

        return act

    def grant(self):
        """A licence in force, committed."""
        with self.registry.cursor() as cr:
            self.decide(0)(self.environment(cr))

    def record(self, kind):
        def act(env):
            licence = env["tierslieux.brand.licence"].search(
                [("brand_id", "=", self.brand_id)]
            )
            licence._record(kind, motive=f"Motif : {kind}.")
            return True

        return act

    def history(self):
        with self.registry.cursor() as cr:
            licences = self.environment(cr)["tierslieux.brand.licence"].search(
                [("brand_id", "=", self.brand_id)]
            )
            return [
                (licence.state, licence.event_ids.sorted("id").mapped("kind"))
                for licence in licences
            ]

    def told(self, results):
        return [one for one in results if isinstance(one, str)]

    def test_a_licence_is_granted_once(self):
        results = self.at_once(self.decide(0), self.decide(1))
        [sentence] = self.told(results)
        self.assertRegex(sentence, r"(Carl|Dora) recorded the decision on .*: Motif de")
        self.assertEqual(self.history(), [("valid", ["grant"])])

    def test_one_gives_an_opinion_while_another_decides(self):
        def opine(env):
            user = env["res.users"].browse(self.user_ids[2])
            application = env["tierslieux.brand.application"].browse(
                self.application_id
            )
            application.with_user(user).sudo()._give_opinion("against", "Non.")
            return True

        told = self.told(self.at_once(self.decide(0), opine))
        self.assertEqual(self.history(), [("valid", ["grant"])])
        with self.registry.cursor() as cr:
            application = self.environment(cr)["tierslieux.brand.application"].browse(
                self.application_id
            )
            # the decision counted the opinion, or its author was told it came late
            counted = 2 if told else 3
            self.assertEqual(application.verdict["present"], counted)
            self.assertEqual(len(application.opinion_ids), counted)

    def test_two_suspend(self):
        self.grant()
        suspend = self.record("suspension")
        [sentence] = self.told(self.at_once(suspend, suspend))
        self.assertIn("it is now “Suspended”", sentence)
        self.assertEqual(self.history(), [("suspended", ["grant", "suspension"])])

    def test_one_suspends_while_another_withdraws(self):
        self.grant()
        results = self.at_once(self.record("suspension"), self.record("withdrawal"))
        told = self.told(results)
        if told:
            # the withdrawal came first: nothing is left to suspend, and it is said
            self.assertEqual(len(told), 1)
            self.assertIn("it is now “Withdrawn”", told[0])
        kinds = ["grant", *([] if told else ["suspension"]), "withdrawal"]
        self.assertEqual(self.history(), [("withdrawn", kinds)])
