# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class StatutesVersion(models.Model):
    """The statutes as they read from one day on: articles, and the rules drawn from
    them. Fixed once adopted; an amendment is a new version."""

    _name = "tierslieux.statutes.version"
    _description = "Version of the statutes"
    _inherit = ["tierslieux.frozen"]
    _order = "date_from desc, id desc"

    name = fields.Char(required=True, default=lambda self: self.env._("Statutes"))
    date_from = fields.Date(
        string="In force from", required=True, default=fields.Date.context_today
    )
    adopted_on = fields.Date(readonly=True, copy=False)
    model = fields.Selection(
        [("association", "Association (loi 1901)"), ("scic", "SCIC")],
        string="Legal model",
        required=True,
        default="association",
        help="A SCIC has at least three colleges, each with 10 to 50 % of the votes.",
    )
    article_ids = fields.One2many(
        "tierslieux.statutes.article", "version_id", string="Articles", copy=True
    )
    rule_ids = fields.One2many(
        "tierslieux.decision.rule", "version_id", string="Rules of decision", copy=True
    )
    weight_ids = fields.One2many(
        "tierslieux.college.weight", "version_id", string="College weights", copy=True
    )

    _in_force_uniq = models.UniqueIndex(
        "(date_from) WHERE adopted_on IS NOT NULL",
        "Statutes adopted for this very day exist already.",
    )

    @api.depends("name", "date_from")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(name)s, in force from %(date)s",
                name=version.name,
                date=version.date_from,
            )

    @api.model
    def in_force(self, at=None):
        """The adopted version in force on a day; empty before the first one."""
        at = at or fields.Date.context_today(self)
        return self.search(
            [("adopted_on", "!=", False), ("date_from", "<=", at)], limit=1
        )

    def action_adopt(self):
        for version in self:
            version._check_complete()
        self.adopted_on = fields.Date.context_today(self)

    def _check_complete(self):
        """Refuse statutes that could not decide a vote, or that the law refuses."""
        self.ensure_one()
        if not self.rule_ids:
            raise UserError(self.env._("Statutes need at least one rule of decision."))
        if self.model == "scic":
            self.weight_ids._check_scic()

    def action_new_version(self):
        """A draft that starts from this version."""
        self.ensure_one()
        version = self.copy({"date_from": fields.Date.context_today(self)})
        return version._get_records_action()
