"""Scottish council elections in CSV, as the MGGG lab and D. McCune keep them.

First ``candidates,seats``; then ``number of ballots,first,second,…`` with candidates
numbered from 1; then a row a candidate, ``"Candidate 1","Name","Party"``, the words
"Candidate 1" and the party as the case may be; the ward last, or not. Rows may end with
a comma. Source: https://github.com/mggg/scot-elex.
"""

import re
from itertools import takewhile

from ..ballots import RANKING, Profile, distinct
from .text import FormatError, add, whole

_NUMBERED = re.compile(r"candidate\s*([0-9]{1,4})", re.IGNORECASE)


def recognises(cells):
    """Whether a first row is that of the format: two numbers and nothing else."""
    cells = _trimmed(cells)
    return len(cells) == 2 and all(cell.isascii() and cell.isdigit() for cell in cells)


def read(lines, notes):
    """:raises FormatError: with the line, and what was expected there"""
    first, head = lines[0]
    candidates = whole(head[0], first, "a number of candidates above 0", least=1)
    seats = whole(head[1], first, "a number of seats above 0", least=1)
    body = lines[1:]
    votes = list(takewhile(lambda row: re.fullmatch(r"[0-9]+", row[1][0]), body))
    ballots = {}
    for line, cells in votes:
        voters = whole(cells[0], line, "a number of ballots above 0", least=1)
        expected = f"a candidate from 1 to {candidates}"
        ballot = [
            whole(cell, line, expected, 1, candidates) - 1 for cell in cells[1:] if cell
        ]
        add(ballots, tuple(ballot), voters)
    if not ballots:
        raise FormatError(first + 1, "a number of ballots and their ranking")
    names, more = _names(body[len(votes) :], candidates, lines[-1][0])
    return Profile(RANKING, distinct(names), ballots, seats, notes=(*notes, *more))


def _names(lines, candidates, last):
    """The candidates' names, and a note where the file has none."""
    if not lines:
        names = [f"Candidate {number}" for number in range(1, candidates + 1)]
        return names, ["The file names no candidates; they are numbered."]
    if len(lines) < candidates:
        raise FormatError(last + 1, f"{candidates} rows of candidates", f"{len(lines)}")
    names = []
    for number, (line, cells) in enumerate(lines[:candidates], start=1):
        expected = f"the name of candidate {number}"
        match = _NUMBERED.fullmatch(cells[0])
        if match:
            if int(match[1]) != number:
                raise FormatError(line, expected, cells[0])
            cells = cells[1:]
        if not cells or not cells[0]:
            raise FormatError(line, expected, "an empty cell")
        names.append(cells[0])
    rest = lines[candidates:]
    if len(rest) > 1:
        raise FormatError(rest[1][0], "nothing after the ward", rest[1][1][0])
    if rest and (_NUMBERED.fullmatch(rest[0][1][0]) or rest[0][1][0].isdigit()):
        raise FormatError(rest[0][0], "the ward", rest[0][1][0])
    return names, []


def _trimmed(cells):
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells
