# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.tierslieux_network.models.tierslieux_home import LATER, NOW, SOON

from ..domain import licence as rule

# How long before its end a licence is to be renewed.
ENDING = timedelta(days=90)


class Home(models.AbstractModel):
    _inherit = "tierslieux.home"

    @api.model
    def _needs(self):
        needs = [*super()._needs(), *self._judge_needs()]
        if self._my_venues():
            needs += self._applicant_needs()
        return needs

    @api.model
    def _ways(self):
        ways = super()._ways()
        if self._is("group_venue_manager"):
            ways.append(
                self._way(
                    "brand", self.env._("The mark"), "/my/brand", "fa-certificate"
                )
            )
        return ways

    def _judge_needs(self):
        """Reviews a user is to write, and what their committee is to decide."""
        if not self._is("group_member"):
            return []
        user = self.env.user
        applications = self.env["tierslieux.brand.application"]
        reviews = applications._of_reviewer(user).filtered(
            lambda one: one.state == "review"
        )
        before = applications._of_committee(user).filtered(
            lambda one: (
                one.state == "submitted"
                or (
                    one.state == "committee"
                    and user not in one._opinions().mapped("user_id")
                )
            )
        )
        return [
            *self._need(
                "reviews",
                len(reviews),
                self.env._("venue to review"),
                self.env._("venues to review"),
                "/my/brand/review",
            ),
            *self._need(
                "committee",
                len(before),
                self.env._("application for the mark before the committee"),
                self.env._("applications for the mark before the committee"),
                "/my/brand/committee",
                rank=NOW,
            ),
        ]

    def _applicant_needs(self):
        """An application being written, a licence soon over."""
        user = self.env.user
        drafts = (
            self.env["tierslieux.brand.application"]
            ._of_applicant(user)
            .filtered(lambda one: one.state == "draft")
        )
        until = fields.Date.context_today(self) + ENDING
        ending = (
            self.env["tierslieux.brand.licence"]
            ._of_manager(user)
            .filtered(
                lambda one: (
                    one.state in (rule.VALID, rule.SUSPENDED)
                    and one.date_to
                    and one.date_to <= until
                )
            )
        )
        return [
            *self._need(
                "brand_drafts",
                len(drafts),
                self.env._("application for the mark to finish"),
                self.env._("applications for the mark to finish"),
                f"/my/brand/{drafts.id}" if len(drafts) == 1 else "/my/brand",
                rank=LATER,
            ),
            *self._need(
                "licences",
                len(ending),
                self.env._("licence of the mark to renew"),
                self.env._("licences of the mark to renew"),
                "/my/brand",
                rank=SOON,
                detail=ending
                and self.env._(
                    "before %s", format_date(self.env, min(ending.mapped("date_to")))
                ),
            ),
        ]
