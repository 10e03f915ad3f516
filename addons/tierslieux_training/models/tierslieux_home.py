# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.tierslieux_network.models.tierslieux_home import LATER, NOW, SOON


class Home(models.AbstractModel):
    _inherit = "tierslieux.home"

    @api.model
    def _needs(self):
        return [*super()._needs(), *self._trainer_needs(), *self._trainee_needs()]

    @api.model
    def _ways(self):
        ways = super()._ways()
        if self._is("group_facilitator"):
            ways.append(
                self._way(
                    "teaching",
                    self.env._("The trainings I give"),
                    "/my/training",
                    "fa-graduation-cap",
                    rank=5,
                )
            )
        if self._is("group_member"):
            ways.append(
                self._way(
                    "agenda",
                    self.env._("Agenda of all the venues"),
                    "/agenda",
                    "fa-calendar-check-o",
                    rank=70,
                )
            )
        if self._is("group_board") or self._is("group_treasurer"):
            ways.append(
                self._way(
                    "sessions",
                    self.env._("Training sessions"),
                    self._office("tierslieux_training.event_session_action"),
                    "fa-graduation-cap",
                    rank=9,
                )
            )
        return ways

    def _trainer_needs(self):
        """The half-days one gives today or tomorrow."""
        half_days = self.env["tierslieux.training.half.day"]
        given = half_days._of_trainer(self.env.user).filtered(_is_near)
        first = given[:1]
        return self._need(
            "half_days",
            len(given),
            self.env._("half-day of training to give"),
            self.env._("half-days of training to give"),
            f"/my/teaching/{first.id}",
            rank=NOW,
            detail=first and first._when(),
        )

    def _trainee_needs(self):
        """Half-days to attend, papers to sign, questions to answer."""
        user = self.env.user
        registrations = self.env["event.registration"]._of_trainee(user)
        half_days = registrations.event_id.half_day_ids.filtered(_is_near)
        first = half_days[:1]
        mine = registrations.filtered(lambda one: one.event_id == first.event_id)[:1]
        to_sign = (
            self.env["tierslieux.training.enrolment"]
            ._of_contact(user)
            .filtered(
                lambda one: (
                    one._agreement() and not one.signed_at and not one.cancelled_at
                )
            )
        )
        contracts = (
            self.env["tierslieux.training.paper"]
            ._of_partner(user)
            .filtered(lambda one: not one.signed_at)
        )
        # with the rights _of_trainee gives: the questions asked of this very person
        asked = registrations.env["tierslieux.training.evaluation"].search(
            [
                ("registration_id", "in", registrations.ids),
                ("answer_id.state", "!=", "done"),
            ]
        )
        return [
            *self._need(
                "attend",
                len(half_days),
                self.env._("half-day of training to attend"),
                self.env._("half-days of training to attend"),
                f"/my/training/{mine.id}",
                rank=NOW,
                detail=first and first._when(),
            ),
            *self._need(
                "enrolments",
                len(to_sign),
                self.env._("enrolment to sign"),
                self.env._("enrolments to sign"),
                f"/my/training/enrolment/{to_sign[:1].id}",
                rank=SOON,
            ),
            *self._need(
                "partner_contracts",
                len(contracts),
                self.env._("contract of a training to sign"),
                self.env._("contracts of trainings to sign"),
                f"/my/training/contract/{contracts[:1].id}",
                rank=SOON,
            ),
            *self._need(
                "evaluations",
                len(asked),
                self.env._("training to say your opinion of"),
                self.env._("trainings to say your opinion of"),
                asked[:1].answer_id.get_start_url() if asked else None,
                rank=LATER,
            ),
        ]


def _is_near(half_day):
    """Under way, or begins within a day."""
    now = fields.Datetime.now()
    if half_day.cancelled_at:
        return False
    return half_day.stop > now and half_day.start < now + timedelta(days=1)
