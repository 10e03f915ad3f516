# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..domain import levels, radar
from ..domain import licence as rule


class BrandApplication(models.Model):
    """Where a venue is, where it was a year ago, where it wants to go."""

    _inherit = "tierslieux.brand.application"

    def _views(self):
        """What was sent about the venue for this mark, the oldest first: a peer's view
        where there is one, the venue's own otherwise, and the yearly reviews."""
        self.ensure_one()
        applications = self.search(
            [("brand_id", "=", self.brand_id.id), ("venue_id", "=", self.venue_id.id)]
        )
        views = self.env["tierslieux.brand.assessment"]
        for application in applications:
            peer = application.peer_assessment_id.filtered("submitted_at")
            views |= peer or application.self_assessment_id.filtered("submitted_at")
        views |= applications.licence_id.review_ids.filtered("submitted_at")
        return views.sorted("submitted_at")

    def _progress(self):
        """What the radar chart and its table show.

        :return: ``rows``: ``[{"criterion", "least", "now", "before", "target", "by",
            "late"}, …]`` with ranks (``None`` where there is none), ``names`` of levels
            by code, ``dates`` of now and before
        """
        self.ensure_one()
        views = self._views()
        draft = self.self_assessment_id
        now = views[-1:] or draft
        at = now.submitted_at or fields.Datetime.now()
        # a year before, give or take what a review is late
        earlier = views.filtered(
            lambda one: one.submitted_at <= at - relativedelta(months=9)
        )[-1:]
        found, before = now._levels(), earlier._levels()
        targets = {
            one.criterion_id.code: (one.rank, one.date, one.action)
            for one in self.target_ids
        }
        today = fields.Date.context_today(self)
        late = levels.late(
            {code: target[:2] for code, target in targets.items()}, found, today
        )
        rows = []
        for criterion in self.grid_id.criterion_ids:
            code = criterion.code
            rank, by, action = targets.get(code, (None, None, ""))
            words = criterion._level_names()
            rows.append(
                {
                    "criterion": criterion,
                    "now": found.get(code),
                    "before": before.get(code),
                    "target": rank,
                    "by": by,
                    "action": action,
                    "late": code in late,
                    "words": words,
                }
            )
        return {
            "rows": rows,
            "now_on": now.submitted_at and format_date(self.env, now.submitted_at),
            "before_on": earlier and format_date(self.env, earlier.submitted_at),
            "radar": self._radar(rows),
        }

    def _page_foot(self):
        """The foot of each page: see ``ir.actions.report``."""
        return [
            self.brand_id.holder_id.name,
            self.display_name,
        ], self.env._("page %(page)s of %(pages)s")

    def _radar(self, rows):
        """The drawing: axes, rings, outlines."""
        count = len(rows)
        return {
            "rings": [
                radar.polygon([rank] * count, levels.HIGHEST)
                for rank in range(1, levels.HIGHEST + 1)
            ],
            "axes": [
                {
                    "end": radar.point(index, count, 1),
                    "label": radar.point(index, count, 1.14),
                    "name": row["criterion"].name,
                    "number": index + 1,
                }
                for index, row in enumerate(rows)
            ],
            **{
                name: any(row[name] is not None for row in rows)
                # where nothing else is aimed at, the target is to stay
                and radar.polygon(
                    [
                        row["now"]
                        if row[name] is None and name == "target"
                        else row[name]
                        for row in rows
                    ],
                    levels.HIGHEST,
                )
                for name in ("now", "before", "target")
            },
        }

    def _save_plan(self, values):
        """
        :param values: ``{criterion id: (rank, day, action)}``; a criterion left out has
            no target any more
        """
        self.ensure_one()
        if self.env.user not in self.venue_id.manager_ids:
            raise AccessError(self.env._("Only those who run a venue plan for it."))
        if self.state in ("refused", "abandoned"):
            raise UserError(self.env._("This application is closed."))
        ours = {one.criterion_id.id: one for one in self.target_ids}
        for criterion in self.grid_id.criterion_ids:
            target = ours.get(criterion.id)
            if criterion.id not in values:
                if target:
                    target.unlink()
                continue
            rank, day, action = values[criterion.id]
            written = {"rank": rank, "date": day, "action": action}
            if target:
                target.write(written)
            else:
                target = self.env["tierslieux.brand.target"].create(
                    {
                        "application_id": self.id,
                        "criterion_id": criterion.id,
                        **written,
                    }
                )


class BrandLicence(models.Model):
    _inherit = "tierslieux.brand.licence"

    def _application(self):
        """The application its last period was granted on."""
        self.ensure_one()
        return self.event_ids.sorted("id").application_id[-1:]

    def _yearly_review(self):
        """The review of this year being written, begun if there is none."""
        self.ensure_one()
        if self.state not in (rule.VALID, rule.SUSPENDED):
            raise UserError(self.env._("Only a licence in force is reviewed."))
        review = self.review_ids.filtered(lambda one: not one.submitted_at)
        if review:
            return review
        application = self._application()
        return review.create(
            application._assessment_values(
                "yearly", application.grid_id, licence_id=self.id
            )
        )
