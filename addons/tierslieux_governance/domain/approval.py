"""Approval voting: the most approvals win. A blank ballot approves nobody.

Source: S. Brams and P. Fishburn, "Approval voting", American Political Science Review
72 (1978).
"""

from .ballots import Outcome, check_seats
from .ties import Ties

RULES = (
    "The most approvals win; a candidate ranked, or given points, is approved.",
    "Ties go by lot.",
)


def count(candidates, approvals, seats=1, seed=0):
    """Count an election; its only round is ``{"round": 1, "votes": {name: voters}}``.

    >>> count(("Ada", "Grace"), {(0,): 2, (0, 1): 3}).winners
    ['Ada']

    :param candidates: distinct names
    :param approvals: ``{tuple of candidates: voters}``
    :raises BallotError: no seats
    """
    check_seats(seats)
    votes = dict.fromkeys(candidates, 0)
    for ballot, voters in approvals.items():
        for candidate in ballot:
            votes[candidates[candidate]] += voters
    ties = Ties(seed)
    winners = ties.highest(votes, seats, "order of election")
    return Outcome(winners, [{"round": 1, "votes": votes}], ties=ties.log)
