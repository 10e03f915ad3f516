"""Shared costs and their key: what each action bears of an expense, to the cent.

A key says by a named driver (full-time equivalents, m², hours) what part of shared
costs each action bears; what no action bears is "unallocated" (``None``), so that the
parts sum to the whole.
"""

from collections import defaultdict

from .shares import split

#: Thousandths of a per cent in the whole
WHOLE = 100_000


def percents(quantities):
    """What each part of a key is of the whole, in thousandths of a per cent that sum to
    a hundred; of equal remainders the first part gets more.

    :param quantities: quantities of the driver, none negative
    """
    return split(WHOLE if sum(quantities) else 0, quantities)


def parts(cents, shares, keys):
    """What each action bears of an expense.

    First the expense is split over its analytic shares, what they leave being borne by
    nobody; then each shared cost over its key.

    :param shares: ``[(percent, action, key)]``: a share is that of an action or, with
        the name of a key, a shared cost. Above a hundred per cent together they are
        taken in proportion.
    :param keys: ``{key: [(action or None, quantity)]}``
    :return: ``{(action or None, shared): cents}``, which sum to ``cents``
    """
    rest = max(0, 100 - sum(percent for percent, _action, _key in shares))
    found = defaultdict(int)
    sums = split(cents, [*(percent for percent, _action, _key in shares), rest])
    found[None, False] = sums.pop()
    for amount, (_percent, action, key) in zip(sums, shares, strict=True):
        if key is None:
            found[action, False] += amount
            continue
        quantities = [quantity for _action, quantity in keys[key]]
        for part, (one, _quantity) in zip(
            split(amount, quantities), keys[key], strict=True
        ):
            found[one, True] += part
    return {bearer: amount for bearer, amount in found.items() if amount}
