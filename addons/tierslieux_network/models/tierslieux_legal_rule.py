# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date


class LegalRule(models.AbstractModel):
    """A legal value that depends on the date, with the text that sets it. Fixed once it
    is adopted: a change of the law is a new record. Each kind of rule has its values
    in a selection ``code``."""

    _name = "tierslieux.legal.rule"
    _description = "Dated rule with its source"
    _inherit = ["tierslieux.frozen"]
    _order = "code, date_from desc"

    code = fields.Char(required=True)
    date_from = fields.Date(string="In force from", required=True)
    value = fields.Float(required=True, digits=(16, 2))
    source = fields.Char(required=True, help="The text and its article.")
    adopted_on = fields.Date(readonly=True, copy=False)

    @api.depends("code", "date_from")
    def _compute_display_name(self):
        names = self._code_names()
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
    def _code_names(self):
        return dict(self._fields["code"]._description_selection(self.env))

    @api.model
    def _in_force(self, code, date, domain=Domain.TRUE):
        """The adopted rule in force on a day; empty when there is none."""
        return self.search(
            Domain("code", "=", code)
            & Domain("date_from", "<=", date)
            & Domain("adopted_on", "!=", False)
            & domain,
            limit=1,
        )

    @api.model
    def _at(self, code, date, domain=Domain.TRUE):
        """The adopted rule in force on a day.

        :raises UserError: when there is none
        """
        rule = self._in_force(code, date, domain)
        if not rule:
            raise UserError(
                self.env._(
                    "No value of “%(rule)s” is adopted for %(date)s.",
                    rule=self._code_names()[code],
                    date=format_date(self.env, date),
                )
            )
        return rule
