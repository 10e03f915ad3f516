"""Who holds how many shares, from the movements of a register.

A movement is a dict with the keys of :data:`chain.COLUMNS`. It counts from the day it
is effective on, whenever it was recorded; of one day, in the order of numbers.
"""

from collections import defaultdict


def timeline(movements):
    """Movements in the order in which they count."""
    return sorted(movements, key=lambda one: (one["effective_on"], one["number"]))


def parts(movement):
    """``[(holder, shares more or less)]``"""
    held = movement["held"]
    return [
        (holder, sign * held)
        for holder, sign in ((movement["giver"], -1), (movement["receiver"], 1))
        if holder is not None and held
    ]


def issued(movement):
    """Shares that are more, or less, in all."""
    return sum(shares for _holder, shares in parts(movement))


def holdings(movements, at=None, known=None):
    """``{holder: shares}`` at the end of a day, holders of nothing left out.

    :param at: ISO date; None: today and for ever
    :param known: ISO moment; what was recorded later is not known
    """
    found = defaultdict(int)
    for one in movements:
        if at is not None and one["effective_on"] > at:
            continue
        if known is not None and one["recorded_at"] > known:
            continue
        for holder, shares in parts(one):
            found[holder] += shares
    return {holder: shares for holder, shares in found.items() if shares}


def lowest_from(movements, holder, day):
    """The least a holder has at the end of a day or later: what can be given then."""
    balance = 0
    lowest = None
    for one in timeline(movements):
        if one["effective_on"] > day and lowest is None:
            lowest = balance
        balance += sum(shares for who, shares in parts(one) if who == holder)
        if lowest is not None:
            lowest = min(lowest, balance)
    return balance if lowest is None else lowest


def first_overdraft(movements):
    """The movement that first takes more than its giver has; None if none does."""
    balances = defaultdict(int)
    for one in timeline(movements):
        for holder, shares in parts(one):
            balances[holder] += shares
            if balances[holder] < 0:
                return one
    return None
