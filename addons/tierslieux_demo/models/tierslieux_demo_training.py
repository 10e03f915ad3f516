# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
import io
import random
from datetime import datetime, time, timedelta

from freezegun import freeze_time
from PIL import Image, ImageDraw

from odoo import fields, models
from odoo.fields import Command

from ..domain import training

#: Time that a room may be kept for, around a booking.
AROUND = timedelta(minutes=30)


class Demo(models.AbstractModel):
    _inherit = "tierslieux.demo"

    def _stages(self):
        return [
            *super()._stages(),
            (self.env._("training"), "_load_training"),
        ]

    def _load_training(self, data, ids):
        """A programme; a session held, signed, certified and invoiced; one to come."""
        today = fields.Date.context_today(self)
        users = self.env["res.users"]
        trainer = users.search([("login", "=", "facilitation")])
        # who teaches, and who only reads reports, are not taught
        others = trainer | users.search([("login", "=", "financeur")])
        people = users.search(
            [
                ("share", "=", True),
                ("id", "not in", others.ids),
                ("email", "!=", False),
            ],
            order="id",
            limit=12,
        )
        member = users.search([("login", "=", "membre")])
        people = member | people
        self.env.company.write(
            {
                "training_number": "84 69 00000 69",
                "training_vat_exempt": True,
                "training_rules": training.RULES,
            }
        )
        venues = self.env["tierslieux.venue"].browse(ids["venues"].values())
        venues = venues.filtered(lambda one: one.is_published and one.state == "open")
        programme = self._create_programme(
            venues[:1].structure_id,
            users.search([("login", "=", "gestion")]).partner_id,
            today,
        )
        past = training.workday(today - timedelta(days=training.PAST))
        event = self._create_session(programme, past, venues[:2], trainer)
        with freeze_time(datetime.combine(past - timedelta(days=30), time(10))):
            sent = people[:5][-1:]
            enrolments = self._enrol_people(event, people[:5] - sent)
            enrolments |= self._enrol_organisation(event, sent, venues[:1])
        yield 1, 3
        self._attend(event, trainer)
        last = max(event.half_day_ids.mapped("stop"))
        with freeze_time(last + timedelta(days=1)):
            event.registration_ids.action_certify()
            enrolments._invoice()
        yield 2, 3
        coming = training.workday(today + timedelta(days=training.COMING))
        event = self._create_session(programme, coming, venues[1:3], trainer)
        self._enrol_people(event, people[5:8] or people[:3])
        event.registration_ids.action_convoke()
        if programme.partner_ids:
            event.action_training_contracts()
        yield 3, 3

    def _create_programme(self, partner, signer, today):
        day = today.replace(month=1, day=1) - timedelta(days=365)
        return self.env["tierslieux.programme"].create(
            {
                **training.PROGRAMME,
                "is_published": True,
                "module_ids": [
                    Command.create(
                        {"name": name, "objective": what, "minutes": minutes}
                    )
                    for name, what, minutes in training.MODULES
                ],
                "partner_ids": partner
                and [
                    Command.create(
                        {
                            "partner_id": partner.id,
                            "contact_id": signer.id,
                            "minutes": 210,
                            "price": training.PARTNER_RATE,
                        }
                    )
                ],
                "price_ids": [
                    Command.create(
                        {
                            "audience": audience,
                            "basis": basis,
                            "amount": amount,
                            "date_from": day,
                        }
                    )
                    for audience, basis, amount in (
                        *training.PRICES,
                        training.ORGANISATION_PRICE,
                    )
                ],
            }
        )

    def _create_session(self, programme, first, venues, trainer):
        starts = [self._utc(start) for start in training.half_days(first)]
        event = self.env["event.event"].create(
            {
                "name": programme.name,
                "programme_id": programme.id,
                "subtitle": programme.summary,
                "date_begin": starts[0],
                "date_end": starts[-1] + timedelta(minutes=210),
                "date_tz": "Europe/Paris",
                "address_id": venues[:1].partner_id.id,
                "organizer_id": self.env.company.partner_id.id,
                "seats_limited": True,
                "seats_max": training.SEATS,
                "is_published": True,
                "event_mail_ids": [],
            }
        )
        half_days = self.env["tierslieux.training.half.day"].create(
            [
                {
                    "event_id": event.id,
                    "venue_id": venues[rank // 2 : rank // 2 + 1].id or venues[:1].id,
                    "start": start,
                    "stop": start + timedelta(minutes=module.minutes),
                    "module_id": module.id,
                    "trainer_ids": [Command.create({"user_id": trainer.id})],
                }
                for rank, (start, module) in enumerate(
                    zip(starts, programme.module_ids, strict=True)
                )
            ]
        )
        for half_day in half_days:
            half_day.space_id = self._free_space(half_day)
        return event

    def _free_space(self, half_day):
        """A room of the venue that nobody booked around that time."""
        rooms = self.env["tierslieux.bookable"].search(
            [
                ("venue_id", "=", half_day.venue_id.id),
                ("kind", "=", "space"),
                ("seats", "=", 1),
                ("part_ids", "=", False),
            ]
        )
        busy = self.env["tierslieux.booking"].search(
            [
                ("bookable_id", "in", rooms.ids),
                ("state", "!=", "cancelled"),
                ("start", "<", half_day.stop + AROUND),
                ("stop", ">", half_day.start - AROUND),
            ]
        )
        return (rooms - busy.bookable_id)[:1]

    def _enrol_people(self, event, people):
        enrolments = self.env["tierslieux.training.enrolment"]
        for user in people:
            one = enrolments.with_user(user)._enrol(event, [])
            # sudo: as the page does, once it has found what is theirs
            one.with_user(user).sudo()._sign(self._signature(user.name))
            enrolments |= one.with_env(self.env)
        return enrolments

    def _enrol_organisation(self, event, user, venue):
        """A venue enrols two of its people."""
        # sudo: as the pages do, for the structure one is of and what is theirs
        enrolments = self.env["tierslieux.training.enrolment"].with_user(user)
        one = enrolments._enrol(
            event,
            [
                ("Camille Berthet", "camille.berthet@example.org"),
                ("Sacha Moulin", "sacha.moulin@example.org"),
            ],
            (venue.structure_id or venue.partner_id).with_user(user).sudo(),
        )
        one.with_user(user).sudo()._sign(self._signature(user.name))
        return one.with_env(self.env)

    def _attend(self, event, trainer):
        """Everybody signs on the tablet; one leaves early, one is away an afternoon."""
        for rank, half_day in enumerate(event.half_day_ids):
            with freeze_time(half_day.start + timedelta(minutes=20)):
                # sudo: as the page of the trainer does
                sheet = half_day.with_user(trainer).sudo()
                for place, trainee in enumerate(half_day._trainees()):
                    if (rank, place) == (3, 1):
                        continue
                    if (rank, place) == (1, 2):
                        sheet._type_in([(trainee, 150, "Départ anticipé")])
                    else:
                        sheet._sign_on_tablet(trainee, self._signature(trainee.name))
                sheet._sign_trainer(self._signature(trainer.name))

    def _signature(self, name):
        """A scribble, the same for a same name."""
        hand = random.Random(name)
        picture = Image.new("RGBA", (240, 80), (255, 255, 255, 0))
        points = [
            (12 + step * 216 / 9, 40 + hand.uniform(-28, 28)) for step in range(10)
        ]
        ImageDraw.Draw(picture).line(points, fill=(20, 40, 90, 255), width=3)
        content = io.BytesIO()
        picture.save(content, "PNG")
        return base64.b64encode(content.getvalue())
