"""The people of the demo network, as plain data. None of them exists."""

import random

from . import french, identifiers
from .people_tables import (
    CONTEXTS,
    HABIT_SHARES,
    HABITS,
    JOBS,
    MENTOR_PERCENT,
    PATHS,
    STAGES,
    VISIBLE,
    WISHES,
)
from .reference import first_names, last_names


def generate(count, venues):
    """``count`` people, each a dictionary of values; the same ones for same sizes.

    :param venues: what ``venues.generate`` returned; people work in the open ones
    """
    rng = random.Random(f"tierslieux people {count}")
    homes = [venue for venue in venues if venue["state"] == "open"]
    weights = [venue["capacity"] for venue in homes]
    names = _names(rng, count)
    addresses = {}
    result = []
    for key, (name, gender) in enumerate(names):
        home = rng.choices(homes, weights)[0] if rng.randrange(100) < 82 else None
        result.append(_person(rng, key, name, gender, home, homes, addresses))
    return result


def _names(rng, count):
    """Names without repetition as long as the lists allow, whatever the count."""
    first, last = first_names(), last_names()
    pairs = len(first) * len(last)
    names = []
    while len(names) < count:
        for pair in rng.sample(range(pairs), min(pairs, count - len(names))):
            given, gender = first[pair % len(first)]
            names.append((f"{given} {last[pair // len(first)]}", gender))
    return names


def _person(rng, key, name, gender, home, homes, addresses):
    she, he, skills = rng.choice(JOBS)
    mentor = rng.randrange(100) < MENTOR_PERCENT
    habit = _habit(rng, mentor)
    town = home or rng.choice(homes)
    return {
        "key": key,
        "name": name,
        "email": _email(name, addresses),
        "phone": identifiers.phone(rng, "mobile") if rng.randrange(100) < 70 else "",
        "zip": town["zip"],
        "city": town["city"],
        "headline": _headline(rng, she if gender == "f" else he),
        "biography": _biography(rng, gender),
        "skills": _skills(rng, skills),
        "is_mentor": mentor,
        "stages": sorted(
            rng.sample(STAGES, rng.randint(1, 3)) if mentor else [], key=STAGES.index
        ),
        "home": home and home["key"],
        "visibility": {field: HABITS[habit].get(field, "nobody") for field in VISIBLE},
    }


def _habit(rng, mentor):
    """Mentors want to be found; others choose as they like."""
    habits = (
        ["network", "reachable", "public", "open"] if mentor else list(HABIT_SHARES)
    )
    return rng.choices(habits, [HABIT_SHARES[habit] for habit in habits])[0]


def _email(name, addresses):
    local = french.web_name(name).replace("-", ".")
    addresses[local] = addresses.get(local, 0) + 1
    number = "" if addresses[local] == 1 else addresses[local]
    return f"{local}{number}@example.org"


def _biography(rng, gender):
    if rng.randrange(100) < 30:
        return ""
    text = f"{rng.choice(PATHS)}. {rng.choice(WISHES)}"
    text = text.replace("·e", "e" if gender == "f" else "")
    return french.typographic(text)


def _headline(rng, job):
    context = f" {rng.choice(CONTEXTS)}" if rng.randrange(3) else ""
    return french.typographic(job + context)


def _skills(rng, skills):
    other = rng.choice(JOBS)[2][0]
    return list(dict.fromkeys([*skills, other] if rng.randrange(2) else skills))
