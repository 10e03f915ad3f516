"""Lengths of what the pages draw: gauge of an issue, bars of a budget, holdings over
time. Numbers in, percentages or points out."""


def percent(part, whole):
    """A length in percent of a whole, between 0 and 100, to a hundredth.

    >>> percent(1, 3), percent(5, 4), percent(1, 0)
    (33.33, 100.0, 0.0)
    """
    if whole <= 0:
        return 0.0
    return round(min(max(100 * part / whole, 0.0), 100.0), 2)


def stacked(amounts, whole):
    """``[(start, length), …]`` in percent of pieces laid end to end; what is above the
    whole is cut.

    >>> stacked([1, 1, 4], 4)
    [(0.0, 25.0), (25.0, 25.0), (50.0, 50.0)]
    """
    pieces, before = [], 0
    for amount in amounts:
        start, end = percent(before, whole), percent(before + amount, whole)
        pieces.append((start, round(end - start, 2)))
        before += amount
    return pieces


def staircase(points, first, last, width, height):
    """The outline of a quantity that holds from one day to the next change.

    :param points: ``[(day, quantity), …]`` by day, the quantity from that day on
    :param first: the day at the left edge
    :param last: the day at the right edge, not before ``first``
    :return: ``[(x, y), …]``, y downwards, the highest quantity at 0
    """
    days = max((last - first).days, 1)
    highest = max([quantity for _day, quantity in points] + [1])

    def across(day):
        return round(min(max((day - first).days / days, 0), 1) * width, 1)

    outline, level = [], height
    for day, quantity in points:
        x = across(day)
        outline.append((x, level))
        level = round(height - quantity / highest * height, 1)
        outline.append((x, level))
    outline.append((float(width), level))
    return outline
