# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import replace
from datetime import date
from unittest import TestCase

from odoo.addons.tierslieux_funding.domain.eligibility import (
    REASONS,
    Expense,
    Rules,
    eligible,
    refusals,
)

RULES = Rules(
    date_from=date(2026, 1, 1),
    date_to=date(2026, 12, 31),
    categories=frozenset({60, 61}),
    actions=frozenset({1}),
    paid_until=date(2027, 1, 31),
    flat=True,
    vat=False,
)
GOOD = Expense(
    date=date(2026, 5, 4),
    gross=120_00,
    vat=20_00,
    revenue=10_00,
    category=60,
    action=1,
    evidence=1,
    paid_on=date(2026, 6, 1),
)
BAD = {
    "not_posted": {"posted": False},
    "credit": {"gross": -120_00},
    "before_period": {"date": date(2025, 12, 31)},
    "after_period": {"date": date(2027, 1, 1)},
    "category": {"category": 62},
    "action": {"action": None},
    "flat": {"indirect": True},
    "vat": {"is_vat": True},
    "duplicate": {"duplicate": True},
    "evidence": {"evidence": 0},
    "not_paid": {"paid_on": None},
    "paid_late": {"paid_on": date(2027, 2, 1)},
    "nothing_left": {"revenue": 100_00},
}


class TestEligibility(TestCase):
    def test_recovered_vat_and_revenue_are_taken_off(self):
        self.assertEqual(refusals(GOOD, RULES), ())
        self.assertEqual(eligible(GOOD, RULES), 90_00)

    def test_each_refusal_has_its_reason(self):
        for reason, change in BAD.items():
            with self.subTest(reason):
                expense = replace(GOOD, **change)
                self.assertEqual(refusals(expense, RULES), (reason,))
                self.assertEqual(eligible(expense, RULES), 0)
        self.assertEqual(
            refusals(GOOD, replace(RULES, secured=False)), ("not_secured",)
        )
        self.assertEqual(set(BAD) | {"not_secured"}, set(REASONS))

    def test_all_reasons_at_once(self):
        expense = replace(GOOD, evidence=0, paid_on=None, category=62)
        self.assertEqual(refusals(expense, RULES), ("category", "evidence", "not_paid"))

    def test_what_is_not_asked_refuses_nothing(self):
        open_rules = Rules(date_from=RULES.date_from, date_to=RULES.date_to)
        expense = replace(GOOD, category=None, action=None, paid_on=None)
        self.assertEqual(eligible(expense, open_rules), 90_00)

    def test_the_days_at_both_ends_count(self):
        for day in (RULES.date_from, RULES.date_to):
            self.assertEqual(eligible(replace(GOOD, date=day), RULES), 90_00)
