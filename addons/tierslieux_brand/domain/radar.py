"""Points of a radar chart: an axis for each criterion, from the top, clockwise."""

from math import cos, pi, sin


def point(axis, axes, share, radius=100.0):
    """
    :param share: of the radius, 0 to 1

    >>> point(0, 4, 1.0)
    (0.0, -100.0)
    """
    angle = 2 * pi * axis / axes
    return (
        round(sin(angle) * radius * share, 1) + 0.0,
        round(-cos(angle) * radius * share, 1) + 0.0,
    )


def polygon(ranks, highest, radius=100.0):
    """The outline of levels, ``x,y x,y …``; a level not known is at the centre."""
    axes = len(ranks)
    return " ".join(
        "{:g},{:g}".format(*point(axis, axes, (rank or 0) / highest, radius))
        for axis, rank in enumerate(ranks)
    )
