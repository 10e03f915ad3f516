# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from decimal import Decimal

from odoo import api, fields, models

from ..domain import membership_period


class ProductTemplate(models.Model):
    _inherit = "product.template"

    college_id = fields.Many2one(
        "tierslieux.college",
        ondelete="restrict",
        index="btree_not_null",
        help="The college whose members pay this fee.",
    )
    prorata = fields.Selection(
        [
            ("none", "Whole fee"),
            ("month", "By month begun"),
            ("day", "By day"),
        ],
        string="First fee",
        required=True,
        default="none",
        help="What somebody pays who joins in the course of a period.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # The subscription of an association gives nothing in return: it is out
            # of the scope of VAT (BOI-TVA-CHAMP-10-10-10), unless one says so.
            if vals.get("college_id"):
                vals.setdefault("taxes_id", False)
        return super().create(vals_list)

    def _fee_cents(self):
        """The fee in cents of the company currency, exactly as typed."""
        self.ensure_one()
        return int((Decimal(str(self.list_price)) * 100).to_integral_value())

    def _dues(self, start, anchor=None):
        """What somebody owes whose dues begin on ``start``.

        :param anchor: first day of the member's first period, for variable periods
        :return: ``(first day, last day, cents)``; the first day is ``start``
        """
        self.ensure_one()
        if self.membership_type == "variable":
            period = membership_period.variable_period(
                start,
                self.membership_interval_unit,
                self.membership_interval_qty,
                anchor,
            )
        else:
            period = membership_period.fixed_period(
                start, self.membership_date_from, self.membership_date_to
            )
        cents = membership_period.prorated(
            self._fee_cents(), period, start, self.prorata
        )
        return start, period[1], cents
