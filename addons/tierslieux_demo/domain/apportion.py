"""A whole shared by weights, in integers that sum to it exactly."""

from fractions import Fraction


def apportion(total, weights):
    """Largest remainder: ``apportion(10, [1, 1, 1])`` → ``[4, 3, 3]``.

    :param total: integer, zero or more
    :param weights: non-negative integers or Fractions, not all zero
    :return: integers that sum to ``total``; ties go to the first
    """
    whole = sum(weights)
    quotas = [Fraction(total) * weight / whole for weight in weights]
    shares = [quota.__floor__() for quota in quotas]
    by_remainder = sorted(
        range(len(quotas)), key=lambda index: shares[index] - quotas[index]
    )
    for index in by_remainder[: total - sum(shares)]:
        shares[index] += 1
    return shares
