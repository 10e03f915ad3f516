# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, ormcache


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
    adopted_on = fields.Date(string="Adopted on", readonly=True, copy=False)
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

    replaces_id = fields.Many2one(
        "tierslieux.statutes.version",
        string="Written from",
        ondelete="restrict",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    differences = fields.Html(
        compute="_compute_differences",
        help="What changes from the version it was written from.",
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
                date=format_date(self.env, version.date_from),
            )

    @api.model
    def in_force(self, at=None):
        """The adopted version in force on a day; empty before the first one."""
        at = at or fields.Date.context_today(self)
        return self.search(
            [("adopted_on", "!=", False), ("date_from", "<=", at)], limit=1
        )

    def _rule(self, kind):
        """The rule for a kind of decision, empty if there is none."""
        rule_id = self._adopted_rule_id(kind)
        if rule_id:
            return self.env["tierslieux.decision.rule"].browse(rule_id)
        return self.rule_ids.filtered(lambda rule: rule.kind == kind)

    @ormcache("self.id", "kind")
    def _adopted_rule_id(self, kind):
        """The same of adopted statutes, whose rules are fixed: every vote asks."""
        if not self.adopted_on:
            return False
        return self.rule_ids.filtered(lambda rule: rule.kind == kind).id

    @api.depends(
        "article_ids.number",
        "article_ids.text",
        "article_ids.title",
        "replaces_id",
        "rule_ids.summary",
        "weight_ids.weight",
    )
    def _compute_differences(self):
        for version in self:
            version.differences = version.replaces_id and version._differences()

    def action_adopt(self):
        self.ensure_one()
        if self.adopted_on:
            raise UserError(self.env._("These statutes are adopted already."))
        self._check_complete()
        # What was just written of its parts goes in before they are fixed.
        self.env.flush_all()
        self.adopted_on = fields.Date.context_today(self)
        self.env.registry.clear_cache()

    def _check_complete(self):
        """Refuse statutes that could not decide a vote, or that the law refuses."""
        self.ensure_one()
        if not self.rule_ids:
            raise UserError(self.env._("Statutes need at least one rule of decision."))
        self._check_articles_cited()
        if self.model == "scic":
            self.weight_ids._check_scic()
        weighted = self.rule_ids.filtered(lambda rule: rule.college_mode != "heads")
        if weighted and not self.weight_ids:
            raise UserError(
                self.env._(
                    "%s: votes go by college, and no college has a weight.",
                    weighted[0].display_name,
                )
            )

    def _check_articles_cited(self):
        numbers = set(self.article_ids.mapped("number"))
        for rule in self.rule_ids:
            for name, field in rule._fields.items():
                cited = name.endswith("_article") and rule[name]
                if cited and cited not in numbers:
                    raise UserError(
                        self.env._(
                            "%(rule)s, %(field)s: there is no article %(number)s.",
                            rule=rule.display_name,
                            field=field._description_string(self.env),
                            number=cited,
                        )
                    )

    def action_new_version(self):
        """A draft that starts from this version."""
        self.ensure_one()
        version = self.copy(
            {
                "date_from": fields.Date.context_today(self),
                "replaces_id": self.id,
            }
        )
        return version._get_records_action()

    def _differences(self):
        """The articles and rules that are not those of the version it replaces."""
        self.ensure_one()
        before = self.replaces_id._texts()
        after = self._texts()
        changed = Markup("").join(
            Markup("<h4>%s</h4>%s")
            % (title, self._marked(before.get(title, ""), after.get(title, "")))
            for title in dict.fromkeys([*after, *before])
            if before.get(title) != after.get(title)
        )
        return changed or Markup("<p>%s</p>") % self.env._("Nothing changes.")

    def _texts(self):
        """``{title: text}`` of everything that may change from a version to another."""
        texts = {
            self.env._("Article %s", article.number): "\n".join(
                filter(None, [article.title, article.text])
            )
            for article in self.article_ids
        }
        kinds = dict(self.rule_ids._fields["kind"]._description_selection(self.env))
        for rule in self.rule_ids:
            texts[kinds[rule.kind]] = rule.summary
        texts[self.env._("College weights")] = "\n".join(
            f"{line.college_id.name}: {line.weight}" for line in self.weight_ids
        )
        return texts
