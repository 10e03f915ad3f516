# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..domain import hours


class Registration(models.Model):
    """A trainee: a registration with an enrolment."""

    _inherit = "event.registration"

    enrolment_id = fields.Many2one(
        "tierslieux.training.enrolment", ondelete="restrict", index="btree_not_null"
    )
    trainee_id = fields.Many2one(
        "res.partner", ondelete="restrict", index="btree_not_null"
    )
    attendance_ids = fields.One2many(
        "tierslieux.training.attendance", "registration_id"
    )
    training_line_ids = fields.One2many(
        "account.move.line", "training_registration_id", string="Invoice lines"
    )
    training_paper_ids = fields.One2many("tierslieux.training.paper", "registration_id")
    training_evaluation_ids = fields.One2many(
        "tierslieux.training.evaluation", "registration_id"
    )
    training_hours = fields.Char(
        string="Hours attended", compute="_compute_training_hours"
    )

    @api.constrains("event_id", "enrolment_id")
    def _check_enrolment(self):
        for one in self.filtered("event_id.programme_id"):
            if one.enrolment_id.event_id != one.event_id:
                raise ValidationError(
                    self.env._("One enrols in a session on the page of its programme.")
                )

    @api.depends("attendance_ids")
    def _compute_training_hours(self):
        for one in self:
            one.training_hours = hours.label(one._attended())

    def _attended(self):
        """Minutes attended, in all."""
        self.ensure_one()
        return hours.total(self.attendance_ids._to_hours())

    def _to_bill(self):
        """What an invoice is missing for this trainee: see ``domain/hours.py``."""
        self.ensure_one()
        billed = self.training_line_ids.filtered(
            lambda line: line.parent_state == "posted"
        )
        enrolment = self.enrolment_id
        return hours.to_bill(
            enrolment.basis,
            enrolment.price,
            self._attended(),
            sum(billed.mapped("training_minutes")),
            enrolment.planned_minutes,
        )

    @api.model
    def _of_trainee(self, user):
        """What somebody is enrolled in, for their own pages."""
        # sudo: the page shows a trainee their own training, and nothing else
        return self.sudo().search(
            [
                ("trainee_id", "=", user.partner_id.id),
                ("enrolment_id", "!=", False),
                ("state", "in", ("open", "done")),
            ],
            order="id desc",
        )

    def _papers(self):
        """The documents of a trainee: theirs and those of all."""
        self.ensure_one()
        shared = self.enrolment_id._shared_papers()
        if self.enrolment_id.contact_id != self.trainee_id:
            shared = shared.filtered(lambda one: one.kind != "agreement")
        replaced = self.training_paper_ids.previous_id
        return shared | (self.training_paper_ids - replaced)

    def _checklist(self):
        """``[(kind, paper or empty, when sent, when signed), …]``."""
        self.ensure_one()
        papers = self._papers()
        kinds = papers._fields["kind"]._description_selection(self.env)
        return [
            (name, paper, paper._when("sent"), paper._when("signed"))
            for kind, name in kinds
            if (paper := papers.filtered(lambda one, kind=kind: one.kind == kind)[-1:])
            or kind not in ("agreement", "partnership")
        ]

    def action_certify(self):
        """Give out the certificates of those who attended."""
        self._lock_session()
        for one in self:
            one._certify()

    def _lock_session(self):
        # sudo: the lock alone, for whoever may read the trainees
        self.event_id.sudo()._query_bump_training()

    def _certify(self, reason=None):
        """The certificate of the hours attended; the same again when it says them
        already.

        :return: the paper
        :raises UserError: the session is not over, or nothing was attended
        """
        self.ensure_one()
        last = self._certificate()
        minutes = self._attended()
        if last and last.minutes == minutes:
            return last
        if not self.event_id._training_over():
            raise UserError(self.env._("A certificate comes once the session is over."))
        if not minutes and not last:
            raise UserError(self.env._("%s attended nothing.", self.name))
        paper = last._freeze(
            "certificate", self.enrolment_id, self, previous=last, reason=reason
        )
        paper._send(self.trainee_id)
        return paper

    def _certificate(self):
        """The last version of the certificate, or empty."""
        return self.training_paper_ids.filtered(lambda one: one.kind == "certificate")[
            -1:
        ]

    def _certify_again(self, reason):
        self.ensure_one()
        if self._certificate():
            self._certify(reason)

    def action_convoke(self):
        """Send the convocation.

        :raises UserError: the session is over, or all have the same of today
        """
        self._lock_session()
        if any(event._training_over() for event in self.event_id):
            raise UserError(self.env._("This session is over: nobody is convened."))
        if not any([one._convoke() for one in self]):
            raise UserError(
                self.env._("This convocation was sent today, and says the same still.")
            )

    def _convoke(self):
        """Send the convocation, a new version of it when it was sent before.

        :return: the paper, or nothing when the same was sent today
        """
        self.ensure_one()
        papers = self.env["tierslieux.training.paper"]
        last = self.training_paper_ids.filtered(lambda one: one.kind == "convocation")[
            -1:
        ]
        same = last and last._says(papers._content_of("convocation", self))
        if same and last.at.date() == fields.Date.today():
            return papers
        paper = papers._freeze(
            "convocation",
            self.enrolment_id,
            self,
            previous=last,
            reason=last
            and (
                self.env._("Sent again.")
                if same
                else self.env._("The session has changed.")
            ),
        )
        paper._send(self.trainee_id)
        return paper
