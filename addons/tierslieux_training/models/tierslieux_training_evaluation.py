# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models

SURVEYS = {
    "spot": "tierslieux_training.survey_spot",
    "later": "tierslieux_training.survey_later",
}
# A trainee who was enrolled in what is long over is not written to.
FORGET = timedelta(days=60)


class Evaluation(models.Model):
    """That a trainee was asked what the training was worth: once at its end, once when
    its effects show."""

    _name = "tierslieux.training.evaluation"
    _description = "Evaluation asked for"
    _order = "id"
    _rec_name = "moment"

    registration_id = fields.Many2one(
        "event.registration",
        string="Trainee",
        required=True,
        ondelete="cascade",
        index=True,
    )
    moment = fields.Selection(
        [("spot", "On the spot"), ("later", "After some months")], required=True
    )
    answer_id = fields.Many2one("survey.user_input", required=True, ondelete="restrict")
    state = fields.Selection(related="answer_id.state")
    sent_at = fields.Datetime(required=True, default=fields.Datetime.now)

    _once = models.Constraint(
        "UNIQUE (registration_id, moment)", "This was asked for already."
    )

    @api.model
    def _cron_send(self):
        """Ask whoever is to be asked and was not."""
        now = fields.Datetime.now()
        rules = self.env["tierslieux.training.rule"]
        months = int(rules._at("later_evaluation", fields.Date.today()).value)
        commit = self.env["ir.cron"]._commit_progress
        for moment, before in (
            ("spot", now),
            ("later", now - relativedelta(months=months)),
        ):
            due = self._due(moment, before)
            commit(remaining=len(due))
            for registration in due:
                self._ask(registration, moment)
                if not commit(1):
                    return

    @api.model
    def _due(self, moment, before):
        """Trainees who attended a session that ended before ``before``."""
        asked = self._search([("moment", "=", moment)])
        return self.env["event.registration"].search(
            [
                ("enrolment_id", "!=", False),
                ("attendance_ids", "!=", False),
                ("event_id.date_end", "<=", before),
                ("event_id.date_end", ">", before - FORGET),
                ("id", "not in", asked.subselect("registration_id")),
            ]
        )

    @api.model
    def _ask(self, registration, moment):
        survey = self.env.ref(SURVEYS[moment])
        answer = survey._create_answer(
            partner=registration.trainee_id, check_attempts=False
        )
        evaluation = self.create(
            {
                "registration_id": registration.id,
                "moment": moment,
                "answer_id": answer.id,
            }
        )
        enrolment = registration.enrolment_id.with_context(lang="fr_FR")
        address = f"{enrolment.get_base_url()}{answer.get_start_url()}"
        enrolment.message_notify(
            partner_ids=registration.trainee_id.ids,
            subject=enrolment.env._("What was “%s” worth?", enrolment.event_id.name),
            body=Markup("<p>%s</p><p><a href='%s'>%s</a></p>")
            % (
                enrolment.env._("Three minutes, to make the next ones better:"),
                address,
                address,
            ),
        )
        return evaluation
