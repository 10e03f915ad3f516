"""Schulze's method with winning votes; candidates left out of a ballot are tied last.

The strength of a path is that of its weakest link; a link from a to b is the number of
voters who prefer a to b, when more do than prefer b to a. A candidate ranks above
another when the strongest path to it is stronger than the strongest path back.
Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and
Condorcet-consistent single-winner election method", Social Choice and Welfare 36
(2011).
"""

from .ballots import BallotError, Outcome, check_seats
from .ties import Ties

RULES = (
    "Strength of a link: winning votes; candidates left out of a ballot are tied last.",
    "Where nothing ranks the best that remain apart, the lot does.",
)


def count(candidates, orders, seats=1, seed=0):
    """Count an election.

    The only round is ``{"round": 1, "pairwise": {a: {b: voters who prefer a}},
    "paths": {a: {b: strength}}, "ranking": [[names of a rank], …]}``; ``details`` has
    the ``condorcet_winner``, a name or None.

    :param candidates: distinct names
    :param orders: orders with equal ranks, as :func:`ballots.orders` gives them
    :param seats: the winners are the first of the ranking
    :raises BallotError: no seats, or no ballot that ranks anyone
    """
    check_seats(seats)
    if not any(voters for order, voters in orders.items() if order):
        raise BallotError("no ballot ranks anyone")
    preferred = pairwise(len(candidates), orders)
    paths = strongest_paths(preferred)
    ties = Ties(seed)
    everyone = range(len(candidates))
    winners = []
    remaining = set(everyone)
    while remaining and len(winners) < seats:
        best = [candidates[one] for one in _undefeated(paths, remaining)]
        if len(best) > 1:
            best = [ties.settle(best, "order of election", 1)]
        winners += best
        remaining.remove(candidates.index(best[0]))
    shown = {
        "round": 1,
        "pairwise": _table(candidates, preferred),
        "paths": _table(candidates, paths),
        "ranking": [
            [candidates[one] for one in rank] for rank in _ranks(paths, set(everyone))
        ],
    }
    condorcet = [
        candidates[a]
        for a in everyone
        if all(preferred[a][b] > preferred[b][a] for b in everyone if b != a)
    ]
    details = {"condorcet_winner": condorcet[0] if condorcet else None}
    return Outcome(winners, [shown], ties=ties.log, details=details)


def pairwise(size, orders):
    """``preferred[a][b]``: how many voters rank a above b, one list a candidate.

    Only pairs that a ballot ranks are visited: a ranked candidate is above all others,
    but for those that the ballot places before it or beside it.
    """
    ranked = [0] * size
    not_above = [[0] * size for _ in range(size)]
    for order, voters in orders.items():
        before = []
        for rank in order:
            for a in rank:
                ranked[a] += voters
                row = not_above[a]
                for b in before:
                    row[b] += voters
                for b in rank:
                    row[b] += voters
            before += rank
    return [[ranked[a] - less for less in not_above[a]] for a in range(size)]


def strongest_paths(preferred):
    """The strength of the strongest path between any two, 0 where there is none.

    Floyd and Warshall's algorithm, of cubic time in the number of candidates.
    """
    size = range(len(preferred))
    paths = [
        [preferred[a][b] if preferred[a][b] > preferred[b][a] else 0 for b in size]
        for a in size
    ]
    for middle in size:
        onward = paths[middle]
        for a in size:
            reach = paths[a][middle]
            if a != middle and reach:
                row = paths[a]
                for b in size:
                    if b != a:
                        link = reach if reach < onward[b] else onward[b]
                        if link > row[b]:
                            row[b] = link
    return paths


def _undefeated(paths, remaining):
    return [
        a
        for a in sorted(remaining)
        if all(paths[a][b] >= paths[b][a] for b in remaining)
    ]


def _ranks(paths, remaining):
    while remaining:
        rank = _undefeated(paths, remaining)
        yield rank
        remaining = remaining - set(rank)


def _table(candidates, matrix):
    return {
        a: {b: number for b, number in zip(candidates, row, strict=True) if b != a}
        for a, row in zip(candidates, matrix, strict=True)
    }
