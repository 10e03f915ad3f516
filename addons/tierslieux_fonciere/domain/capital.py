"""Capital: what is subscribed, called and paid of shares, and the least it may fall to.

Money is whole cents. Part-paid shares are three numbers: subscribed ≥ called ≥ paid
(loi n° 47-1775 du 10 septembre 1947, art. 12)."""

from fractions import Fraction
from math import ceil
from typing import NamedTuple

from .holdings import issued, timeline


class Steps(NamedTuple):
    subscribed: int
    called: int
    paid: int


def steps(quantity, nominal, called=None, paid=None):
    """The three numbers of whole shares; all is called and paid unless said otherwise.

    :raises ValueError: not whole, or paid above called, or called above subscribed
    """
    subscribed = quantity * nominal
    called = subscribed if called is None else called
    paid = called if paid is None else paid
    if not all(isinstance(one, int) for one in (quantity, nominal, called, paid)):
        raise ValueError("shares and cents are whole numbers")
    if not 0 <= paid <= called <= subscribed:
        raise ValueError("what is paid was called, what is called was subscribed")
    return Steps(subscribed, called, paid)


def capital(movements):
    """Nominal value of the shares that there are."""
    return sum(issued(one) * one["nominal"] for one in movements)


def highest(movements):
    """The highest capital ever reached. A movement that was corrected never was."""
    erased = {one["corrects"] for one in movements if one["corrects"] is not None}
    amount = most = 0
    for one in timeline(movements):
        if one["number"] in erased or one["corrects"] is not None:
            continue
        amount += issued(one) * one["nominal"]
        most = max(most, amount)
    return most


def floor(most, fraction):
    """What the capital may not fall below by redemptions, rounded up to the cent.

    :param fraction: of the highest capital ever (loi n° 47-1775, art. 13: a quarter;
        statutes may say more), a Fraction
    """
    return ceil(most * Fraction(fraction))
