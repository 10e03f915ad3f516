"""Which venue each line of a census speaks of, and what it changes there."""

from typing import NamedTuple

from .census_problem import Problem
from .search_terms import normalise


class Known(NamedTuple):
    """A venue of the network, as far as matching needs it."""

    id: int
    identifier: str
    name: str
    city: str
    registers: frozenset  # SIRET and RNA of the holding structure


def place_key(name, city):
    return normalise(name), normalise(city)


def duplicates(entries, columns):
    """Problems of lines that say again who an earlier line spoke of.

    Two lines are the same venue when they have the same identifier; or, without one,
    the same name in the same commune.

    :param columns: ``{"identifier" | "name": column of the file}``
    """
    first, problems = {}, []
    for line, values in entries:
        identifier = values.get("identifier")
        key = identifier or place_key(values.get("name"), values.get("city"))
        if not identifier and not all(key):
            continue  # already a problem: the name or the commune is missing
        if key in first:
            field = "identifier" if identifier else "name"
            problems.append(
                Problem(line, columns[field], values[field], "twice", str(first[key]))
            )
        first.setdefault(key, line)
    return problems


def match(entries, known):
    """Find the venue of each line, or none for a new one.

    On the identifier; then on the SIRET or RNA of the holding structure, when it
    holds one venue and one line names it; then on name and commune, when both are
    met once on each side. A venue answers to one line only.

    :param known: a list of ``Known``
    :return: ``{line: venue id}`` of the lines that have a venue
    """
    found = {}
    steps = (
        (lambda values: _some(values.get("identifier")), lambda v: _some(v.identifier)),
        (_registers, lambda venue: venue.registers),
        (
            lambda values: _place(values.get("name"), values.get("city")),
            lambda venue: _place(venue.name, venue.city),
        ),
    )
    for keys_of_line, keys_of_venue in steps:
        venues = _by_key((v.id, keys_of_venue(v)) for v in known)
        taken = set(found.values())
        lines = _by_key((e.line, keys_of_line(e.values)) for e in entries)
        for key, speakers in lines.items():
            candidates = venues.get(key, ())
            if len(speakers) != 1 or len(candidates) != 1:
                continue
            if speakers[0] not in found and candidates[0] not in taken:
                found[speakers[0]] = candidates[0]
                taken.add(candidates[0])
    return found


def ambiguous(entries, known, found, columns):
    """Problems of lines without identifier whose name and commune are known, but not
    of exactly one venue that no other line speaks of."""
    places = {place_key(venue.name, venue.city) for venue in known}
    return [
        Problem(line, columns["name"], values["name"], "ambiguous")
        for line, values in entries
        if line not in found
        and not values.get("identifier")
        and place_key(values.get("name"), values.get("city")) in places
    ]


def changes(known, values):
    """What the values of a line change in those known: ``{key: value}``.

    ``standard`` is merged: a column that came empty in it is dropped, one that did
    not come is kept. Another commune without its code forgets the code.
    Nothing, zero and no are the same: what is known lacks them.
    """
    changed = {}
    for key, value in values.items():
        if key == "standard":
            before = known.get("standard") or {}
            value = {k: v for k, v in {**before, **value}.items() if v}
            if value != before:
                changed[key] = value
        elif (known.get(key) or None) != (value or None):
            changed[key] = value
    if "city" in changed and "insee" not in values and "insee" in known:
        changed["insee"] = None
    return changed


def keep_others(values, known, key, told):
    """A set of codes in ``values``, with those that are known and the file cannot tell.

    :param told: the codes that a column of the file can say
    """
    if key in values:
        values[key] = values[key] | (known.get(key, frozenset()) - told)


def state_problem(values):
    """The code of what is wrong with a state and its dates, or nothing.

    :param values: all that will be known of the venue, and ``today``
    """
    opened, closed = values.get("opened_on"), values.get("closed_on")
    if values.get("state") == "closed" and not closed:
        return "closed_without_date"
    if values.get("state") == "open" and opened and opened > values["today"]:
        return "opens_later"
    if opened and closed and closed < opened:
        return "closed_before_open"
    return ""


def _registers(values):
    return frozenset(filter(None, (values.get("siret"), values.get("rna"))))


def _some(text):
    return frozenset([text] if text else [])


def _place(name, city):
    key = place_key(name, city)
    return frozenset([key] if all(key) else [])


def _by_key(pairs):
    by_key = {}
    for item, keys in pairs:
        for key in keys:
            by_key.setdefault(key, []).append(item)
    return by_key
