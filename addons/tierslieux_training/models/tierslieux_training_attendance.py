# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..domain import hours


class Attendance(models.Model):
    """That a trainee, or the trainer, was there for a half-day. Whoever is absent has
    no line. A correction is a line that names the one it replaces."""

    _name = "tierslieux.training.attendance"
    _description = "Attendance"
    _inherit = ["tierslieux.append.only"]
    _order = "half_day_id, id"

    half_day_id = fields.Many2one(
        "tierslieux.training.half.day", required=True, ondelete="restrict", index=True
    )
    registration_id = fields.Many2one(
        "event.registration",
        string="Trainee",
        ondelete="restrict",
        index="btree_not_null",
    )
    trainer_id = fields.Many2one("res.users", ondelete="restrict")
    minutes = fields.Integer(required=True, help="Minutes present.")
    reason = fields.Char(help="Why not the whole half-day, or why it was corrected.")
    way = fields.Selection(
        [
            ("tablet", "Trainer’s tablet"),
            ("code", "Code on the phone"),
            ("sheet", "Printed sheet"),
        ],
        required=True,
    )
    signature = fields.Binary(attachment=False)
    at = fields.Datetime(
        string="Recorded on", required=True, default=fields.Datetime.now
    )
    user_id = fields.Many2one(
        "res.users",
        string="Recorded by",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    corrects_id = fields.Many2one("tierslieux.training.attendance", ondelete="restrict")
    corrected_ids = fields.One2many("tierslieux.training.attendance", "corrects_id")

    _one_person = models.Constraint(
        "CHECK ((registration_id IS NULL) <> (trainer_id IS NULL))",
        "A line is of a trainee or of a trainer.",
    )
    _quarters = models.Constraint(
        "CHECK (minutes >= 0 AND minutes % 15 = 0)",
        "Presence is whole quarters of an hour.",
    )
    _correction_reasoned = models.Constraint(
        "CHECK (corrects_id IS NULL OR reason IS NOT NULL)", "A correction says why."
    )
    _signed = models.Constraint(
        "CHECK (way = 'sheet' OR signature IS NOT NULL OR corrects_id IS NOT NULL)",
        "Sign in the frame.",
    )
    _trainee_once = models.UniqueIndex(
        "(half_day_id, registration_id) WHERE corrects_id IS NULL",
        "This half-day is signed already.",
    )
    _trainer_once = models.UniqueIndex(
        "(half_day_id, trainer_id) WHERE corrects_id IS NULL",
        "This half-day is signed already.",
    )
    _corrected_once = models.UniqueIndex(
        "(corrects_id) WHERE corrects_id IS NOT NULL",
        "This line is corrected already.",
    )

    @api.constrains("half_day_id", "registration_id", "minutes", "reason")
    def _check_presence(self):
        for line in self:
            half_day, trainee = line.half_day_id, line.registration_id
            if trainee and trainee.event_id != half_day.event_id:
                raise ValidationError(
                    self.env._("This person is not enrolled in the session.")
                )
            if line.minutes > half_day.minutes:
                raise ValidationError(
                    self.env._("Nobody is present longer than the half-day.")
                )
            if line.minutes < half_day.minutes and not line.reason:
                raise ValidationError(
                    self.env._("Say why it is not the whole half-day.")
                )
            corrected = line.corrects_id
            if corrected and (
                corrected.half_day_id != half_day
                or corrected.registration_id != trainee
                or corrected.trainer_id != line.trainer_id
            ):
                raise ValidationError(
                    self.env._("A correction is of the same person and half-day.")
                )

    @api.depends("half_day_id", "registration_id", "trainer_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line._who()} · {line.half_day_id.display_name}"

    def _who(self):
        self.ensure_one()
        # sudo: the name of who signed, for whoever may read the line
        return self.sudo().registration_id.name or self.sudo().trainer_id.name

    def _that_count(self):
        """Those that nothing replaces."""
        replaced = self.corrects_id
        return self.filtered(lambda line: line not in replaced)

    def _replaced(self):
        """Those that this one replaces, the last first."""
        self.ensure_one()
        replaced = self.browse()
        line = self.corrects_id
        while line:
            replaced += line
            line = line.corrects_id
        return replaced

    def _to_hours(self):
        """The lines as ``domain/hours.py`` takes them."""
        return [
            hours.Line(
                line.id, line.half_day_id.id, line.minutes, line.corrects_id.id or None
            )
            for line in self
        ]

    def _shown_minutes(self):
        self.ensure_one()
        return hours.label(self.minutes)

    def _correct(self, minutes, reason):
        """Another line that replaces this one, by who gives the half-day or the
        treasurer; a certificate given out before gets a new version.

        :return: the new line
        """
        self.ensure_one()
        if not self.env.user.has_group("tierslieux_network.group_treasurer"):
            self.half_day_id._check_trainer()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("A correction says why."))
        if minutes is None:
            raise UserError(self.env._("Write how many minutes, 0 for an absence."))
        if self.corrected_ids:
            raise UserError(self.env._("This line is corrected already."))
        line = self.half_day_id._record(
            [
                {
                    "registration_id": self.registration_id.id,
                    "trainer_id": self.trainer_id.id,
                    "minutes": minutes,
                    "reason": reason,
                    "way": self.way,
                    "corrects_id": self.id,
                }
            ]
        )
        if self.registration_id:
            self.registration_id._certify_again(reason)
        return line
