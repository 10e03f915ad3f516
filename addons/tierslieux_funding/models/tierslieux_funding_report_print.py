# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from itertools import zip_longest

from odoo import models
from odoo.tools import format_date
from odoo.tools.misc import formatLang


class FundingReport(models.Model):
    """A content as pages show it: the table side by side, amounts in words of the
    reader."""

    _inherit = "tierslieux.funding.report"

    def _print_values(self, content):
        """What the templates of a report read beside its content."""
        sides = {}
        for row in content["table"]:
            sides.setdefault(row["side"], []).append(row)
        return {
            "halves": [
                {
                    "titles": [self._side_title(left), self._side_title(right)],
                    "rows": list(
                        zip_longest(sides.get(left, ()), sides.get(right, ()))
                    ),
                    "totals": [content["totals"][left], content["totals"][right]],
                }
                for left, right in (
                    ("charge", "product"),
                    ("in_kind_charge", "in_kind_product"),
                )
            ],
            "money": self._print_money,
            "euros": lambda amount: formatLang(self.env, amount, digits=0),
            "exact": lambda amount: formatLang(self.env, amount / 100, digits=2),
            "ratio": lambda tenths: (
                "" if tenths is None else f"{self._decimal(tenths)} %"
            ),
            "day": lambda text: format_date(self.env, text) if text else "",
            "passed": self._passed_sentence(content["controls"]),
            "failed": [one for one in content["controls"] if not one["passed"]],
        }

    def _passed_sentence(self, controls):
        passed = sum(one["passed"] for one in controls)
        if passed == len(controls):
            return self.env._("All %s controls passed.", passed)
        return self.env._(
            "%(passed)s of %(count)s controls passed; those to note are below.",
            passed=passed,
            count=len(controls),
        )

    def _print_money(self, amount):
        return formatLang(self.env, amount / 100, currency_obj=self.currency_id)

    def _side_title(self, side):
        return {
            "charge": self.env._("Charges"),
            "product": self.env._("Products"),
            "in_kind_charge": self.env._("Use of voluntary contributions"),
            "in_kind_product": self.env._("Voluntary contributions"),
        }[side]
