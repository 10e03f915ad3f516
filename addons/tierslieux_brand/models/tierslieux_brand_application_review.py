# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..domain import committee


class BrandApplication(models.Model):
    """The review by people of another venue."""

    _inherit = "tierslieux.brand.application"

    def _conflict(self, user):
        """Why a user may not judge this venue, in words; empty when they may."""
        self.ensure_one()
        venues, structures = user._brand_ties()
        venue = self.venue_id
        reviewed = user in self.assessment_ids.filtered(
            lambda one: one.kind == "peer" and not one.recused_at
        ).mapped("user_id")
        code = committee.conflict(
            venues.ids,
            structures.ids,
            venue.id,
            venue.structure_id.id or None,
            reviewed,
        )
        return {
            None: "",
            "venue": self.env._("%s runs or helps in this venue.", user.name),
            "structure": self.env._(
                "%s runs another venue of the same structure.", user.name
            ),
            "reviewer": self.env._("%s reviewed this venue.", user.name),
        }[code]

    def _possible_reviewers(self):
        """Those who run another open venue of the network, without a tie."""
        self.ensure_one()
        recused = self.assessment_ids.filtered("recused_at").user_id
        managers = self.env["res.users"].search(
            [
                (
                    "id",
                    "in",
                    self.env["tierslieux.venue"]
                    .search([("state", "=", "open"), ("manager_ids", "!=", False)])
                    .manager_ids.ids,
                ),
                ("id", "not in", recused.ids),
                ("id", "not in", self.venue_id.manager_ids.ids),
            ],
            order="name",
        )
        return managers.filtered(lambda user: not self._conflict(user))

    def _assign(self, reviewer):
        """Ask somebody of another venue to review.

        :raises UserError: for somebody who has a tie with the venue
        """
        self.ensure_one()
        self._check_committee(judging=False)
        if self.state not in ("submitted", "review"):
            raise UserError(self.env._("This application is not to be reviewed now."))
        reason = self._conflict(reviewer)
        if reason:
            raise UserError(reason)
        if reviewer not in self._possible_reviewers():
            raise UserError(
                self.env._("A review is made by people who run another venue.")
            )
        self._query_bump()
        current = self.peer_assessment_id
        if current.submitted_at:
            raise UserError(self.env._("The review is made already."))
        if current:
            current._recuse(self.env._("Replaced by the committee."))
        assessments = self.env["tierslieux.brand.assessment"]
        assessments.create(
            self._assessment_values(
                "peer",
                self.grid_id,
                application_id=self.id,
                round=self.round,
                user_id=reviewer.id,
            )
        )
        self.state = "review"
        self._write_to(
            reviewer,
            self.env._("Review of %s", self.venue_id.name),
            [
                self.env._(
                    "You are asked to review this venue: see it, then give your view "
                    "on the page below. If you have a tie with it, say so there."
                )
            ],
            f"/my/brand/review/{self.id}",
        )

    def _check_reviewer(self):
        self.ensure_one()
        assessment = self.peer_assessment_id
        if assessment.user_id != self.env.user:
            raise AccessError(self.env._("This review is not yours."))
        if self.state != "review":
            raise UserError(self.env._("This application is not under review."))
        return assessment

    def _recuse(self, reason):
        """The reviewer steps back; the committee asks somebody else."""
        assessment = self._check_reviewer()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why you step back."))
        assessment._recuse(reason.strip())
        self.state = "submitted"
        self._tell_committee(
            self.env._("Review of %s: a reviewer steps back", self.venue_id.name),
            self.env._("Choose somebody else:"),
        )

    def _submit_review(self):
        assessment = self._check_reviewer()
        # ties may have come since the review was assigned
        reason = committee.conflict(
            self.env.user._brand_ties()[0].ids,
            self.env.user._brand_ties()[1].ids,
            self.venue_id.id,
            self.venue_id.structure_id.id or None,
        )
        if reason:
            raise UserError(
                self.env._("You have a tie with this venue now: step back, please.")
            )
        assessment._check_complete()
        assessment._submit(fields.Datetime.now())
        self.state = "committee"
        self._tell_committee(
            self.env._("%s is before the committee", self.venue_id.name),
            self.env._("Both views are side by side:"),
        )
