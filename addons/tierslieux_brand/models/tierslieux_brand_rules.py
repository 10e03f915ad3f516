# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..domain import gates, regulation


class BrandRules(models.Model):
    """The rules of use of a mark as they read from one day on. Fixed once adopted; a
    change is a new version, which licenses nobody anew."""

    _name = "tierslieux.brand.rules"
    _description = "Rules of use"
    _inherit = ["tierslieux.frozen"]
    _order = "date_from desc, id desc"

    brand_id = fields.Many2one(
        "tierslieux.brand", required=True, ondelete="restrict", index=True
    )
    number = fields.Integer(string="Version", required=True, default=1, copy=False)
    date_from = fields.Date(
        string="In force from", required=True, default=fields.Date.context_today
    )
    adopted_on = fields.Date(string="Adopted on", readonly=True, copy=False)
    decision = fields.Char(
        copy=False, help="The resolution that adopted it, such as AG-2026-07."
    )
    replaces_id = fields.Many2one(
        "tierslieux.brand.rules",
        string="Written from",
        ondelete="restrict",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    holder = fields.Text(string="1. Holder's name")
    object = fields.Text(string="2. Holder's object")
    representatives = fields.Text(string="3. Who may represent the holder")
    affiliation = fields.Text(string="4. Conditions of affiliation")
    representation = fields.Text(string="5. The mark")
    goods = fields.Text(string="6. Goods and services")
    users = fields.Text(string="7. Who may use the mark")
    conditions = fields.Text(string="8. Conditions of use and sanctions")
    months_open = fields.Integer(string="Months open", required=True, default=3)
    least_days = fields.Integer(string="Days a week", required=True, default=3)
    least_hours = fields.Integer(string="Or hours a week", required=True, default=30)
    least_audiences = fields.Integer(string="Audiences", required=True, default=2)
    least_services = fields.Integer(string="Services", required=True, default=2)
    licence_months = fields.Integer(
        string="Months of a licence", required=True, default=36
    )
    quorum = fields.Integer(string="Quorum of the committee", required=True, default=3)
    notice_days = fields.Integer(
        string="Days of notice before a withdrawal", required=True, default=30
    )
    appeal_days = fields.Integer(string="Days to appeal", required=True, default=60)
    grid_id = fields.Many2one(
        "tierslieux.brand.grid",
        string="Criteria",
        ondelete="restrict",
        domain=[("adopted_on", "!=", False)],
    )
    differences = fields.Html(
        compute="_compute_differences",
        help="What changes from the version it was written from.",
    )

    _number_uniq = models.Constraint(
        "UNIQUE (brand_id, number)", "These rules have this version already."
    )
    _in_force_uniq = models.UniqueIndex(
        "(brand_id, date_from) WHERE adopted_on IS NOT NULL",
        "Rules of this mark adopted for this very day exist already.",
    )
    _numbers_positive = models.Constraint(
        "CHECK (licence_months > 0 AND quorum > 0 AND notice_days >= 0"
        " AND appeal_days > 0 AND months_open >= 0)",
        "A licence lasts a month at least, and a quorum is one person at least.",
    )

    @api.depends("number", "brand_id.name", "date_from")
    def _compute_display_name(self):
        for rules in self:
            rules.display_name = self.env._(
                "%(brand)s: rules of use, version %(number)s of %(date)s",
                # sudo: the name of a mark is public
                brand=rules.brand_id.sudo().name,
                number=rules.number,
                date=format_date(self.env, rules.date_from, date_format="long"),
            )

    @api.depends("replaces_id", *regulation.PARTS)
    def _compute_differences(self):
        for rules in self:
            rules.differences = rules.replaces_id and rules._differences()

    def _parts(self):
        """``[(title, text), …]``, the eight parts and what is counted."""
        self.ensure_one()
        labels = self.fields_get([*regulation.PARTS], ["string"])
        parts = [
            (labels[name]["string"], self[name] or "") for name in regulation.PARTS
        ]
        return [*parts, (self.env._("In figures"), "\n".join(self._figures()))]

    def _figures(self):
        """What the rules count, in sentences."""
        _ = self.env._
        return [
            _("The venue has been open for %s months.", self.months_open),
            _(
                "It is open %(days)s days or %(hours)s hours a week.",
                days=self.least_days,
                hours=self.least_hours,
            ),
            _(
                "It is for %(audiences)s audiences and offers %(services)s services "
                "at least.",
                audiences=self.least_audiences,
                services=self.least_services,
            ),
            _("A licence is granted for %s months.", self.licence_months),
            _("The committee decides when %s members gave an opinion.", self.quorum),
            _("A withdrawal takes effect %s days after notice.", self.notice_days),
            _("An appeal is open for %s days.", self.appeal_days),
        ]

    def _differences(self):
        before = dict(self.replaces_id._parts())
        changed = Markup("").join(
            Markup("<h3>%s</h3>%s") % (title, self._marked(before[title], text))
            for title, text in self._parts()
            if before[title] != text
        )
        return changed or Markup("<p>%s</p>") % self.env._("Nothing changes.")

    def _thresholds(self):
        return gates.Thresholds(
            self.months_open,
            self.least_days,
            self.least_hours * 60,
            self.least_audiences,
            self.least_services,
        )

    def action_adopt(self):
        self.ensure_one()
        if self.adopted_on:
            raise UserError(self.env._("These rules are adopted already."))
        missing = regulation.missing({name: self[name] for name in regulation.PARTS})
        if missing:
            labels = self.fields_get(missing, ["string"])
            raise UserError(
                self.env._(
                    "Rules of use cannot be adopted while a part that the law asks for "
                    "says nothing: %s",
                    ", ".join(labels[name]["string"] for name in missing),
                )
            )
        if not self.grid_id.adopted_on:
            raise UserError(self.env._("Choose the adopted criteria they refer to."))
        self._check_decision()
        self.adopted_on = fields.Date.context_today(self)

    def _check_decision(self):
        """Hook: what adopts these rules is known.

        :raises UserError:
        """
        if not self.decision:
            raise UserError(self.env._("Name the decision that adopts these rules."))

    def action_new_version(self):
        """A draft that starts from this version."""
        self.ensure_one()
        last = max(self.brand_id.rules_ids.mapped("number"))
        version = self.copy(
            {
                "number": last + 1,
                "date_from": fields.Date.context_today(self),
                "replaces_id": self.id,
            }
        )
        return version._get_records_action()

    def _file(self):
        """``(file name, bytes)`` of the text as a PDF."""
        # sudo: whoever accepts the rules receives them
        content, _kind = (
            self.env["ir.actions.report"]
            .sudo()
            ._render_qweb_pdf("tierslieux_brand.report_rules", self.ids)
        )
        return f"reglement-v{self.number}.pdf", content

    def _page_foot(self):
        """The foot of each page: see ``ir.actions.report``."""
        return [
            self.brand_id.holder_id.name,
            self.display_name,
        ], self.env._("page %(page)s of %(pages)s")
