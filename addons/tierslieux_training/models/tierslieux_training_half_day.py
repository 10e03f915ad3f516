# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from odoo.addons.tierslieux_network.domain.opening_status import clock

from ..domain import hours

EARLY = timedelta(minutes=30)
LATE = timedelta(hours=3)


class HalfDay(models.Model):
    """A half-day of a session: what one signs for."""

    _name = "tierslieux.training.half.day"
    _description = "Half-day of training"
    _order = "start, id"

    event_id = fields.Many2one(
        "event.event",
        string="Session",
        required=True,
        ondelete="restrict",
        index=True,
        domain=[("programme_id", "!=", False)],
    )
    programme_id = fields.Many2one(related="event_id.programme_id")
    venue_id = fields.Many2one("tierslieux.venue", required=True, ondelete="restrict")
    start = fields.Datetime(required=True)
    stop = fields.Datetime(required=True)
    module_id = fields.Many2one(
        "tierslieux.programme.module",
        ondelete="restrict",
        domain="[('programme_id', '=', programme_id)]",
    )
    trainer_ids = fields.One2many(
        "tierslieux.training.trainer", "half_day_id", string="Trainers"
    )
    attendance_ids = fields.One2many("tierslieux.training.attendance", "half_day_id")
    code = fields.Char(
        required=True,
        copy=False,
        default=lambda self: self.env["event.event"]._draw_code(),
        groups="tierslieux_network.group_administrator",
        help="Shown by the trainer; a trainee types it to sign on their phone.",
    )
    cancelled_at = fields.Datetime(readonly=True, copy=False)
    cancel_reason = fields.Char(
        string="Why it is cancelled", copy=False, help="Trainees read it."
    )
    minutes = fields.Integer(compute="_compute_minutes", store=True)
    duration = fields.Char(compute="_compute_minutes", store=True)

    _in_order = models.Constraint(
        "CHECK (start < stop AND stop - start <= interval '12 hours')",
        "A half-day ends after it starts.",
    )
    _quarters = models.Constraint(
        "CHECK (extract(epoch from stop - start)::integer % 900 = 0)",
        "A half-day lasts whole quarters of an hour.",
    )
    _cancelled_why = models.Constraint(
        "CHECK (cancelled_at IS NULL OR cancel_reason IS NOT NULL)",
        "Say why the half-day is cancelled.",
    )

    @api.depends("start", "stop")
    def _compute_minutes(self):
        for half_day in self:
            length = (half_day.stop or half_day.start or fields.Datetime.now()) - (
                half_day.start or half_day.stop or fields.Datetime.now()
            )
            half_day.minutes = int(length.total_seconds() // 60)
            half_day.duration = hours.label(half_day.minutes)

    @api.depends("start", "stop", "venue_id")
    def _compute_display_name(self):
        for half_day in self:
            half_day.display_name = half_day._when() if half_day.start else ""

    @api.model_create_multi
    def create(self, vals_list):
        half_days = super().create(vals_list)
        half_days._update_session()
        return half_days

    def write(self, vals):
        result = super().write(vals)
        if {"start", "stop", "event_id"} & set(vals):
            # sudo: that it was signed, not by whom
            if self.sudo().attendance_ids:
                raise UserError(self.env._("A half-day that was signed is not moved."))
            self._update_session()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        # sudo: that somebody is enrolled, not who
        if self.sudo().event_id.enrolment_ids:
            raise UserError(
                self.env._("People are enrolled: the half-day is cancelled, and stays.")
            )

    def unlink(self):
        events = self.event_id
        result = super().unlink()
        events.half_day_ids._update_session()
        return result

    def _update_session(self):
        """A session lasts from its first half-day to its last, and is where it begins
        unless somebody said where."""
        for event in self.event_id:
            held = event._held_half_days() or event.half_day_ids
            values = {
                "date_begin": min(held.mapped("start")),
                "date_end": max(held.mapped("stop")),
            }
            # the address that the core proposes says nothing
            if event.address_id <= event.company_id.partner_id:
                values["address_id"] = held.sorted()[:1].venue_id.partner_id.id
            event.write(values)

    def action_cancel(self):
        """It is not given: nobody signs it, trainer and space are free, and trainees
        are told why."""
        self.check_access("write")
        for half_day in self.filtered(lambda one: not one.cancelled_at):
            half_day.event_id._query_bump_training()
            if not half_day.cancel_reason:
                raise UserError(self.env._("Say why the half-day is cancelled."))
            # sudo: that it was attended, not by whom
            if any(half_day.sudo().attendance_ids._that_count().mapped("minutes")):
                raise UserError(self.env._("This half-day was attended."))
            half_day.cancelled_at = fields.Datetime.now()
            half_day._update_session()
            half_day._queue_cancellation()

    def _queue_cancellation(self):
        self.ensure_one()
        # sudo: trainees are written to, whoever cancels
        self.sudo().with_delay(
            description=self.env._("Half-day cancelled: %s", self.display_name)
        )._tell_cancellation()

    def _tell_cancellation(self):
        """One job: tell the trainees."""
        self.ensure_one()
        half_day = self.with_context(lang="fr_FR")
        half_day.event_id.message_notify(
            partner_ids=self._trainees().trainee_id.filtered("email").ids,
            subject=half_day.env._("Half-day cancelled: %s", half_day.event_id.name),
            body=Markup("<p>%s</p><p>%s</p><p><a href='%s'>%s</a></p>")
            % (
                half_day.env._("%s is not held.", half_day._when()),
                half_day.cancel_reason,
                address := f"{half_day.get_base_url()}/my/training",
                address,
            ),
        )

    def _zone(self):
        return ZoneInfo(self.event_id.date_tz or "Europe/Paris")

    def _when(self):
        """``mardi 24 novembre 2026, de 9 h à 12 h 30``, by the clock of the venue."""
        self.ensure_one()
        zone, lang = self._zone(), self.env.lang or "fr_FR"
        start, stop = (
            moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone)
            for moment in (self.start, self.stop)
        )
        return self.env._(
            "%(day)s, %(start)s–%(stop)s",
            day=format_date(self.env, start.date(), date_format="EEEE d MMMM y"),
            start=clock(start.hour * 60 + start.minute, lang),
            stop=clock(stop.hour * 60 + stop.minute, lang),
        )

    # -- signing ----------------------------------------------------------------------

    @api.model
    def _of_trainer(self, user):
        """The half-days that somebody gives, for their own pages."""
        # sudo: the page shows a trainer the half-days they give, and nothing else
        return self.sudo().search([("trainer_ids.user_id", "=", user.id)])

    def _check_trainer(self):
        self.ensure_one()
        if self.env.user not in self.trainer_ids.user_id:
            raise AccessError(self.env._("You do not give this half-day."))

    def _trainees(self):
        """Who is enrolled, by name."""
        self.ensure_one()
        return self.event_id.registration_ids.filtered(
            lambda one: one.state in ("open", "done")
        ).sorted(lambda one: (one.name or "").lower())

    def _sheet(self):
        """``[(registration or trainer, line that counts or empty), …]``."""
        self.ensure_one()
        lines = self.attendance_ids._that_count()
        by_trainee = {line.registration_id: line for line in lines}
        by_trainer = {line.trainer_id: line for line in lines if line.trainer_id}
        none = lines.browse()
        return (
            [(one, by_trainee.get(one, none)) for one in self._trainees()],
            [(one, by_trainer.get(one, none)) for one in self.trainer_ids.user_id],
        )

    def _is_over(self):
        """Whether nobody signs it any more: it is long over, or cancelled."""
        self.ensure_one()
        return bool(self.cancelled_at) or self.stop + LATE < fields.Datetime.now()

    def _open_to_sign(self, now=None):
        self.ensure_one()
        now = now or fields.Datetime.now()
        return not self.cancelled_at and self.start - EARLY <= now <= self.stop + LATE

    def _check_open(self):
        self._check_held()
        if not self._open_to_sign():
            raise UserError(
                self.env._(
                    "One signs from half an hour before the half-day to three hours "
                    "after it; later, the trainer types in the printed sheet."
                )
            )

    def _check_held(self):
        if self.cancelled_at:
            raise UserError(
                self.env._("This half-day is cancelled: %s", self.cancel_reason)
            )

    def _sign_by_code(self, registration, code, signature):
        """A trainee signs on their phone, with the code the trainer shows."""
        self.ensure_one()
        if registration.trainee_id != self.env.user.partner_id:
            raise AccessError(self.env._("You sign for yourself alone."))
        self._check_open()
        # sudo: the code is compared, never shown
        if (code or "").strip().upper() != self.sudo().code:
            raise UserError(self.env._("This is not the code of this half-day."))
        return self._record_one(registration, "code", self.minutes, signature)

    def _sign_on_tablet(self, registration, signature):
        """A trainee signs on the trainer's tablet."""
        self._check_trainer()
        self._check_open()
        return self._record_one(registration, "tablet", self.minutes, signature)

    def _sign_trainer(self, signature):
        self._check_trainer()
        if not signature:
            raise UserError(self.env._("Sign in the frame."))
        return self._record(
            [
                {
                    "trainer_id": self.env.uid,
                    "minutes": self.minutes,
                    "way": "tablet",
                    "signature": signature,
                }
            ]
        )

    def _type_in(self, presences):
        """What the printed sheet says.

        :param presences: ``[(registration, minutes, reason), …]``, not empty
        """
        self._check_trainer()
        if self.start > fields.Datetime.now():
            raise UserError(self.env._("This half-day has not begun."))
        if not presences:
            raise UserError(
                self.env._("Nothing to record: whoever is absent has no line.")
            )
        return self._record(
            [
                {
                    "registration_id": registration.id,
                    "minutes": minutes,
                    "reason": reason,
                    "way": "sheet",
                }
                for registration, minutes, reason in presences
            ]
        )

    def _record_one(self, registration, way, minutes, signature):
        if not signature:
            raise UserError(self.env._("Sign in the frame."))
        return self._record(
            [
                {
                    "registration_id": registration.id,
                    "minutes": minutes,
                    "way": way,
                    "signature": signature,
                }
            ]
        )

    def _record(self, vals_list):
        self.ensure_one()
        self._check_held()
        # sudo: nobody has a right to create lines but by signing, checked above
        return (
            self.env["tierslieux.training.attendance"]
            .sudo()
            .create([{"half_day_id": self.id, **vals} for vals in vals_list])
        )

    def _page_foot(self):
        """The foot of each page: see ``ir.actions.report``."""
        lines = self.attendance_ids.sorted("id")
        digest = self.env["tierslieux.training.paper"]._digest(
            [
                [line.id, line._who(), line.minutes, line.way, str(line.at)]
                for line in lines
            ]
        )
        return [
            f"{self.env.company.name} · {self.event_id.name}",
            self.env._("SHA-256 of the lines: %s", digest),
        ], self.env._("page %(page)s of %(pages)s")
