# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class AccountMoveLine(models.Model):
    """A line of dues knows the membership and the period it pays for."""

    _inherit = "account.move.line"

    tierslieux_membership_id = fields.Many2one(
        "tierslieux.membership",
        string="Membership of the network",
        ondelete="restrict",
        index="btree_not_null",
        readonly=True,
    )
    dues_date_from = fields.Date(string="Dues from", readonly=True)
    dues_date_to = fields.Date(string="Dues to", readonly=True)

    def _dues_dates(self):
        self.ensure_one()
        if not self.dues_date_from:
            return {}
        return {"date_from": self.dues_date_from, "date_to": self.dues_date_to}

    def _prepare_membership_line_vals(self, **kwargs):
        return {**super()._prepare_membership_line_vals(**kwargs), **self._dues_dates()}

    def _prepare_membership_line(self, move, product, price_unit, qty=1.0):
        return {
            **super()._prepare_membership_line(move, product, price_unit, qty=qty),
            **self._dues_dates(),
        }
