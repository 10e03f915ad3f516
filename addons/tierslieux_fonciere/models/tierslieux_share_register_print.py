# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import format_date, formatLang

from ..words import count_shares


class ShareRegisterPrint(models.Model):
    """The register on paper, for the board."""

    _inherit = "tierslieux.share.register"

    def _movements(self):
        return self.env["tierslieux.share.movement"].search(
            [("company_id", "=", self.company_id.id)], order="number"
        )

    def _head_words(self):
        holdings = self.env["tierslieux.share.movement"]._holdings(self.company_id)
        return self.env._(
            "%(movements)s movements, printed on %(day)s: %(shares)s held by "
            "%(holders)s holders.",
            movements=formatLang(self.env, self.number, digits=0),
            day=format_date(
                self.env, fields.Date.context_today(self), date_format="long"
            ),
            shares=count_shares(self.env, sum(holdings.values())),
            holders=formatLang(self.env, len(holdings), digits=0),
        )

    def _page_foot(self):
        """The foot of each page: see ``ir.actions.report``."""
        return [
            self.env._(
                "%(foundation)s · register of share movements up to no. %(number)s",
                foundation=self.company_id.name,
                number=self.number,
            ),
            self.digest or "",
        ], self.env._("page %(page)s of %(pages)s")
