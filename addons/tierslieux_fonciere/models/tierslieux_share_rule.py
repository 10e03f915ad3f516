# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain


class ShareRule(models.Model):
    """A legal value, or one that the statutes of a foncière set above it."""

    _name = "tierslieux.share.rule"
    _description = "Dated rule of share capital"
    _inherit = ["tierslieux.legal.rule"]
    _order = "code, company_id, date_from desc"

    code = fields.Selection(
        [
            ("floor", "Floor of the capital (% of the highest ever)"),
            ("minimum", "Least capital (€)"),
            ("paid_up", "Paid at the subscription, at least (%)"),
            ("holding", "Months that shares are held before they are paid back"),
            ("offer", "Offers of twelve months above which a prospectus is due (€)"),
            ("majority", "Age from which somebody subscribes alone (years)"),
        ],
        string="Rule",
        required=True,
    )
    company_id = fields.Many2one(
        "res.company", string="Statutes of", help="Empty: the law, for everybody."
    )

    _code_date_uniq = models.Constraint(
        "UNIQUE NULLS NOT DISTINCT (code, company_id, date_from)",
        "This rule has a value from this day already.",
    )

    @api.model
    def _strictest(self, code, date, company):
        """The greater of what the law and the statutes say on a day; empty when neither
        says anything."""
        rules = self.browse()
        for owner in (False, company.id):
            rules |= self._in_force(code, date, Domain("company_id", "=", owner))
        return rules.sorted("value")[-1:]
