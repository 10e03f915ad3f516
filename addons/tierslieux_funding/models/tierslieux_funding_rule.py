# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class FundingRule(models.Model):
    """A legal value that depends on the date, with the text that sets it. Fixed once it
    is adopted: a change of the law is a new record."""

    _name = "tierslieux.funding.rule"
    _description = "Dated rule of public funding"
    _inherit = ["tierslieux.frozen"]
    _order = "code, date_from desc"

    code = fields.Selection(
        [
            ("convention", "Grant above which an agreement is signed (€)"),
            ("audit", "Grants of a year above which an auditor is named (€)"),
            ("report_months", "Months to give the financial report"),
        ],
        string="Rule",
        required=True,
    )
    date_from = fields.Date(string="In force from", required=True)
    value = fields.Float(required=True, digits=(16, 2))
    source = fields.Char(required=True, help="The text and its article.")
    adopted_on = fields.Date(readonly=True, copy=False)

    _code_date_uniq = models.UniqueIndex(
        "(code, date_from)", "This rule has a value from this day already."
    )

    @api.depends("code", "date_from")
    def _compute_display_name(self):
        names = dict(self._fields["code"]._description_selection(self.env))
        for rule in self:
            rule.display_name = self.env._(
                "%(rule)s, from %(date)s",
                rule=names.get(rule.code, ""),
                date=format_date(self.env, rule.date_from),
            )

    def action_adopt(self):
        self.filtered(
            lambda rule: not rule.adopted_on
        ).adopted_on = fields.Date.context_today(self)

    @api.model
    def _at(self, code, date):
        """The adopted rule in force on a day.

        :raises UserError: when there is none
        """
        rule = self.search(
            [
                ("code", "=", code),
                ("date_from", "<=", date),
                ("adopted_on", "!=", False),
            ],
            limit=1,
        )
        if not rule:
            name = dict(self._fields["code"]._description_selection(self.env))[code]
            raise UserError(
                self.env._(
                    "No value of “%(rule)s” is adopted for %(date)s.",
                    rule=name,
                    date=format_date(self.env, date),
                )
            )
        return rule
