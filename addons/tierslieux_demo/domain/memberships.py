"""Who joined the association, how it went, and what they paid, as plain data.

Two fees: the calendar year (``year``), as organisations pay it, and twelve months from
the day one joins (``twelve_months``), so that on any day some members are up to date,
some late, some lapsed.
"""

import random
from datetime import date, timedelta

PERSON_SHARE = 8  # one person in eight is a member
COLLEGES = {"structure": "venue", "company": "company", "public": "public"}
STORIES = {
    "paid": 70,
    "late": 10,
    "lapsed": 8,
    "applied": 5,
    "admitted": 3,
    "withdrawn": 4,
}
LAPSE = "Cotisation impayée malgré trois relances."
REFUSAL = (
    "Le projet présenté est une location de bureaux sans vie collective, hors de "
    "l’objet des statuts."
)
EXCLUSION = (
    "Manquements répétés à la charte constatés par le conseil, après audition du "
    "membre."
)
WITHDRAWALS = [
    "Déménagement hors de la métropole.",
    "Fin de l’activité.",
    "Le projet a rejoint un autre réseau.",
    "Ne souhaite pas renouveler, sans grief.",
]


def generate(organisations, people, roles, holders, today):
    """Memberships of organisations and people.

    :param organisations: with ``kind``, as ``organisations.generate`` gives them
    :param roles: those who run the network are members who have paid
    :param holders: ``{venue key: organisation key}``
    :return: list of ``{"kind": "organisation" or "person", "key", "college", "fee",
        "events": [(kind, date, reason)], "starts": [first day of each period],
        "unpaid": the last period waits to be paid,
        "delegates": [(person key, first day, last day or None)]}``
    """
    rng = random.Random(f"tierslieux memberships {len(organisations)} {len(people)}")
    delegates = _delegates(rng, organisations, people, roles, holders)
    result = []
    for row in organisations:
        story = "paid" if row["kind"] == "public" else _story(rng)
        member = _member(rng, "organisation", row["key"], story, "year", today)
        member["college"] = COLLEGES[row["kind"]]
        member["delegates"] = [
            (delegates[row["key"]], day, None)
            for kind, day, _reason in member["events"]
            if kind == "admission"
        ]
        result.append(member)
    for key, story in _person_stories(rng, people, roles):
        fee = "twelve_months" if rng.randrange(10) < 7 else "year"
        member = _member(rng, "person", key, story, fee, today)
        member["college"] = "company" if rng.randrange(100) < 15 else "venue"
        result.append(member)
    return result


def add_years(day, years):
    """The same day so many years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _story(rng):
    return rng.choices(list(STORIES), list(STORIES.values()))[0]


def _person_stories(rng, people, roles):
    """``[(person key, story)]``: the team; one exclusion, one refusal, one who has just
    applied; then others."""
    team = [roles[role] for role in ("member", "facilitator", "treasurer")]
    team += roles["board"]
    others = [p["key"] for p in people if p["key"] not in set(team)]
    count = max(len(people) // PERSON_SHARE - len(team), 4)
    chosen = rng.sample(others, count)
    stories = ["excluded", "refused", "applied", *(_story(rng) for _ in chosen[3:])]
    return [*((key, "paid") for key in team), *zip(chosen, stories, strict=True)]


def _member(rng, kind, key, story, fee, today):
    joined = _joined(rng, story, fee, today)
    applied = joined - timedelta(days=rng.randint(6, 30))
    events = [("application", applied, "")]
    starts = []
    if story == "refused":
        events.append(("refusal", joined, REFUSAL))
    elif story == "applied":
        events = [("application", joined, "")]
    else:
        events.append(("admission", joined, ""))
        starts = _starts(joined, fee, today)
    if story == "lapsed":
        starts = starts[:1]
        events.append(("lapse", _end(starts[0], fee) + timedelta(days=100), LAPSE))
    elif story in ("withdrawn", "excluded"):
        left = today - timedelta(days=rng.randint(10, 60))
        withdrawn = story == "withdrawn"
        reason = rng.choice(WITHDRAWALS) if withdrawn else EXCLUSION
        events.append(("withdrawal" if withdrawn else "exclusion", left, reason))
    return {
        "kind": kind,
        "key": key,
        "fee": fee,
        "events": events,
        "starts": starts,
        "unpaid": story in ("late", "admitted"),
        "delegates": [],
    }


def _joined(rng, story, fee, today):
    """The day of admission that makes the story true today."""
    if story in ("applied", "admitted", "refused"):
        return today - timedelta(days=rng.randint(2, 28))
    if fee == "year":
        years = {"lapsed": 2, "late": rng.randint(1, 2)}.get(story, rng.randint(0, 2))
        first = date(today.year - years, 1, 1)
        joined = first + timedelta(days=rng.randrange(330))
        return min(joined, today - timedelta(days=75))
    if story == "late":  # within the days of grace: ninety, unless the college changes
        return add_years(today - timedelta(days=rng.randint(5, 80)), -rng.randint(1, 2))
    if story == "lapsed":
        return today - timedelta(days=rng.randint(480, 720))
    return today - timedelta(days=rng.randint(75, 1000))


def _starts(joined, fee, today):
    """First days of the periods, from the day of joining to the current one."""
    if fee == "year":
        later = [date(year, 1, 1) for year in range(joined.year + 1, today.year + 1)]
        return [joined, *later]
    starts = [joined]
    while add_years(joined, len(starts)) <= today:
        starts.append(add_years(joined, len(starts)))
    return starts


def _end(start, fee):
    if fee == "year":
        return date(start.year, 12, 31)
    return add_years(start, 1) - timedelta(days=1)


def _delegates(rng, organisations, people, roles, holders):
    """One person for each organisation: the manager of its venue, if there is one."""
    managers = {holders[venue]: manager for venue, manager in roles["managers"].items()}
    everybody = [person["key"] for person in people]
    return {
        row["key"]: managers.get(row["key"], rng.choice(everybody))
        for row in organisations
    }
