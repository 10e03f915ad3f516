"""Equal shares against a plain reading of the method, voter by voter."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tierslieux_governance_domain import ballots, equal_shares

NAMES = ("atelier", "bus", "composteur", "four")
few = settings(max_examples=60, deadline=None)
costs = st.lists(st.integers(0, 60), min_size=4, max_size=4)
approvals = st.dictionaries(
    st.sets(st.integers(0, 3)).map(lambda one: tuple(sorted(one))),
    st.integers(1, 4),
    min_size=1,
    max_size=6,
)


def plainly(costs, budget, utilities, increment):
    """One run: ``(bought, money left to each voter)``; utilities a voter's dict."""
    held = [Fraction(budget, len(utilities)) + increment for _ in utilities]
    bought = [
        index
        for index, cost in enumerate(costs)
        if not cost and any(index in one for one in utilities)
    ]
    while True:
        offers = []
        for index, cost in enumerate(costs):
            voters = [i for i, one in enumerate(utilities) if one.get(index)]
            if index in bought or not voters or sum(held[i] for i in voters) < cost:
                continue
            ratio = {i: held[i] / utilities[i][index] for i in voters}
            missing, rest = Fraction(cost), sum(utilities[i][index] for i in voters)
            for i in sorted(voters, key=ratio.get):
                if missing / rest <= ratio[i]:
                    break
                missing -= held[i]
                rest -= utilities[i][index]
            offers.append((missing / rest, cost, -len(voters), index))
        if not offers:
            return bought, held
        offers.sort()
        if len(offers) > 1 and offers[0][:3] == offers[1][:3]:
            return None, held  # It comes to the lot
        rho, _, _, index = offers[0]
        bought.append(index)
        for i, one in enumerate(utilities):
            if one.get(index):
                held[i] -= min(held[i], rho * one[index])


def completed(costs, budget, utilities):
    increment = 0
    bought, _ = plainly(costs, budget, utilities, 0)
    while bought is not None:
        left = budget - sum(costs[one] for one in bought)
        supported = {one for rated in utilities for one in rated if rated[one]}
        if not any(costs[one] <= left for one in supported - set(bought)):
            return bought
        increment += 1
        more, _ = plainly(costs, budget, utilities, increment)
        if more is None or sum(costs[one] for one in more) > budget:
            return bought if more is not None else None
        bought = more
    return None


def checked(result, budget):
    """What must hold of every outcome."""
    assert result.details["cost"] <= budget
    assert len(set(result.winners)) == len(result.winners)
    for shown in result.rounds:
        paid = sum(one["amount"] * one["voters"] for one in shown["payments"])
        assert paid == shown["cost"]
        for one in shown["payments"]:
            assert 0 < one["amount"] <= result.details["share"]
        assert sum(one["voters"] for one in shown["payments"]) <= shown["supporters"]


@few
@given(costs, st.integers(1, 150), approvals)
def test_add1_voter_by_voter(costs, budget, ballots_):
    result = equal_shares.count(NAMES, costs, budget, ballots_)
    checked(result, budget)
    utilities = [
        {one: costs[one] or 1 for one in ballot}
        for ballot, voters in ballots_.items()
        for _ in range(voters)
    ]
    expected = completed(costs, budget, utilities)
    if expected is not None:
        assert [NAMES.index(one) for one in result.winners] == expected


@few
@given(st.data(), costs, st.integers(1, 150))
def test_points_voter_by_voter(data, costs, budget):
    rated = data.draw(
        st.dictionaries(
            st.dictionaries(st.integers(0, 3), st.integers(0, 3)).map(
                lambda one: tuple(sorted(one.items()))
            ),
            st.integers(1, 3),
            min_size=1,
            max_size=5,
        ).filter(lambda one: any(one))
    )
    result = equal_shares.count(NAMES, costs, budget, rated, completion=None)
    checked(result, budget)
    utilities = [dict(one) for one, voters in rated.items() for _ in range(voters)]
    expected, held = plainly(
        costs, budget, [{k: v for k, v in one.items() if v} for one in utilities], 0
    )
    if expected is not None:
        assert [NAMES.index(one) for one in result.winners] == expected
        assert all(money >= 0 for money in held)


@few
@given(st.data(), costs, st.integers(1, 150), approvals)
def test_order_of_ballots_and_split_of_equal_ones_change_nothing(
    data, costs, budget, ballots_
):
    again = dict(data.draw(st.permutations(list(ballots_.items()))))
    first = equal_shares.count(NAMES, costs, budget, ballots_, seed="s")
    second = equal_shares.count(NAMES, costs, budget, again, seed="s")
    assert first == second


@few
@given(costs, st.integers(1, 150), approvals)
def test_money_scales(costs, budget, ballots_):
    """Cents or euros: the same projects, without completion, whose unit they are."""
    euros = equal_shares.count(NAMES, costs, budget, ballots_, completion=None)
    cents = equal_shares.count(
        NAMES,
        [Fraction(cost, 100) for cost in costs],
        Fraction(budget, 100),
        ballots_,
        completion=None,
    )
    assert cents.winners == euros.winners
    assert cents.details["cost"] * 100 == euros.details["cost"]


@few
@given(costs, st.integers(1, 150), approvals)
def test_filled_still_fits_and_keeps_what_was_bought(costs, budget, ballots_):
    plain = equal_shares.count(NAMES, costs, budget, ballots_, completion=None)
    filled = equal_shares.count(
        NAMES, costs, budget, ballots_, completion=None, fill=True
    )
    assert filled.winners[: len(plain.winners)] == plain.winners
    assert filled.details["cost"] <= budget
    left = budget - filled.details["cost"]
    for told in filled.details["left_out"].values():
        assert told["cost"] > left or not told["supporters"]


def test_a_project_that_unites_enough_voters_is_bought():
    # Three of four voters hold 75 together: enough for 70
    result = equal_shares.count(("a", "b"), (70, 90), 100, {(0,): 3, (1,): 1})
    assert result.winners == ["a"]
    assert result.rounds[0]["payments"] == [{"amount": Fraction(70, 3), "voters": 3}]
    assert result.details["left_out"] == {
        "b": {"cost": 90, "supporters": 1, "held": 25}
    }


def test_price_per_utility():
    by_cost = equal_shares.count(("a",), (60,), 100, {(0,): 3, (): 2}, completion=None)
    assert by_cost.rounds[0]["rho"] == Fraction(1, 3)
    # 45 for 2 + 2 + 0.5 points
    rated = {((0, 2),): 2, ((0, Fraction(1, 2)),): 1, (): 2}
    by_points = equal_shares.count(("a",), (45,), 100, rated, completion=None)
    assert by_points.rounds[0]["rho"] == 10
    assert by_points.rounds[0]["payments"] == [
        {"amount": 20, "voters": 2},
        {"amount": 5, "voters": 1},
    ]


def test_equal_prices_go_by_cost_then_by_lot():
    same = equal_shares.count(("a", "b"), (10, 10), 10, {(0, 1): 1}, seed=3)
    [tie] = same.ties
    assert tie["rule"] == "lot"
    cheap = equal_shares.count(("a", "b"), (10, 8), 10, {(0, 1): 1})
    assert cheap.winners == ["b"]
    assert cheap.ties[0]["rule"] == "lower cost"


@pytest.mark.parametrize(
    ("costs", "budget", "given_"),
    [((1, 1), 0, {(0,): 1}), ((1, -1), 5, {(0,): 1}), ((1, 1), 5, {})],
)
def test_what_cannot_be_counted_is_refused(costs, budget, given_):
    with pytest.raises(ballots.BallotError):
        equal_shares.count(("a", "b"), costs, budget, given_)
