"""Approval, score and majority judgment."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tierslieux_governance_domain import (
    approval,
    ballots,
    majority_judgment,
    score,
)

NAMES = ("Ada", "Barbara", "Edith", "Grace")
few = settings(max_examples=80, deadline=None)

rated = st.dictionaries(
    st.dictionaries(st.integers(0, 3), st.integers(0, 4)).map(
        lambda given_: tuple(sorted(given_.items()))
    ),
    st.integers(1, 6),
    min_size=1,
    max_size=8,
)


def test_approval_ranks_by_approvals():
    result = approval.count(NAMES, {(0, 1): 3, (1,): 2, (): 9}, seats=2)
    assert result.winners == ["Barbara", "Ada"]
    assert result.rounds[0]["votes"]["Grace"] == 0
    assert not result.ties


def test_score_by_sum_and_by_mean():
    points = {((0, 3),): 4, ((1, 5),): 1}
    assert score.count(NAMES, points).winners == ["Ada"]
    result = score.count(NAMES, points, mean=True)
    assert result.winners == ["Barbara"]
    assert result.rounds[0]["votes"]["Ada"] == 3
    assert result.rounds[0]["voters"]["Ada"] == 4


def test_score_is_exact():
    points = {((0, Fraction(1, 3)),): 3, ((1, 1),): 1}
    result = score.count(NAMES[:2], points)
    assert result.ties[0]["tied"] == ["Ada", "Barbara"]


def test_the_lower_middle_grade_of_an_even_number():
    points = {((0, 4), (1, 2)): 1, ((0, 1), (1, 2)): 1}
    result = majority_judgment.count(NAMES[:2], points)
    assert result.rounds[0]["medians"] == {"Ada": 1, "Barbara": 2}
    assert result.winners == ["Barbara"]


def test_whoever_is_not_graded_gets_the_lowest_grade():
    points = {((0, 3),): 1, ((1, 2),): 2}
    result = majority_judgment.count(NAMES[:2], points)
    assert result.rounds[0]["grades"]["Ada"] == {3: 1, 2: 0, 0: 2}
    assert result.winners == ["Barbara"]


def medians(grades):
    """The medians when median ballots are taken away one by one."""
    grades = sorted(grades)
    taken = []
    while grades:
        taken.append(grades.pop((len(grades) - 1) // 2))
    return taken


@few
@given(rated)
def test_majority_judgment_ballot_by_ballot(points):
    sequences = {
        name: medians(
            grade
            for ballot, voters in points.items()
            for grade in [dict(ballot).get(index, 0)] * voters
        )
        for index, name in enumerate(NAMES)
    }
    result = majority_judgment.count(NAMES, points, seats=4)
    found = [sequences[name] for name in result.winners]
    assert found == sorted(sequences.values(), reverse=True)
    tied = len({tuple(one) for one in sequences.values()}) < len(NAMES)
    assert bool(result.ties) == tied
    for name, sequence in sequences.items():
        assert result.rounds[0]["medians"][name] == sequence[0]


def test_majority_judgment_of_many_voters_is_quick():
    points = {((0, grade), (1, 4 - grade)): 10**9 + grade for grade in range(5)}
    result = majority_judgment.count(NAMES[:2], points)
    assert result.winners == ["Ada"]


@few
@given(st.data(), rated)
def test_order_of_ballots_changes_nothing(data, points):
    again = dict(data.draw(st.permutations(list(points.items()))))
    approvals = {tuple(one for one, _ in ballot): 1 for ballot in points}
    reordered = {tuple(one for one, _ in ballot): 1 for ballot in again}
    assert approval.count(NAMES, approvals) == approval.count(NAMES, reordered)
    assert score.count(NAMES, points) == score.count(NAMES, again)
    assert majority_judgment.count(NAMES, points) == majority_judgment.count(
        NAMES, again
    )


@few
@given(rated, st.sampled_from([score.count, majority_judgment.count]))
def test_a_better_grade_never_makes_the_winner_lose(points, count):
    winner = NAMES.index(count(NAMES, points).winners[0])
    better = {}
    for ballot, voters in points.items():
        grades = dict(ballot)
        grades[winner] = grades.get(winner, 0) + 1
        key = tuple(sorted(grades.items()))
        better[key] = better.get(key, 0) + voters
    assert count(NAMES, better).winners == [NAMES[winner]]


@few
@given(st.integers(), st.sets(st.sampled_from(NAMES), min_size=2))
def test_ties_are_logged_and_drawn_again(seed, names):
    names = tuple(sorted(names))
    result = approval.count(names, {tuple(range(len(names))): 1}, seed=seed)
    again = approval.count(names[::-1], {tuple(range(len(names))): 1}, seed=seed)
    assert result.winners == again.winners
    [tie] = result.ties
    assert tie == again.ties[0]
    assert tie["tied"] == list(names)
    assert tie["chosen"] == tie["drawn"][0] == result.winners[0]
    assert tie["seed"] == seed


def test_complete_rankings_approve_nobody():
    profile = ballots.Profile(ballots.RANKING, NAMES[:2], {(0, 1): 1, (1, 0): 2})
    with pytest.raises(ballots.BallotError, match="every candidate"):
        ballots.approvals(profile)


def test_rankings_give_no_points():
    profile = ballots.Profile(ballots.RANKING, NAMES[:2], {(0,): 1})
    with pytest.raises(ballots.BallotError, match="points"):
        ballots.points(profile)
