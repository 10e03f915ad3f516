"""Majority judgment: the best majority grade wins; ties by the grades that follow it.

The majority grade is the median; with an even number of voters, the lower of the two in
the middle. Two candidates of one grade are compared by taking one median ballot from
each, again and again, until their medians differ: the first to have the better one is
ahead. A voter who does not grade a candidate gives the lowest grade. Source:
M. Balinski and R. Laraki, "Majority Judgment" (MIT Press, 2011), chapters 1 and 12.
"""

from itertools import accumulate

from .ballots import BallotError, Outcome, check_seats
from .ties import Ties

RULES = (
    "The best median grade wins, the lower of the two middle ones with an even number"
    " of voters; ties go by the medians that follow as median ballots are taken away.",
    "A candidate left out of a ballot gets the lowest grade; in rankings the rank is"
    " the grade.",
    "Candidates with the same grades are told apart by lot.",
)


def count(candidates, points, seats=1, seed=0, lowest=0):
    """Count an election.

    Its only round is ``{"round": 1, "grades": {name: {grade: voters}}, "medians":
    {name: majority grade}}``, grades from the best down.

    :param candidates: distinct names
    :param points: ``{tuple of (candidate, grade): voters}``, grades that compare
    :param lowest: the grade of those left out; the lowest given if that is lower
    :raises BallotError: no seats, or no ballots
    """
    check_seats(seats)
    total = sum(points.values())
    if not total:
        raise BallotError("there are no ballots")
    given = {grade for ballot in points for _, grade in ballot}
    lowest = min([lowest, *given])
    scale = sorted(given | {lowest})
    table = [dict.fromkeys(scale, 0) for _ in candidates]
    for ballot, voters in points.items():
        for candidate, grade in ballot:
            table[candidate][grade] += voters
    for row in table:
        row[lowest] += total - sum(row.values())
    keys = _keys(table, total)
    ties = Ties(seed)
    winners = ties.highest(
        dict(zip(candidates, keys, strict=True)), seats, "order of election"
    )
    shown = {
        "round": 1,
        "grades": {
            name: {grade: row[grade] for grade in reversed(scale)}
            for name, row in zip(candidates, table, strict=True)
        },
        "medians": {
            name: key[0][0] for name, key in zip(candidates, keys, strict=True)
        },
    }
    return Outcome(winners, [shown], ties=ties.log)


def _keys(table, total):
    """Keys that compare as the medians do, one after the other.

    Taking medians away walks outward from the middle of the sorted grades: the lower
    neighbour, the upper, the lower… Between two steps at which a grade of any candidate
    begins or ends, all candidates repeat one (lower, upper) pair: it suffices to
    compare one pair for each such stretch.
    """
    lower, upper = (total - 1) // 2, total // 2
    ends = [list(accumulate(row.values())) for row in table]
    steps = {0}
    for row in ends:
        # Positions below an end and from it on differ: on the way down or on the way up
        for end in row:
            steps.add(lower - end + 1)
            steps.add(end - upper)
    steps = sorted(step for step in steps if 0 <= step <= lower)
    return [
        tuple(
            (_grade_at(row, end, lower - step), _grade_at(row, end, upper + step))
            for step in steps
        )
        for row, end in zip(table, ends, strict=True)
    ]


def _grade_at(row, ends, position):
    for grade, end in zip(row, ends, strict=True):
        if position < end:
            return grade
    raise IndexError(position)
