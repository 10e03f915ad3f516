"""Sharing cents so that none is lost. Amounts are integer cents; weights integers or
Fractions, none negative."""

from fractions import Fraction

HUNDRED = 100_000
"""A hundred per cent, in thousandths of a per cent."""


def thousandths(percent):
    """A percentage as it is stored, with three decimals, made an integer."""
    return round(percent * 1000)


def split(amount, weights):
    """``amount`` in proportion to ``weights``, in whole cents that sum to it.

    Each part is rounded down; the cents left go one each to the largest remainders, of
    equal ones to those that stand first.

    :raises ValueError: when there is money and nobody to share it among
    """
    total = sum(weights)
    if not total:
        if amount:
            raise ValueError("there is nobody to share the money among")
        return [0] * len(weights)
    quotas = [Fraction(amount) * weight / total for weight in weights]
    parts = [quota.__floor__() for quota in quotas]
    # Sorting is stable: of equal remainders the first stays first.
    order = sorted(range(len(quotas)), key=lambda place: parts[place] - quotas[place])
    for place in order[: amount - sum(parts)]:
        parts[place] += 1
    return parts


def by_percent(amount, percents):
    """What each percentage of ``amount`` comes to, and what none of them takes.

    :param percents: in thousandths of a per cent; together a hundred at most
    :return: ``([cents of each], cents left)``
    :raises ValueError: when they are more than a hundred together
    """
    rest = HUNDRED - sum(percents)
    if rest < 0:
        raise ValueError("the parts are more than the whole")
    *parts, left = split(amount, [*percents, rest])
    return parts, left


def table(rows, columns):
    """Cells in proportion to both margins, in whole cents that sum to each of them.

    One column after the other is split over what is left of the rows; the last takes
    what is left of each.

    :param rows: sums of the rows
    :param columns: sums of the columns, the same in all
    :return: a list of rows
    :raises ValueError: when the margins do not sum to the same
    """
    if sum(rows) != sum(columns):
        raise ValueError("rows and columns do not sum to the same")
    left = list(rows)
    split_columns = []
    for column in columns:
        cells = split(column, left)
        left = [there - cell for there, cell in zip(left, cells, strict=True)]
        split_columns.append(cells)
    return [list(row) for row in zip(*split_columns, strict=True)] or [
        [] for _row in rows
    ]


def tranches(award, parts):
    """Amounts of the tranches of an award.

    :param parts: ``("percent", thousandths of a per cent)``, ``("amount", cents)`` or
        ``("balance", None)``, of which at most one
    :return: ``([cents of each], cents that are missing)``; negative: cents too many
    :raises ValueError: when percentages are more than a hundred together
    """
    percents = [part for kind, part in parts if kind == "percent"]
    by_place = iter(by_percent(award, percents)[0])
    amounts = [
        next(by_place) if kind == "percent" else part or 0 for kind, part in parts
    ]
    missing = award - sum(amounts)
    for place, (kind, _part) in enumerate(parts):
        if kind == "balance":
            amounts[place] = max(missing, 0)
            return amounts, min(missing, 0)
    return amounts, missing
