"""Pabulib's ``.pb``: sections META, PROJECTS and VOTES, semicolons between cells.

Source: D. Stolicki, S. Szufa, N. Talmon, "Pabulib: A Participatory Budgeting Library"
(arXiv:2012.06539), https://pabulib.org/format.
"""

from ..ballots import APPROVAL, POINTS, RANKING, Profile, distinct
from .text import FormatError, add, amount, whole

SECTIONS = ("META", "PROJECTS", "VOTES")
KINDS = {
    "approval": APPROVAL,
    "choose-1": APPROVAL,
    "ordinal": RANKING,
    "cumulative": POINTS,
    "scoring": POINTS,
}


def read(lines, notes):
    """:raises FormatError: with the line, and what was expected there"""
    sections = _split(lines)
    meta = _meta(*sections["META"])
    kind = _kind(meta)
    budget = amount(*reversed(_required(meta, "budget")), "a budget above 0")
    if budget <= 0:
        raise FormatError(meta["budget"][0], "a budget above 0", meta["budget"][1])
    costs = _costs(*sections["PROJECTS"])
    _agrees(meta, "num_projects", len(costs), "projects")
    ballots = _ballots(*sections["VOTES"], list(costs), kind)
    _agrees(meta, "num_votes", sum(ballots.values()), "votes")
    return Profile(
        kind,
        distinct(costs),
        ballots,
        budget=budget,
        costs=tuple(costs.values()),
        notes=tuple(notes),
    )


def _split(lines):
    """``{section: (line, header, rows)}`` of all three, in their order."""
    sections = {}
    body = []
    for line, cells in lines:
        name = cells[0].upper()
        if name in SECTIONS and not any(cells[1:]):
            expected = SECTIONS[len(sections)] if len(sections) < 3 else "no section"
            if name != expected:
                raise FormatError(line, f"the section {expected}", name)
            body = sections[name] = [line]
        elif not sections:
            raise FormatError(line, "the section META", cells[0])
        else:
            body.append((line, cells))
    last = lines[-1][0] + 1 if lines else 1
    for name in SECTIONS:
        if name not in sections:
            raise FormatError(last, f"the section {name}", "the end of the file")
        if len(sections[name]) < 2:
            raise FormatError(
                sections[name][0] + 1, f"the header of the section {name}", "none"
            )
    return {
        name: (line, [cell.lower() for cell in header[1]], rows)
        for name, (line, header, *rows) in sections.items()
    }


def _meta(line, header, rows):
    if header[:2] != ["key", "value"]:
        raise FormatError(line + 1, "the header key;value", ";".join(header))
    meta = {}
    for number, cells in rows:
        if len(cells) < 2:
            raise FormatError(number, "a key and its value", cells[0])
        if cells[0].lower() in meta:
            raise FormatError(number, "each key once", cells[0])
        meta[cells[0].lower()] = (number, cells[1])
    return meta


def _required(meta, key):
    if key not in meta:
        raise FormatError(None, f"the key {key} in the section META", "none")
    return meta[key]


def _kind(meta):
    line, value = _required(meta, "vote_type")
    if value.lower() not in KINDS:
        raise FormatError(line, f"a vote_type among {', '.join(KINDS)}", value)
    return KINDS[value.lower()]


def _costs(line, header, rows):
    column = _columns(line, header, ("project_id", "cost"))
    costs = {}
    for number, cells in rows:
        _complete(number, cells, column)
        project = cells[column["project_id"]]
        if not project or project in costs:
            raise FormatError(number, "a project_id of its own", project)
        cost = amount(cells[column["cost"]], number, "a cost of 0 or more")
        if cost < 0:
            raise FormatError(number, "a cost of 0 or more", cells[column["cost"]])
        costs[project] = cost
    if not costs:
        raise FormatError(line + 2, "a project", "none")
    return costs


def _ballots(line, header, rows, projects, kind):
    needed = ("voter_id", "vote", "points") if kind == POINTS else ("voter_id", "vote")
    column = _columns(line, header, needed)
    positions = {project: index for index, project in enumerate(projects)}
    ballots = {}
    seen = set()
    for number, cells in rows:
        # An empty vote at the end of a line may come without its semicolons
        cells = cells + [""] * (max(column.values()) + 1 - len(cells))
        voter = cells[column["voter_id"]]
        if not voter or voter in seen:
            raise FormatError(number, "a voter_id of its own", voter)
        seen.add(voter)
        vote = _list(cells[column["vote"]])
        for position, project in enumerate(vote):
            if project not in positions:
                raise FormatError(number, "a project_id of the list", project)
            if project in vote[:position]:
                raise FormatError(number, "each project once in a vote", project)
        ballot = tuple(positions[project] for project in vote)
        if kind == POINTS:
            points = _list(cells[column["points"]])
            if len(points) != len(vote):
                raise FormatError(
                    number, f"{len(vote)} numbers of points", f"{len(points)}"
                )
            given = [amount(one, number, "a number of points") for one in points]
            ballot = tuple(sorted(zip(ballot, given, strict=True)))
        elif kind == APPROVAL:
            ballot = tuple(sorted(ballot))
        add(ballots, ballot, 1)
    return ballots


def _columns(line, header, needed):
    for name in needed:
        if header.count(name) != 1:
            raise FormatError(line + 1, f"one column {name}", ";".join(header))
    return {name: header.index(name) for name in needed}


def _complete(number, cells, column):
    if len(cells) <= max(column.values()):
        raise FormatError(number, f"the cells {', '.join(column)}", ";".join(cells))


def _list(text):
    return [part.strip() for part in text.split(",") if part.strip()]


def _agrees(meta, key, found, what):
    """The number that META states, where it states one."""
    if key in meta:
        line, value = meta[key]
        if whole(value, line, f"a number of {what}") != found:
            raise FormatError(line, f"{value} {what}, as {key} says", f"{found}")
