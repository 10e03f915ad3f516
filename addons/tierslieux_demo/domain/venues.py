"""The venues of the demo network, as plain data."""

import datetime
import math
import random

from . import french, identifiers
from .apportion import apportion
from .reference import places
from .venue_tables import (
    ACCESSIBILITY_NOTES,
    CATEGORIES,
    CENSUS,
    CENSUS_SURFACE,
    STREETS,
)

LEAST_SURFACE = 20
PICTURES = 12


def categories(count):
    """How many venues of each category: the census, scaled by largest remainder."""
    return dict(zip(CENSUS, apportion(count, list(CENSUS.values())), strict=True))


def total_surface(count):
    """Square metres of all venues together: 30 000 for the 201 of the census."""
    return CENSUS_SURFACE * count // sum(CENSUS.values())


def generate(count, today):
    """``count`` venues, each a dictionary of values; the same ones for a same count.

    Only the dates of projects (to come) and of closures (past) move with ``today``.
    """
    rng = random.Random(f"tierslieux venues {count}")
    kinds = [kind for kind, number in categories(count).items() for _ in range(number)]
    rng.shuffle(kinds)
    weights = [rng.randint(*CATEGORIES[kind]["surface"]) for kind in kinds]
    surfaces = apportion(total_surface(count) - LEAST_SURFACE * count, weights)
    states = _states(rng, count)
    taken = set()
    return [
        _venue(rng, index, kind, LEAST_SURFACE + surface, state, taken, today)
        for index, (kind, surface, state) in enumerate(
            zip(kinds, surfaces, states, strict=True)
        )
    ]


def _states(rng, count):
    projects, closed, opened = apportion(count, [15, 3, 82])
    states = ["project"] * projects + ["closed"] * closed + ["open"] * opened
    rng.shuffle(states)
    return states


def _venue(rng, index, kind, surface, state, taken, today):
    table = CATEGORIES[kind]
    place = rng.choices(places(), [row["weight"] for row in places()])[0]
    name = _name(rng, table["heads"], place["name"], taken)
    capacity = max(6, round(surface / table["density"]))
    opening, closing = _dates(rng, state, today)
    accessibility = rng.choices(
        ["full", "partial", "none", "unknown"], [48, 27, 10, 15]
    )[0]
    has_cafe = _happens(rng, table["cafe"])
    services = [*table["services"], *_drawn(rng, table["extras"])]
    if has_cafe and "catering" not in services:
        services.append("catering")
    words = {
        "at": french.at(place["name"]),
        "of": french.of(place["name"]),
        "city": place["city"],
        "surface": surface,
        "capacity": capacity,
    }
    governance = _happens(rng, table["governance"])
    opener = _phrase(rng, table["openers"], words)
    paragraphs = [
        _phrase(rng, table["middles"], words),
        _phrase(rng, table["closers"], words),
        _history(state, opening, closing),
    ]
    latitude, longitude = _position(rng, place)
    web_name = french.web_name(name)
    return {
        "key": index,
        "name": name,
        "category": kind,
        "state": state,
        "metropolis": place["metropolis"],
        "insee_code": place["insee_code"],
        "street": f"{rng.randint(1, 148)} {rng.choice(STREETS)}",
        "zip": place["zip"],
        "city": place["city"],
        "latitude": latitude,
        "longitude": longitude,
        "surface": surface,
        "capacity": capacity,
        "hours": rng.choice(table["hours"]) if state == "open" else "",
        "services": services,
        "audiences": _drawn(rng, table["audiences"]) or ["all"],
        "accessibility": accessibility,
        "accessibility_note": french.typographic(
            rng.choice(ACCESSIBILITY_NOTES.get(accessibility, [""]))
        ),
        "has_cafe": has_cafe,
        "participatory_governance": governance,
        "opening_date": opening,
        "closing_date": closing,
        "summary": opener,
        "paragraphs": [opener, *paragraphs],
        "email": f"bonjour@{web_name}.example.org",
        "website": f"https://{web_name}.example.org",
        "phone": identifiers.phone(rng, place["metropolis"]),
        "picture": rng.randrange(PICTURES),
    }


def _name(rng, heads, place, taken):
    """A name that no other venue has: heads first, then a street, then a number."""
    options = [f"{head} {french.of(place)}" for head in heads]
    rng.shuffle(options)
    more = [f"{option} – {street}" for option in options for street in STREETS]
    for option in (*options, *more):
        if option not in taken:
            taken.add(option)
            return french.typographic(option)
    number = 2
    while f"{options[0]} {number}" in taken:
        number += 1
    taken.add(f"{options[0]} {number}")
    return french.typographic(f"{options[0]} {number}")


def _dates(rng, state, today):
    first = datetime.date(2011, 1, 10)
    opening = first + datetime.timedelta(days=rng.randrange(14 * 365))
    ahead, behind = rng.randint(40, 540), rng.randint(30, 700)
    if state == "project":
        return today + datetime.timedelta(days=ahead), None
    if state == "closed":
        closing = today - datetime.timedelta(days=behind)
        return min(opening, closing - datetime.timedelta(days=365)), closing
    return min(opening, today), None


def _history(state, opening, closing):
    if state == "project":
        return f"Ouverture prévue en {_MONTHS[opening.month - 1]} {opening.year}."
    if state == "closed":
        return (
            f"Ouvert en {opening.year}, le lieu a fermé ses portes en "
            f"{_MONTHS[closing.month - 1]} {closing.year}."
        )
    return f"Ouvert depuis {opening.year}."


def _position(rng, place):
    """Somewhere in a disc around the centre; a degree of longitude is shorter."""
    angle, distance = rng.uniform(0, 2 * math.pi), math.sqrt(rng.random())
    latitude = place["latitude"] + place["spread"] * distance * math.sin(angle)
    shrink = math.cos(math.radians(place["latitude"]))
    longitude = (
        place["longitude"] + place["spread"] * distance * math.cos(angle) / shrink
    )
    return round(latitude, 6), round(longitude, 6)


def _phrase(rng, phrases, words):
    return french.typographic(rng.choice(phrases).format(**words))


def _drawn(rng, shares):
    return [code for code, percent in shares.items() if _happens(rng, percent)]


def _happens(rng, percent):
    return rng.randrange(100) < percent


_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
