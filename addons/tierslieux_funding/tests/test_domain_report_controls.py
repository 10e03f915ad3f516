# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import copy
import unittest

from ..domain.financial_report import table, totals
from ..domain.report_controls import ADVISORY, controls

LINES = [
    {"code": code, "name": f"Ligne {code}", "side": side, "parent": None}
    for code, side in (
        ("60", "charge"),
        ("74", "product"),
        ("864", "in_kind_charge"),
        ("870", "in_kind_product"),
    )
]
LEDGER = {"60": 1000_00, "74": 1000_00, "864": 50_00, "870": 50_00}


def good():
    """``(content, ledger, rules)`` of a report of one expense that passes."""
    rows = table(LINES, {"60": 900_00, "74": 900_00}, LEDGER)
    expense = {
        "number": 1,
        "line": "60",
        "account_line": "60",
        "date": "2026-03-15",
        "paid": "2026-04-01",
        "posted": True,
        "action": "Carte",
        "receipts": [{"number": "J001"}],
        "corrects": None,
        "cost": 1000_00,
        "base": 1000_00,
        "charged": 1000_00,
    }
    content = {
        "period": {"from": "2026-01-01", "to": "2026-12-31"},
        "agreement": {"from": "2026-01-01", "to": "2026-12-31"},
        "posted_until": "2027-01-31",
        "drawn_on": "2027-02-01",
        "table": rows,
        "totals": totals(rows),
        "expenses": [expense],
        "products": [{"line": "74", "cost": 1000_00}],
        "in_kind": [{"line": "864", "cost": 50_00}, {"line": "870", "cost": 50_00}],
        "grant": {
            "award": 1000_00,
            "moved": 0,
            "given_back": 0,
            "returned": 0,
            "charged": 1000_00,
            "due": 1000_00,
            "earlier": 0,
            "received": 1000_00,
            "over_funding": 0,
        },
        "keys": [{"name": "Loyer", "parts": [{"share": 40_000}, {"share": 60_000}]}],
        "variances": [{"name": "Ligne 60"}],
        "texts": {"variances": "Le papier a coûté plus."},
    }
    rules = {
        "paid_required": True,
        "paid_until": "2026-12-31",
        "categories": {"60"},
        "caps": {"60": (1000_00, 1000_00)},
        "over_charged": set(),
        "duplicates": set(),
        "refusals": {},
        "texts": [],
        "annexes": [],
        "deadline": "2027-06-30",
    }
    return content, dict(LEDGER), rules


def expense(**values):
    return lambda content, ledger, rules: content["expenses"][0].update(values)


def grant(**values):
    return lambda content, ledger, rules: content["grant"].update(values)


def total(side, column, amount):
    return lambda content, ledger, rules: content["totals"][side].update(
        {column: amount}
    )


def rule(**values):
    return lambda content, ledger, rules: rules.update(values)


def content(**values):
    return lambda content, ledger, rules: content.update(values)


#: An error made for each control: just beyond what it lets pass.
ERRORS = {
    "balance": total("charge", "actual", 1000_01),
    "planned_balance": total("product", "planned", 899_99),
    "in_kind_balance": total("in_kind_charge", "actual", 50_01),
    "lines": lambda content, ledger, rules: content["products"][0].update(cost=999_99),
    "ledger": lambda content, ledger, rules: ledger.update({"60": 1000_01}),
    "period": expense(date="2025-12-31", paid="2026-01-02"),
    "posted": expense(posted=False),
    # one cent, that nobody is shown, on no line of the form
    "form_line": lambda content, ledger, rules: (
        content["expenses"].append(
            {**content["expenses"][0], "number": 2, "line": None, "cost": 1, "base": 0}
        ),
        ledger.update({None: 1}),
    ),
    "evidence": expense(receipts=[]),
    "paid": expense(paid="2027-01-01"),
    "allowed": expense(account_line="61"),
    "action": expense(action=""),
    "eligible": rule(refusals={1: "no receipt"}),
    "share": rule(over_charged={1}),
    "duplicate": rule(duplicates={1}),
    "caps": rule(caps={"60": (1000_00, 999_99)}),
    "due": grant(charged=1000_01),
    "over_funding": grant(over_funding=1),
    "received": grant(received=1000_01),
    "consumed": grant(charged=999_99, due=999_99),
    "key": lambda content, ledger, rules: content["keys"][0]["parts"][0].update(
        share=39_999
    ),
    "variances": content(texts={"variances": ""}),
    "texts": rule(texts=["Who benefited"]),
    "annexes": rule(annexes=["Activity report"]),
    "deadline": rule(deadline="2027-01-31"),
}


class TestReportControls(unittest.TestCase):
    """Each control catches the error made for it, and nothing else fails by it."""

    def failed(self, error=None):
        found = copy.deepcopy(good())
        if error:
            error(*found)
        return [one for one in controls(*found) if not one.passed]

    def test_a_good_report_passes(self):
        self.assertFalse(self.failed())

    def test_every_control_has_its_error(self):
        self.assertEqual([one.code for one in controls(*good())], list(ERRORS))

    def test_each_error_is_caught_by_its_control(self):
        for code, error in ERRORS.items():
            with self.subTest(control=code):
                failed = self.failed(error)
                self.assertEqual([one.code for one in failed], [code])
                self.assertEqual(failed[0].blocking, code not in ADVISORY)

    def test_other_ways_to_fail(self):
        """The same controls, by their other conditions."""
        for code, error in (
            ("balance", total("product", "actual_euros", 999)),
            ("ledger", lambda content, ledger, rules: ledger.update({"61": 1})),
            ("period", content(agreement={"from": "2026-04-01", "to": "2026-12-31"})),
            ("posted", content(posted_until="2026-03-14")),
            ("paid", expense(paid=None)),
            # due for the period, with what was due before, is more than the award
            ("due", grant(earlier=1)),
        ):
            with self.subTest(control=code):
                self.assertEqual([one.code for one in self.failed(error)], [code])

    def test_lines_are_named(self):
        for code in ("period", "evidence", "share", "duplicate"):
            [failed] = self.failed(ERRORS[code])
            self.assertEqual(failed.lines, (1,))
        [failed] = self.failed(ERRORS["lines"])
        self.assertEqual(failed.found["names"], ["Ligne 74"])

    def test_what_was_received_goes_back(self):
        """Not spent: to be given back; once given back, nothing is."""
        unspent = grant(charged=600_00, due=600_00)
        [failed] = self.failed(unspent)
        self.assertEqual((failed.code, failed.found["repay"]), ("consumed", 400_00))
        given = grant(
            charged=600_00,
            due=600_00,
            award=600_00,
            given_back=400_00,
            returned=400_00,
        )
        self.assertFalse(self.failed(given))
        half = grant(
            charged=600_00, due=600_00, award=700_00, given_back=300_00, returned=300_00
        )
        [failed] = self.failed(half)
        self.assertEqual((failed.found["unused"], failed.found["repay"]), (100_00,) * 2)

    def test_what_is_not_asked_is_not_controlled(self):
        found = good()
        found[0]["keys"] = []
        found[2].update(paid_required=False, categories=None)
        codes = {one.code for one in controls(*found)}
        self.assertEqual(set(ERRORS) - codes, {"key", "paid", "allowed"})
