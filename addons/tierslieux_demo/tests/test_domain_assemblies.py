# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import unittest
from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.tierslieux_demo.domain import assemblies, turnout

DAYS = st.dates(date(2026, 1, 1), date(2040, 12, 31))
# Electors of a voter each: 1 to 3
ELECTORATES = st.lists(st.integers(1, 3), min_size=8, max_size=120)


class TestAssemblies(unittest.TestCase):
    @given(DAYS)
    def test_notice_and_order(self, today):
        plans = assemblies.generate(today)
        for name, days in (("annual", 15), ("consultation", 15), ("extraordinary", 15)):
            plan = plans[name]
            notice = plan["start"].date() - plan["convened"].date()
            self.assertGreaterEqual(notice, timedelta(days=days))
            self.assertLess(plan["convened"].date(), today)
            self.assertLess(plan["start"], plan["end"])
        self.assertEqual(plans["annual"]["start"].weekday(), assemblies.SATURDAY)
        # its roll is closed after the team joined, at the latest 75 days ago
        self.assertGreater(
            plans["annual"]["convened"].date(), today - timedelta(days=75)
        )
        self.assertLess(plans["annual"]["end"].date(), today - timedelta(days=7))
        self.assertLess(plans["consultation"]["start"].date(), today)
        self.assertGreater(plans["consultation"]["end"].date(), today)
        self.assertGreater(plans["board"]["start"].date(), today)


class TestTurnout(unittest.TestCase):
    @given(ELECTORATES)
    def test_attendance(self, sizes):
        electors = []
        for voter, size in enumerate(sizes):
            electors += [(len(electors) + at, voter) for at in range(size)]
        voter_of = dict(electors)
        team = {0, 1, 2}
        came = turnout.attendance(electors, team, 0)
        self.assertEqual(came, turnout.attendance(electors, team, 0))
        there = {voter for voter, _mode in came["arrivals"]}
        self.assertEqual(len(there), len(came["arrivals"]))
        self.assertLessEqual(team, there)
        votes = sum(voter in there for _elector, voter in electors)
        self.assertGreaterEqual(votes * 100, len(electors) * turnout.THERE_PERCENT)
        held = Counter(voter_of[h] for _p, h in came["proxies"] if h is not None)
        for principal, holder in came["proxies"]:
            self.assertNotIn(voter_of[principal], there)
            self.assertTrue(holder is None or voter_of[holder] in there - {0})
        self.assertTrue(all(n <= turnout.PROXIES_HELD for n in held.values()))
        principals = [principal for principal, _holder in came["proxies"]]
        self.assertEqual(len(set(principals)), len(principals))
        self.assertFalse(set(came["leaving"]) & team)

    @given(st.integers(), st.sampled_from(sorted(turnout.OPINIONS)))
    def test_a_choice_can_be_cast(self, elector, key):
        for college in ("venue", "company", "public"):
            chosen = turnout.choice(key, elector, college)
            self.assertIn(chosen, (*turnout.CHOICES, "blank"))

    @given(st.integers(), st.lists(st.integers(), min_size=1, unique=True))
    def test_a_ranking_names_nobody_twice(self, elector, candidates):
        ranked = turnout.ranking(elector, candidates)
        self.assertEqual(len(set(ranked)), len(ranked))
        self.assertLessEqual(set(ranked), set(candidates))

    def test_a_sample_of_a_large_network_votes(self):
        there = list(range(2000))
        asked = turnout.voters(there, "accounts", 97)
        self.assertEqual(len(set(asked)), turnout.VOTERS)
        self.assertEqual(len(turnout.voters(there[:50], "accounts", 50)), 25)
