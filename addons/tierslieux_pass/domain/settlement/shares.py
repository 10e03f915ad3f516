"""Sharing cents so that none is lost: half up, and the largest remainder."""

from functools import cache

from .errors import RuleError


def half_up(numerator, denominator):
    """The quotient of two integers, none negative, rounded half up."""
    return (2 * numerator + denominator) // (2 * denominator)


@cache
def hours_cents(minutes, hourly_rate_cents):
    return half_up(minutes * hourly_rate_cents, 60)


def split(amount, weights):
    """``amount`` in proportion to ``weights``, in whole cents that sum to it.

    Each part is rounded down; the cents left go one each to the largest remainders,
    of equal ones to those that stand first. Weights are integers, none negative.
    """
    total = sum(weights)
    if not total:
        if amount:
            raise RuleError("there is nobody to share the money among")
        return [0] * len(weights)
    parts = [amount * weight // total for weight in weights]
    left = amount - sum(parts)
    if left:
        # Sorting is stable: of equal remainders the first stays first.
        order = sorted(
            range(len(weights)), key=lambda place: -(amount * weights[place] % total)
        )
        for place in order[:left]:
            parts[place] += 1
    return parts
