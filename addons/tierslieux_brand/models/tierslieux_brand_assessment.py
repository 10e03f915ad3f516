# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import levels


class BrandAssessment(models.Model):
    """One view of a venue: its own, a peer's, or its own of a later year. A level for
    each criterion, with what shows it. Fixed once sent."""

    _name = "tierslieux.brand.assessment"
    _description = "Assessment"
    _inherit = ["tierslieux.frozen"]
    _order = "submitted_at desc, id desc"

    _frozen_by = "submitted_at"

    kind = fields.Selection(
        [
            ("self", "The venue's own view"),
            ("peer", "A peer's view"),
            ("yearly", "Yearly review"),
        ],
        required=True,
    )
    application_id = fields.Many2one(
        "tierslieux.brand.application", ondelete="restrict", index="btree_not_null"
    )
    licence_id = fields.Many2one(
        "tierslieux.brand.licence", ondelete="restrict", index="btree_not_null"
    )
    round = fields.Integer(required=True, default=1)
    user_id = fields.Many2one(
        "res.users", string="By", required=True, ondelete="restrict"
    )
    submitted_at = fields.Datetime(string="Sent on", copy=False)
    recused_at = fields.Datetime(string="Stepped back on", copy=False)
    recusal_reason = fields.Char(string="Why", copy=False)
    summary = fields.Text(string="In a few words")
    line_ids = fields.One2many(
        "tierslieux.brand.assessment.line", "assessment_id", copy=True
    )

    _one_of_a_kind = models.UniqueIndex(
        "(application_id, round, kind) WHERE recused_at IS NULL"
        " AND application_id IS NOT NULL",
        "This application has such an assessment already.",
    )
    _one_yearly = models.UniqueIndex(
        "(licence_id) WHERE submitted_at IS NULL AND kind = 'yearly'",
        "A yearly review of this licence is being written already.",
    )
    _of_what = models.Constraint(
        "CHECK ((kind = 'yearly') = (licence_id IS NOT NULL)"
        " AND (kind = 'yearly') = (application_id IS NULL))",
        "A yearly review is of a licence, the others are of an application.",
    )
    _recusal_reasoned = models.Constraint(
        "CHECK ((recused_at IS NULL) = (recusal_reason IS NULL))",
        "Whoever steps back says why.",
    )

    @api.depends("kind", "user_id.name")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for one in self:
            one.display_name = f"{kinds.get(one.kind, '')} – {one.user_id.name or ''}"

    def _levels(self):
        """``{code of the criterion: rank or None}``"""
        return {
            line.criterion_id.code: None if line.rank < 0 else line.rank
            for line in self.line_ids
        }

    def _check_complete(self):
        names = {
            line.criterion_id.code: line.criterion_id.name for line in self.line_ids
        }
        missing = levels.missing(self._levels(), names)
        if missing:
            raise UserError(
                self.env._(
                    "Choose a level for: %s.",
                    ", ".join(names[code] for code in missing),
                )
            )

    def _save(self, values, summary=None, answers=None):
        """Save what is being written.

        :param values: ``{criterion id: (rank or None, comment)}``
        :param answers: ``{question id: text}``; left out, answers stay as they are
        """
        self.ensure_one()
        if self.submitted_at or self.recused_at:
            raise UserError(self.env._("This assessment has been sent."))
        for line in self.line_ids:
            if line.criterion_id.id in values:
                rank, comment = values[line.criterion_id.id]
                known = rank in range(levels.HIGHEST + 1)
                line.write({"rank": rank if known else -1, "comment": comment})
            if answers is not None:
                line.answers = {
                    str(question.id): answers[question.id]
                    for question in line.criterion_id.question_ids
                    if answers.get(question.id)
                }
        if summary is not None:
            self.summary = summary

    def _submit(self, now):
        # what was just written of its parts goes in before they are fixed
        self.env.flush_all()
        self.submitted_at = now

    def _recuse(self, reason):
        self.write({"recused_at": fields.Datetime.now(), "recusal_reason": reason})

    def _take_evidence(self, other):
        """The evidence of an earlier assessment, for the one that replaces it."""
        lines = {line.criterion_id: line for line in self.line_ids}
        for line in other.line_ids:
            for paper in line._evidence():
                paper.copy({"res_id": lines[line.criterion_id].id})
