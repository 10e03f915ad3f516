"""Score voting: the highest sum of points wins, or the highest mean.

With the sum, a candidate to whom a voter gives nothing gets nought; with the mean, that
voter is left out of the candidate's mean. Source: W. Smith, "Range voting" (2000).
"""

from fractions import Fraction

from .ballots import Outcome, check_seats
from .ties import Ties

RULES = (
    "The highest sum of points wins; a candidate left out of a ballot gets nought.",
    "Ties go by lot.",
)


def count(candidates, points, seats=1, seed=0, mean=False):
    """Count an election.

    Its only round is ``{"round": 1, "votes": {name: points or mean}, "voters": {name:
    those who gave points}}``.

    :param candidates: distinct names
    :param points: ``{tuple of (candidate, points): voters}``
    :param mean: rank by the mean of the points given rather than by their sum
    :raises BallotError: no seats
    """
    check_seats(seats)
    sums = dict.fromkeys(candidates, 0)
    givers = dict.fromkeys(candidates, 0)
    for ballot, voters in points.items():
        for candidate, given in ballot:
            sums[candidates[candidate]] += given * voters
            givers[candidates[candidate]] += voters
    values = sums
    if mean:
        values = {
            name: Fraction(sums[name]) / givers[name] if givers[name] else 0
            for name in candidates
        }
    ties = Ties(seed)
    winners = ties.highest(values, seats, "order of election")
    shown = {"round": 1, "votes": values, "voters": givers}
    return Outcome(winners, [shown], ties=ties.log)
