# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from odoo.addons.tierslieux_network.tests.at_once import AtOnceCase

HALF_DAY = timedelta(hours=3, minutes=30)


@tagged("post_install", "-at_install")
class TestConcurrency(AtOnceCase):
    """A session and somebody want one space at once, on rows that are committed and
    removed after."""

    def setUp(self):
        super().setUp()
        self.start = Datetime.now().replace(
            hour=9, minute=0, second=0, microsecond=0
        ) + timedelta(days=3)
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            venue = env["tierslieux.venue"].create(
                {
                    "name": "Lieu disputé",
                    "category_id": env.ref(
                        "tierslieux_network.venue_category_coworking"
                    ).id,
                    "state": "open",
                    "opening_hours": "24/7",
                }
            )
            space = env["tierslieux.bookable"].create(
                {"name": "Salle", "venue_id": venue.id}
            )
            programme = env["tierslieux.programme"].create(
                dict.fromkeys(
                    (
                        "name",
                        "summary",
                        "audience",
                        "prerequisites",
                        "objectives",
                        "means",
                        "evaluation",
                    ),
                    "Programme disputé",
                )
            )
            event = env["event.event"].create(
                {
                    "name": "Session disputée",
                    "programme_id": programme.id,
                    "date_begin": self.start,
                    "date_end": self.start + HALF_DAY,
                    "event_mail_ids": [],
                }
            )
            person = env["res.partner"].create({"name": "Personne"})
            self.made = [venue, space, event, programme, person]
            self.made = [(one._name, one.id) for one in self.made]
            self.venue, self.space, self.event, __, self.person = (
                id_ for _model, id_ in self.made
            )
            self.calendar = venue.calendar_id.id
            self.contact = venue.partner_id.id
        self.addCleanup(self.remove)

    def remove(self):
        with self.registry.cursor() as cr:
            env = self.environment(cr)
            half_days = env["tierslieux.training.half.day"]
            half_days.search([("event_id", "=", self.event)]).unlink()
            bookings = env["tierslieux.booking"]
            bookings.search([("venue_id", "=", self.venue)]).unlink()
            models = dict(self.made)
            for model in (
                "event.event",
                "tierslieux.programme",
                "tierslieux.bookable",
                "tierslieux.venue",
            ):
                env[model].browse(models[model]).unlink()
            env["resource.calendar"].browse(self.calendar).unlink()
            env["res.partner"].browse([self.contact, self.person]).unlink()

    def plan(self, env, start):
        env["tierslieux.training.half.day"].create(
            {
                "event_id": self.event,
                "venue_id": self.venue,
                "space_id": self.space,
                "start": start,
                "stop": start + HALF_DAY,
            }
        )

    def book(self, env, start):
        space = env["tierslieux.bookable"].browse(self.space)
        space._book(env["res.partner"].browse(self.person), start, start + HALF_DAY)

    def test_one_of_them_has_it(self):
        for day in range(2):
            start = self.start + timedelta(days=day)
            answers = self.at_once(
                lambda env, start=start: self.plan(env, start),
                lambda env, start=start: self.book(env, start),
            )
            (refused,) = filter(None, answers)
            self.assertIn("Salle is taken at that time", refused)
            with self.registry.cursor() as cr:
                env = self.environment(cr)
                held = env["tierslieux.booking"].search(
                    [("venue_id", "=", self.venue), ("start", "=", start)]
                )
                self.assertEqual((len(held), held.state), (1, "confirmed"))
                half_days = env["tierslieux.training.half.day"].search(
                    [("event_id", "=", self.event), ("start", "=", start)]
                )
                self.assertEqual(
                    half_days.booking_id,
                    held.filtered(lambda b: b.purpose != "booking"),
                )
