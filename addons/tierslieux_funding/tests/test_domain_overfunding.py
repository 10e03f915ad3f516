# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from itertools import chain, combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.tierslieux_funding.domain.overfunding import excess

ACTIONS = "abcd"
amounts = st.integers(0, 6)


class TestOverfunding(BaseCase):
    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.fixed_dictionaries(dict.fromkeys(ACTIONS, amounts)),
        st.lists(st.tuples(amounts, st.sets(st.sampled_from(ACTIONS))), max_size=5),
    )
    def test_the_worst_set_of_actions(self, costs, grants):
        """What is too much is the most by which the grants that are for nothing but
        some actions exceed the costs of these."""
        grants = {
            f"grant {n}": (cents, sorted(to)) for n, (cents, to) in enumerate(grants)
        }
        sets = chain.from_iterable(
            combinations(ACTIONS, size) for size in range(len(ACTIONS) + 1)
        )
        worst = max(
            sum(cents for cents, to in grants.values() if set(to) <= set(actions))
            - sum(costs[action] for action in actions)
            for actions in sets
        )
        over, actions, too_many = excess(costs, grants)
        self.assertEqual(over, worst)
        if over:
            self.assertEqual(
                sum(grants[grant][0] for grant in too_many)
                - sum(costs[action] for action in actions),
                over,
            )
            for grant in too_many:
                self.assertLessEqual(set(grants[grant][1]), set(actions))

    def test_a_grant_makes_room_for_another(self):
        costs = {"map": 100, "site": 100}
        grants = {"wide": (100, ["map", "site"]), "narrow": (100, ["map"])}
        self.assertEqual(excess(costs, grants), (0, [], []))
        grants["narrow"] = (120, ["map"])
        self.assertEqual(excess(costs, grants), (20, ["map"], ["narrow"]))
