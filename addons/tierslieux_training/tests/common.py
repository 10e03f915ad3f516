# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from odoo.fields import Command

from odoo.addons.tierslieux_network.tests.common_membership import MembershipCommon

PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAA"
    "AABJRU5ErkJggg=="
)


class TrainingCommon(MembershipCommon):
    """On 20 October 2026: a programme of two modules, a session of two half-days on
    3 November that Theo gives, and Ada who enrols."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # letters leave at once
        cls.env = cls.env(context={**cls.env.context, "queue_job__no_delay": True})
        cls.theo = cls.create_user("facilitator", "theo")
        cls.other_trainer = cls.create_user("facilitator", "tess")
        cls.ada = cls.create_user("member", "ada")
        cls.stranger = cls.create_user("member", "stranger")
        cls.treasurer = cls.create_user("treasurer", "tom")
        for user in (
            cls.theo | cls.other_trainer | cls.ada | cls.stranger | cls.treasurer
        ):
            user.password = user.login
            user.email = f"{user.login}@example.org"
        cls.env.company.training_rules = "Arriver à l’heure."
        cls.programme = cls.create_programme()
        cls.event = cls.create_session()
        cls.morning, cls.afternoon = cls.event.half_day_ids

    @classmethod
    def create_programme(cls, **values):
        return cls.env["tierslieux.programme"].create(
            {
                "name": "Ouvrir un tiers-lieu",
                "summary": "Du projet à l’ouverture.",
                "audience": "Porteurs de projet",
                "prerequisites": "Aucun",
                "objectives": "Monter son projet",
                "means": "Visites",
                "evaluation": "Mise en situation",
                "is_published": True,
                "module_ids": [
                    Command.create(
                        {"name": name, "objective": "Savoir faire", "minutes": 210}
                    )
                    for name in ("Le projet", "L’économie")
                ],
                "price_ids": [
                    Command.create(
                        {
                            "audience": audience,
                            "date_from": date(2026, 1, 1),
                            "basis": "hour",
                            "amount": amount,
                        }
                    )
                    for audience, amount in (("public", 30.0), ("organisation", 45.5))
                ],
                **values,
            }
        )

    @classmethod
    def create_session(cls, day=3, trainer=None, programme=None):
        programme = programme or cls.programme
        event = cls.env["event.event"].create(
            {
                "name": programme.name,
                "programme_id": programme.id,
                "address_id": cls.venue.partner_id.id,
                "date_begin": datetime(2026, 11, day, 8),
                "date_end": datetime(2026, 11, day, 16, 30),
                "date_tz": "Europe/Paris",
                "seats_limited": True,
                "seats_max": 8,
                "is_published": True,
                "event_mail_ids": [],
            }
        )
        cls.env["tierslieux.training.half.day"].create(
            [
                {
                    "event_id": event.id,
                    "venue_id": cls.venue.id,
                    "start": datetime(2026, 11, day, start),
                    "stop": datetime(2026, 11, day, start + 3, 30),
                    "module_id": module.id,
                    "trainer_ids": [
                        Command.create({"user_id": (trainer or cls.theo).id})
                    ],
                }
                for start, module in zip((8, 13), programme.module_ids, strict=True)
            ]
        )
        return event

    @classmethod
    def enrol(cls, user=None, event=None):
        enrolments = cls.env["tierslieux.training.enrolment"]
        return enrolments.with_user(user or cls.ada)._enrol(event or cls.event, [])

    @classmethod
    def enrol_organisation(cls, names=("Béa", "Cyril")):
        enrolments = cls.env["tierslieux.training.enrolment"]
        return enrolments.with_user(cls.stranger)._enrol_for(
            cls.event,
            "Coopérative de la Saône",
            "",
            [(name, f"{name.lower()}@example.org") for name in names],
        )

    @classmethod
    def page(cls, half_day, user):
        """A half-day as the pages of a user have it."""
        return half_day.with_user(user).sudo()

    @classmethod
    def tablet(cls, half_day, registration):
        return cls.page(half_day, cls.theo)._sign_on_tablet(registration, PNG)
