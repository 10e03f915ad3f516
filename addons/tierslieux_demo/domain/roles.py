"""Who does what in the demo network: board, managers, facilitators."""

MANAGED_VENUES = 20
BOARD = 3
SINGLE_ROLES = ("treasurer", "facilitator", "member")
LEAST_PEOPLE = 12
SHOWN = ("fablab", "workshop")


def assign(venues, people):
    """Roles, each person in one at most.

    :return: ``{"board": [person], "treasurer": person, "facilitator": person,
        "member": person, "managers": {venue: person}, "facilitators": {venue:
        [person]}}``, all by key; a manager or facilitator works at the venue
    """
    shown = [p for p in people if p["visibility"]["name"] != "nobody"]
    hidden = [p for p in people if p["visibility"]["name"] == "nobody"]
    waiting = {p["key"]: p for p in (*shown, *hidden)}

    def take(candidates):
        person = next(p for p in candidates if p["key"] in waiting)
        return waiting.pop(person["key"])["key"]

    by_home = {}
    for person in waiting.values():
        by_home.setdefault(person["home"], []).append(person)
    settled = [p for p in waiting.values() if p["home"] is not None]
    opened = [venue["key"] for venue in venues if venue["state"] == "open"]
    roles = {role: take([*settled, *waiting.values()]) for role in SINGLE_ROLES}
    roles["board"] = [take(list(waiting.values())) for _ in range(BOARD)]
    homes = {p["key"]: p["home"] for p in people}
    staffed = [
        venue
        for venue in opened
        if any(p["key"] in waiting for p in by_home.get(venue, ()))
    ]
    shown_first = _most_to_show(venues, staffed)
    staffed.sort(key=lambda venue: venue != shown_first)
    limit = min(MANAGED_VENUES, len(people) // 4)
    roles["managers"] = {venue: take(by_home[venue]) for venue in staffed[:limit]}
    roles["facilitators"] = {
        venue: [p["key"] for p in by_home.get(venue, ()) if p["key"] in waiting][:2]
        for venue in opened
    }
    facilitated = homes[roles["facilitator"]]
    if facilitated is not None:
        roles["facilitators"][facilitated].insert(0, roles["facilitator"])
    return roles


def _most_to_show(venues, staffed):
    """The venue of the manager who signs in: the largest with machines, if any."""
    rows = [venue for venue in venues if venue["key"] in staffed]
    largest = max(
        rows, key=lambda row: (row["category"] in SHOWN, row["capacity"]), default=None
    )
    return largest and largest["key"]
