# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class StatutesArticle(models.Model):
    _name = "tierslieux.statutes.article"
    _description = "Article of the statutes"
    _inherit = ["tierslieux.frozen"]
    _order = "sequence, id"

    _frozen_parent = "version_id"

    version_id = fields.Many2one(
        "tierslieux.statutes.version", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    number = fields.Char(required=True)
    title = fields.Char(required=True)
    text = fields.Text()

    _number_uniq = models.Constraint(
        "UNIQUE (version_id, number)", "Two articles have the same number."
    )

    @api.depends("number", "title")
    def _compute_display_name(self):
        for article in self:
            article.display_name = self.env._(
                "article %(number)s, %(title)s",
                number=article.number,
                title=article.title,
            )
