"""Which bookables answer a need."""

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_KM = 6371.0


class Need(NamedTuple):
    """What somebody looks for; what is left out does not matter.

    ``words`` are normalised: for each word asked for, those it may stand for, one of
    which must be in the text of a bookable; ``minutes`` is how long it must be free in
    one piece; ``near`` is a latitude and a longitude in degrees, ``within_km`` how far
    from there.
    """

    kind: str | None = None
    seats: int = 1
    capacity: int = 0
    words: tuple = ()
    skill_id: int | None = None
    minutes: int = 0
    venue_id: int | None = None
    near: tuple | None = None
    within_km: float | None = None


class Entry(NamedTuple):
    """A bookable as the search knows it: ``key`` says whose opening hours, ``terms``
    is a number for those of one key, notice and horizon, ``rooms`` are the ids of the
    spaces it is in, ``skills`` its skills and those above them, ``plain`` is
    :func:`is_plain`."""

    id: int
    venue_id: int
    kind: str
    capacity: int
    text: str
    skills: frozenset
    place: tuple | None
    key: tuple
    terms: int
    rooms: tuple
    rules: object
    plain: bool


def asked(entries, need):
    """Those that are what is looked for, be they free or not."""
    if need.kind is not None:
        entries = [one for one in entries if one.kind == need.kind]
    if need.seats > 1:
        entries = [one for one in entries if one.rules.seats >= need.seats]
    if need.capacity:
        entries = [one for one in entries if one.capacity >= need.capacity]
    if need.venue_id is not None:
        entries = [one for one in entries if one.venue_id == need.venue_id]
    if need.skill_id is not None:
        entries = [one for one in entries if need.skill_id in one.skills]
    for words in need.words:
        entries = [one for one in entries if any(word in one.text for word in words)]
    if need.within_km is not None:
        entries = [
            one
            for one in entries
            if one.place and kilometres(need.near, one.place) <= need.within_km
        ]
    return entries


def is_plain(rules, rooms):
    """Whether what is held of it is all that keeps it from being used: one seat, no
    buffers, in nothing else. Most are; :func:`left` is enough for them."""
    return rules.seats == 1 and not (rules.buffer_before or rules.buffer_after or rooms)


def left(intervals, holds):
    """What is left of the intervals of a plain bookable.

    :param holds: ``[(id, seat, start, stop), …]``, apart from one another
    """
    for _id, _seat, begin, end in holds:
        cut = []
        for interval in intervals:
            start, stop = interval
            if begin >= stop or end <= start:
                cut.append(interval)
                continue
            if begin > start:
                cut.append((start, begin))
            if end < stop:
                cut.append((end, stop))
        intervals = cut
    return intervals


def holds_around(entry, held):
    """What keeps a bookable from being used, ``[(seat, start, stop), …]``: its own
    holds, and those of the spaces it is in as wholes.

    :param held: ``{id: [(id, seat, start, stop), …]}``; seat 0 is what is inside
    """
    return [
        *(row[1:] for row in held.get(entry.id, ())),
        *(
            (0, start, stop)
            for room in entry.rooms
            for _id, seat, start, stop in held.get(room, ())
            if seat
        ),
    ]


def distance(entry, need):
    """Kilometres from where it is looked for, ``None`` where one is not known."""
    if need.near is None or entry.place is None:
        return None
    return kilometres(need.near, entry.place)


def kilometres(one, other):
    """As the crow flies, by the haversine formula."""
    latitude, longitude, latitude2, longitude2 = map(radians, (*one, *other))
    half = (
        sin((latitude2 - latitude) / 2) ** 2
        + cos(latitude) * cos(latitude2) * sin((longitude2 - longitude) / 2) ** 2
    )
    return 2 * EARTH_KM * asin(sqrt(half))
