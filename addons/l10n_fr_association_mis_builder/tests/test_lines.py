# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re
from collections import defaultdict

from odoo.tests import tagged

from odoo.addons.l10n_fr_association.tests.common import AssociationCase

TERM = re.compile(r"\b([pn]?)bal([a-z])\[([^\]]*)\]")
#: ``pbal`` takes an account when it is debit, ``nbal`` when it is credit.
SIDES = {"p": (1,), "n": (-1,), "": (1, -1)}


def lines_of(kpis):
    """``[(line, (prefixes), signs it takes)]``, what was carried forward left out."""
    found = []
    for kpi in kpis:
        for expression in kpi.expression_ids:
            if expression.subkpi_id.name == "net" or kpi.name.startswith("memo"):
                continue
            for sign, mode, prefixes in TERM.findall(expression.name or ""):
                if mode != "u":
                    codes = tuple(prefixes.replace("%", "").split(","))
                    found.append((kpi.name, codes, SIDES[sign]))
    return found


def takers(lines, code, side):
    """Names of the lines that take an account when it is debit (1) or credit (-1)."""
    return [
        name
        for name, prefixes, sides in lines
        if side in sides
        for prefix in prefixes
        if code.startswith(prefix)
    ]


@tagged("post_install", "-at_install")
class TestLines(AssociationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        module = "l10n_fr_association_mis_builder"
        reports = {
            name: cls.env.ref(f"{module}.report_{name}")
            for name in ("assets", "liabilities", "income")
        }
        sheet = (reports["assets"] | reports["liabilities"]).kpi_ids
        income = reports["income"].kpi_ids
        cls.sheet, cls.income = (
            lines_of(kpis.filtered(lambda kpi: kpi.name != "control"))
            for kpis in (sheet, income)
        )

    def _lines(self, code):
        """``({lines of the balance sheet}, {lines of the income statement})``"""
        return tuple(
            {tuple(takers(lines, code, side)) for side in (1, -1)}
            for lines in (self.sheet, self.income)
        )

    def test_each_number_has_its_line(self):
        """Whatever accounts are added: each has one line, debit or credit."""
        wrong = defaultdict(list)
        for number in range(10000, 90000):
            code = str(number)
            sheet, income = self._lines(code)
            if code[0] in "12345":
                right = all(len(names) == 1 for names in sheet) and income == {()}
            elif code[0] in "67":
                taken = {len(names) for names in income}
                right = sheet == {("result",)} and taken == {1}
            else:
                taken = {len(names) for names in income}
                voluntary = code[:2] in ("86", "87")
                right = sheet == {()} and taken == {int(voluntary)}
            if not right:
                wrong[code[:3]].append((code, sheet, income))
        self.assertFalse({key: found[0] for key, found in wrong.items()})

    def test_each_account_of_the_chart_has_its_line(self):
        for code in self.accounts:
            sheet, income = self._lines(code)
            lines = {"8": income}.get(code[0], sheet)
            self.assertEqual({len(names) for names in lines}, {1}, code)
            if code[0] in "67":
                self.assertEqual({len(names) for names in income}, {1}, code)

    def test_lines_of_some_accounts(self):
        lines = {
            "194000": "dedicated",
            "106800": "reserves_project",
            "120000": "carried_forward",
            "131000": "investment_grants",
            "281300": "buildings",
            "468100": "other_debts",
            "756100": "fees",
            "741000": "subsidies",
            "730000": "subsidies",
            "754120": "gifts",
            "757100": "bequests",
            "657100": "assistance",
            "689400": "dedicated_set",
            "789400": "dedicated_used",
            "891000": None,
            "864000": "use_volunteers",
            "875000": "kind_volunteers",
        }
        statements = {"6": self.income, "7": self.income, "8": self.income}
        for code, line in lines.items():
            found = takers(statements.get(code[0], self.sheet), code, -1)
            self.assertEqual(found, [line] if line else [], code)
        # a bank account is an asset, or a debt when it is overdrawn
        self.assertEqual(takers(self.sheet, "512100", 1), ["cash"])
        self.assertEqual(takers(self.sheet, "512100", -1), ["bank_loans"])
