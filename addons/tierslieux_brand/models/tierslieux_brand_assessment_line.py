# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import fields, models
from odoo.exceptions import UserError

from ..domain.levels import HIGHEST

EVIDENCE_BYTES = 8 * 1024 * 1024
EVIDENCE_FILES = 5
#: What a browser shows or a reviewer opens; nothing that runs.
EVIDENCE_TYPES = ("application/pdf", "image/jpeg", "image/png", "text/plain")


class BrandAssessmentLine(models.Model):
    _name = "tierslieux.brand.assessment.line"
    _description = "Level of a criterion in an assessment"
    _inherit = ["tierslieux.frozen"]
    _order = "assessment_id, sequence, id"

    _frozen_parent = "assessment_id"

    assessment_id = fields.Many2one(
        "tierslieux.brand.assessment", required=True, ondelete="cascade", index=True
    )
    criterion_id = fields.Many2one(
        "tierslieux.brand.criterion", required=True, ondelete="restrict"
    )
    sequence = fields.Integer(related="criterion_id.sequence", store=True)
    rank = fields.Integer(
        string="Level", required=True, default=-1, help="-1 is not chosen yet."
    )
    comment = fields.Text(string="What shows it")
    answers = fields.Json(
        help="What the venue answers to the questions: texts by number of question."
    )

    _criterion_uniq = models.Constraint(
        "UNIQUE (assessment_id, criterion_id)", "A criterion has one level."
    )
    _rank_known = models.Constraint(
        f"CHECK (rank BETWEEN -1 AND {HIGHEST})", "There is no such level."
    )

    def _level_name(self):
        return self.criterion_id._level_names().get(self.rank, "")

    def _answered(self):
        """``[(question, answer), …]`` of all its questions; ``""`` if there is none."""
        answers = self.answers or {}
        return [
            (question, answers.get(str(question.id), ""))
            for question in self.criterion_id.question_ids
        ]

    def _evidence(self):
        """The files that show it."""
        # sudo: who may read the line may read what shows it
        return (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        )

    def _add_evidence(self, name, content):
        """
        :raises UserError: a sentence for who sent it
        """
        self.ensure_one()
        if self.assessment_id.submitted_at:
            raise UserError(self.env._("This assessment has been sent."))
        if len(content) > EVIDENCE_BYTES:
            raise UserError(self.env._("The file is larger than 8 MB."))
        if len(self._evidence()) >= EVIDENCE_FILES:
            raise UserError(
                self.env._("Five files show a criterion, no more: remove one.")
            )
        # sudo: checked by who calls; it belongs to the line, and to nobody else
        paper = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": name[:100],
                    "raw": content,
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )
        if paper.mimetype not in EVIDENCE_TYPES:
            paper.unlink()
            raise UserError(self.env._("Send a PDF, a picture or a plain text."))
        return paper
