# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import UserError

from ..domain import offline


class VisitTap(models.Model):
    """Taps that a device kept while it had no network, as a file."""

    _inherit = "tierslieux.visit.tap"

    @api.model
    def _import_offline(self, venue, content, dry_run=True):
        """Check a file of taps of a venue, and take it in: all of it, or nothing. The
        same file again changes nothing. The caller has checked the desk.

        :return: ``{"problems": [sentence], "answers": [(line, answer)], "new": count}``
        """
        rows, problems = offline.read(content)
        if problems:
            return {
                "problems": [self._problem_sentence(one) for one in problems],
                "answers": [],
                "new": 0,
            }
        before = self._count_known(venue, [row.key for row in rows])
        answers, refused = [], []
        savepoint = self.env.cr.savepoint(flush=True)
        for row in rows:
            try:
                with self.env.cr.savepoint():
                    answer = self._receive(
                        venue, row.code, "offline", row.key, row.instant, row.direction
                    )
            except UserError as error:
                refused.append(self._line_sentence(row.line, "key", str(error)))
                continue
            answers.append((row.line, {**answer, "at": row.instant}))
        self.env.flush_all()
        if dry_run or refused:
            savepoint.rollback()
            self.env.invalidate_all()
        savepoint.close(rollback=False)
        return {
            "problems": refused,
            "answers": sorted(answers, key=lambda answer: answer[0]),
            "new": len(rows) - before,
        }

    @api.model
    def _count_known(self, venue, keys):
        """How many of these keys are of taps received already."""
        # sudo: the caller keeps the desk of this venue
        return self.sudo().search_count(
            [
                ("venue_id", "=", venue.id),
                ("source", "=", "offline"),
                ("key", "in", keys),
            ]
        )

    @api.model
    def _line_sentence(self, line, column, text):
        return self.env._(
            "Line %(line)s, column “%(column)s”: %(text)s",
            line=line,
            column=column,
            text=text,
        )

    @api.model
    def _problem_sentence(self, problem):
        _ = self.env._
        if problem.kind == "encoding":
            return _("The file is not text in UTF-8: save it as CSV UTF-8.")
        if problem.kind == "header":
            return _("The column “%s” is missing from the first line.", problem.column)
        if problem.kind == "too_many":
            return _("The file has more than %s taps: cut it in two.", problem.value)
        text = {
            "empty": _("it is empty."),
            "instant": _(
                "“%s” is not an instant with its offset, such as "
                "2026-10-21T09:30:00+02:00.",
                problem.value,
            ),
            "direction": _("“%s” is neither “in” nor “out”.", problem.value),
            "repeated": _("the key “%s” stands in the file already.", problem.value),
        }[problem.kind]
        return self._line_sentence(problem.line, problem.column, text)
