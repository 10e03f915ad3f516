"""The whole demo network as plain data: the same for the same sizes, on any machine."""

import hashlib
import json

from . import events, memberships, organisations, people, roles, venues
from .roles import LEAST_PEOPLE

LEAST_VENUES = 8
EVERY_DAY = "Mo-Fr 08:00-20:00; Sa-Su 09:00-19:00"


class TooSmallError(ValueError):
    """Fewer venues or people than the roles of a network need."""


def generate(venue_count, people_count, today):
    """Venues, organisations, people, roles and events of a network.

    :param today: the day of loading; only the dates of what is to come, and of what
        lately ended, depend on it
    :raises TooSmallError: under 8 venues or 12 people
    """
    if venue_count < LEAST_VENUES or people_count < LEAST_PEOPLE:
        raise TooSmallError(venue_count, people_count)
    some_venues = venues.generate(venue_count, today)
    some_people = people.generate(people_count, some_venues)
    some_organisations, holders = organisations.generate(some_venues)
    some_roles = roles.assign(some_venues, some_people)
    _open_every_day(some_venues, some_roles)
    return {
        "venues": some_venues,
        "organisations": some_organisations,
        "holders": holders,
        "people": some_people,
        "roles": some_roles,
        "memberships": memberships.generate(
            some_organisations, some_people, some_roles, holders, today
        ),
        "events": events.generate(some_venues, today),
    }


def _open_every_day(some_venues, some_roles):
    """The venue of the manager who signs in: whatever the day, its plan is full."""
    first = next(iter(some_roles["managers"]))
    for venue in some_venues:
        if venue["key"] == first:
            venue["hours"] = EVERY_DAY


def digest(network):
    """A fingerprint of plain data, for comparing two loads."""
    text = json.dumps(network, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
