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
    """A bookable as the search knows it: ``key`` says whose opening hours, ``rooms``
    the ids of the spaces it is in, ``skills`` its skills and those above them."""

    id: int
    venue_id: int
    kind: str
    capacity: int
    text: str
    skills: frozenset
    place: tuple | None
    key: tuple
    rooms: tuple
    rules: object


def answers(entry, need):
    """Whether a bookable is what is looked for, be it free or not."""
    return (
        (need.kind is None or entry.kind == need.kind)
        and entry.rules.seats >= need.seats
        and entry.capacity >= need.capacity
        and (need.venue_id is None or entry.venue_id == need.venue_id)
        and (need.skill_id is None or need.skill_id in entry.skills)
        and all(any(word in entry.text for word in words) for words in need.words)
    )


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
