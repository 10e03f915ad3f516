"""The queue of redemptions: first come, first paid, the capital above its floor.

A withdrawal takes effect at once, only the reimbursement waits. Nobody overtakes: a
small request behind a large one waits with it. Money is whole cents."""

from fractions import Fraction
from math import ceil
from typing import NamedTuple


class Turn(NamedTuple):
    key: object
    #: 1 is next
    rank: int
    amount: int
    #: what is asked for before it, and not paid yet
    ahead: int
    #: capital once this one and those before it are paid
    remaining: int
    #: capital to come first, at most; 0: it can be paid now
    missing: int


def simulate(capital, most, fraction, queue, least=0):
    """What becomes of each request, in order.

    :param capital: now
    :param most: the highest capital ever
    :param fraction: of it, the floor
    :param queue: ``[(key, cents)]``
    :param least: the floor is not below it
    """
    fraction = Fraction(fraction)
    floor = max(ceil(most * fraction), least)
    turns = []
    ahead = 0
    for rank, (key, amount) in enumerate(queue, 1):
        asked = ahead + amount
        missing = max(floor + asked - capital, 0)
        if missing and capital + missing > most:
            # what comes raises the floor as well
            missing = max(missing, ceil(asked / (1 - fraction)) - capital)
        turns.append(Turn(key, rank, amount, ahead, capital - asked, missing))
        ahead = asked
    return turns


def payable(capital, most, fraction, queue, least=0):
    """Keys of those that can be paid now, in order."""
    return [
        turn.key
        for turn in simulate(capital, most, fraction, queue, least)
        if not turn.missing
    ]
