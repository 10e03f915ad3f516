"""Levels of the progress approach: one for each criterion, never an average.

A level is a rank from 0 (not begun) to ``HIGHEST``; ``None`` is not assessed yet.
Nothing here adds levels up: one that is not met is not met, whatever the others.
"""

HIGHEST = 4


def missing(levels, criteria):
    """The criteria that have no level yet, in their order."""
    return [one for one in criteria if levels.get(one) is None]


def unmet(levels, least):
    """The criteria under their own threshold.

    :param levels: ``{criterion: rank or None}``
    :param least: ``{criterion: least rank}``

    >>> unmet({"a": 4, "b": 0}, {"a": 1, "b": 1})
    ['b']
    """
    return [one for one, rank in least.items() if (levels.get(one) or 0) < rank]


def apart(one, other):
    """The criteria on which two views differ: ``{criterion: (one's, other's)}``."""
    return {
        criterion: (one.get(criterion), other.get(criterion))
        for criterion in dict.fromkeys([*one, *other])
        if one.get(criterion) != other.get(criterion)
    }


def late(targets, levels, today):
    """The criteria whose target is not reached and whose day is over.

    :param targets: ``{criterion: (rank, day)}``
    """
    return [
        criterion
        for criterion, (rank, day) in targets.items()
        if day < today and (levels.get(criterion) or 0) < rank
    ]
