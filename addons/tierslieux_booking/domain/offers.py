"""What is offered of what is free.

Lengths are minutes; moments are naive ``datetime`` in UTC, in order.
"""


def length(minutes, rules):
    """The shortest length of at least ``minutes`` that can be booked, ``None`` where
    that is too long."""
    least = max(minutes, rules.shortest, 1)
    fitting = -(-least // rules.grid) * rules.grid
    return None if rules.longest and fitting > rules.longest else fitting


def lengths(rules, wanted):
    """Those of the lengths wanted that can be booked, and the shortest and longest."""
    fitting = {length(0, rules)}
    fitting |= {length(one, rules) for one in wanted}
    if rules.longest:
        fitting.add(rules.longest // rules.grid * rules.grid)
    return sorted(one for one in fitting if one)


def spread(moments, part_of, count):
    """The first ``count`` moments that are each in another part of the time.

    :param part_of: function that names the part of a moment
    """
    chosen = {}
    for moment in moments:
        chosen.setdefault(part_of(moment), moment)
        if len(chosen) == count:
            break
    return list(chosen.values())
