# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from fractions import Fraction
from itertools import product
from unittest import TestCase

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.tierslieux_funding.domain.allocation import (
    Conflict,
    Funder,
    Part,
    propose,
)
from odoo.addons.tierslieux_funding.domain.claim import share

SLOW = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
PARENTS = {641: 64, 645: 64}
LINES = (60, 64, 641, 645)


def one(key, amount, shown=("city",), line=60, expense=None, left=None):
    return Part(
        key,
        expense or key,
        amount,
        amount if left is None else left,
        dict.fromkeys(shown, 0),
        line,
    )


def above(line):
    return {line, PARENTS.get(line)} - {None}


CENTS = st.integers(0, 10**6)


@st.composite
def networks(draw, most=6, cents=CENTS, percents=True):
    funders = []
    for key in range(draw(st.integers(1, 3))):
        lines = st.dictionaries(st.sampled_from(LINES), cents, max_size=2)
        funders.append(
            Funder(
                key,
                draw(cents),
                Fraction(draw(st.integers(1, 100)), 100),
                draw(lines),
                draw(
                    st.dictionaries(
                        st.sampled_from(LINES),
                        st.fractions(0, 1, max_denominator=100),
                        max_size=1,
                    )
                )
                if percents
                else {},
                draw(lines),
            )
        )
    parts = []
    for key in range(draw(st.integers(0, most))):
        amount = draw(cents)
        shown = draw(
            st.dictionaries(
                st.sampled_from([funder.key for funder in funders]),
                st.integers(0, amount),
            )
        )
        parts.append(
            Part(
                key,
                draw(st.integers(0, max(1, most // 2))),
                amount,
                draw(st.integers(0, amount)),
                shown,
                draw(st.sampled_from((None, *LINES))),
            )
        )
    return parts, funders


class TestAllocationRule(TestCase):
    def broken(self, parts, funders, amounts):
        """The rules that amounts ``{(part, funder): cents}`` break."""
        by_key = {part.key: part for part in parts}
        charged = defaultdict(int)
        for (key, _funder), cents in amounts.items():
            charged[key] += cents
        found = [("left", key) for key in charged if charged[key] > by_key[key].left]
        for funder in funders:
            mine = {
                key: cents
                for (key, whom), cents in amounts.items()
                if whom == funder.key and cents
            }
            pairs = [(by_key[key], cents) for key, cents in mine.items()]
            found += self.broken_by_parts(funder, pairs)
            found += self.broken_by_sums(funder, pairs)
        return found

    def broken_by_parts(self, funder, mine):
        for part, cents in mine:
            if funder.key not in part.shown:
                yield "not eligible", part.key
            elif cents > share(part.amount - part.shown[funder.key], funder.rate):
                yield "rate", part.key

    def broken_by_sums(self, funder, mine):
        # what was above its cap before is no fault of the proposal
        before, sums = defaultdict(int), defaultdict(int)
        for line, cents in funder.by_line.items():
            for each in above(line):
                before[each] += cents
                sums[each] += cents
        for part, cents in mine:
            for each in above(part.line):
                sums[each] += cents
        asked = sum(cents for _part, cents in mine)
        if asked > funder.asked:
            yield "asked", funder.key
        total = funder.charged + asked
        for line, cap in funder.caps.items():
            if sums[line] > max(cap, before[line]):
                yield "cap", line
        for line, percent in funder.percents.items():
            if sums[line] > max(total * percent, before[line]):
                yield "percent", line

    def test_what_is_charged_whole_is_shown_whole(self):
        """60 % of 218,83 is 131,29: no cent of the bill stays apart."""
        city = Funder("city", 131_29, Fraction(60, 100), {}, {}, {})
        (found,) = propose([one("bill", 218_83)], [city]).allocations
        self.assertEqual((found.base, found.amount), (218_83, 131_29))

    @SLOW
    @given(networks())
    def test_every_rule_holds(self, network):
        parts, funders = network
        found = propose(parts, funders, PARENTS)
        amounts = {(one.part, one.funder): one.amount for one in found.allocations}
        self.assertEqual(self.broken(parts, funders, amounts), [])
        by_key = {part.key: part for part in parts}
        for funder in funders:
            mine = [one for one in found.allocations if one.funder == funder.key]
            self.assertEqual(found.reached[funder.key], sum(one.amount for one in mine))
            for one_ in mine:
                part = by_key[one_.part]
                self.assertLessEqual(one_.amount, share(one_.base, funder.rate))
                self.assertLessEqual(one_.base + part.shown[funder.key], part.amount)

    @SLOW
    @given(networks(percents=False))
    def test_conflicts_sum_to_what_is_reached(self, network):
        """They are a cut: nobody gets more from these expenses, whatever is done."""
        parts, funders = network
        found = propose(parts, funders, PARENTS)
        asked = {funder.key: funder.asked for funder in funders}
        missing = {key for key in asked if found.reached[key] < asked[key]}
        self.assertLessEqual(missing, set(found.short))
        self.assertEqual(bool(missing), bool(found.short))
        self.assertEqual(
            sum(conflict.limit for conflict in found.conflicts),
            sum(found.reached[key] for key in found.short),
        )

    @SLOW
    @given(networks(most=3, cents=st.integers(0, 3)))
    def test_what_is_asked_is_reached_whenever_it_can_be(self, network):
        parts, funders = network
        found = propose(parts, funders, PARENTS)
        ways = [
            (part.key, funder.key)
            for part in parts
            for funder in funders
            if funder.key in part.shown
        ][:6]
        most = {part.key: part.left for part in parts}
        possible = False
        for cents in product(*(range(most[part] + 1) for part, _funder in ways)):
            amounts = dict(zip(ways, cents, strict=True))
            sums = defaultdict(int)
            for (_part, funder), amount in amounts.items():
                sums[funder] += amount
            if all(
                sums[funder.key] == funder.asked for funder in funders
            ) and not self.broken(parts, funders, amounts):
                possible = True
                break
        if possible:
            self.assertFalse(found.short)

    def test_an_expense_that_two_may_pay_goes_to_whom_it_serves(self):
        """The first funder takes what the second cannot."""
        parts = [
            one("shared", 100, ("city", "region")),
            one("own", 100, ("city",)),
        ]
        found = propose(parts, [Funder("city", 100), Funder("region", 100)])
        self.assertEqual(found.reached, {"city": 100, "region": 100})
        self.assertFalse(found.short)

    def test_the_rate_stands_in_the_way(self):
        found = propose(
            [one("a", 1000), one("b", 500)], [Funder("city", 1000, Fraction(1, 2))]
        )
        self.assertEqual(found.reached, {"city": 750})
        self.assertEqual(found.conflicts, [Conflict("rate", 750, "city", None, 2)])

    def test_a_cap_and_the_expenses_stand_in_the_way(self):
        parts = [one("pay", 5000, line=641), one("paper", 300)]
        found = propose(parts, [Funder("city", 3000, caps={64: 1000})], PARENTS)
        self.assertEqual(found.reached, {"city": 1300})
        self.assertEqual(
            sorted(found.conflicts, key=lambda conflict: conflict.rule),
            [
                Conflict("cap", 1000, "city", 64, 1),
                Conflict("rate", 300, "city", None, 1),
            ],
        )

    def test_two_compete_for_one_expense(self):
        found = propose(
            [one("a", 100, ("city", "region")), one("b", 100, ("state",))],
            [Funder("city", 80), Funder("region", 80), Funder("state", 100)],
        )
        self.assertEqual(sum(found.reached.values()), 200)
        self.assertEqual(found.short, ["city", "region"])
        self.assertEqual(found.conflicts, [Conflict("expense", 100, count=1)])

    def test_nothing_fits(self):
        found = propose([one("a", 100, ())], [Funder("city", 80)])
        self.assertEqual((found.short, found.conflicts), (["city"], []))

    def test_percent_of_all_that_is_shown(self):
        parts = [one("pay", 9000, line=641), one("paper", 300)]
        funder = Funder("city", 600, percents={64: Fraction(40, 100)})
        found = propose(parts, [funder], PARENTS)
        self.assertEqual(found.reached, {"city": 500})
        self.assertEqual(found.short, ["city"])

    def test_one_expense_two_actions(self):
        parts = [
            one("a", 60, ("city",), expense="rent"),
            one("b", 40, ("region",), expense="rent"),
        ]
        found = propose(parts, [Funder("city", 100), Funder("region", 100)])
        self.assertEqual(found.reached, {"city": 60, "region": 40})
