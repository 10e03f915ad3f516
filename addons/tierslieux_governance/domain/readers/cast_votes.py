"""Cast-vote tables: a ballot a row, a column a rank, names in the cells.

Rank columns are known by their headings: ``rank1``, ``Rank 2``, ``1st Choice``,
``Mayor Choice 2 of 5 (0269)``, ``Third preference``, ``choix 1``… All must be of one
contest. A column ``count`` tells how many equal ballots a row stands for; others are
left aside. Cells may hold the marks ``undervote``, ``overvote`` and ``skipped``, be
empty, or stand for a written-in name. Source: the records published by Minneapolis,
Maine, New York and others, and collected at https://dataverse.harvard.edu/dataverse/rcv_cvrs.
"""

import re

from ..ballots import RANKING, Profile
from .text import SKIPPED, FormatError, Names, add, whole

_WORDS = ("first", "second", "third", "fourth", "fifth")
_WORDS += ("sixth", "seventh", "eighth", "ninth", "tenth")
_KIND = r"(?:rank(?:ing)?|choice|preference|pref|choix|rang|vote)"
_ORDINAL = rf"(?:(\d{{1,3}})(?:st|nd|rd|th|er|re|e|ème)|({'|'.join(_WORDS)}))"
_NUMBERED = re.compile(
    rf"(.*?)(?<![a-z]){_KIND}[\s_#-]*(\d{{1,3}})(?!\d)(?:\s+of\s+\d+)?(.*)", re.I
)
_ORDERED = re.compile(rf"(.*?)(?<![a-z0-9]){_ORDINAL}[\s_-]*{_KIND}(?![a-z])(.*)", re.I)
_ALONE = re.compile(rf"(\d{{1,3}})|{_ORDINAL}", re.I)
_COUNT = ("count", "ballots", "number of ballots", "num ballots")
EXPECTED = "columns of ranks such as rank1, rank2 or 1st Choice, 2nd Choice"


def read(lines, notes):
    """:raises FormatError: with the line, and what was expected there"""
    if not lines:
        raise FormatError(1, EXPECTED, "nothing")
    line, heading = lines[0]
    columns = _columns(line, heading)
    counted = [i for i, cell in enumerate(heading) if cell.lower() in _COUNT]
    if len(counted) > 1:
        raise FormatError(line, "one column of counts", heading[counted[1]])
    names = Names()
    ballots = {}
    for line, cells in lines[1:]:
        if any(cells[len(heading) :]):
            raise FormatError(line, f"{len(heading)} cells", len(cells))
        cells = cells + [""] * (len(heading) - len(cells))
        voters = 1
        if counted:
            # Spreadsheets write 3.0 for 3
            text = re.sub(r"\.0+$", "", cells[counted[0]])
            voters = whole(text, line, "a number of ballots above 0", least=1)
        ranks = (names.rank(cells[column]) for column in columns)
        add(ballots, tuple(rank for rank in ranks if rank is not SKIPPED), voters)
    if not names.positions:
        raise FormatError(lines[0][0] + 1, "a ballot that names a candidate")
    return Profile(
        RANKING,
        tuple(names.positions),
        ballots,
        write_in=names.write_in,
        notes=tuple(notes),
    )


def _columns(line, heading):
    """The columns of the ranks, first rank first."""
    contests = {}
    for column, text in enumerate(heading):
        found = _rank(text)
        if found:
            contest, rank = found
            contests.setdefault(contest, []).append((rank, column, text))
    if not contests:
        raise FormatError(line, EXPECTED, ",".join(heading))
    if len(contests) > 1:
        several = " and ".join(sorted(columns[0][2] for columns in contests.values()))
        raise FormatError(line, "the ranks of one contest", several)
    [columns] = contests.values()
    columns.sort()
    for position, (rank, _, text) in enumerate(columns, start=1):
        if rank != position:
            raise FormatError(line, f"one column of rank {position}", text)
    return [column for _, column, _ in columns]


def _rank(text):
    """``(contest, rank)`` of a heading, or None for another column."""
    # Numbers in parentheses are the machine's own
    text = re.sub(r"\s*\(\d+\)", "", text)
    match = _NUMBERED.fullmatch(text)
    if match:
        return _contest(match[1], match[3]), int(match[2])
    match = _ORDERED.fullmatch(text)
    if match:
        return _contest(match[1], match[4]), _ordinal(match[2], match[3])
    match = _ALONE.fullmatch(text)
    if match:
        return "", int(match[1]) if match[1] else _ordinal(match[2], match[3])
    return None


def _ordinal(digits, word):
    return int(digits) if digits else _WORDS.index(word.lower()) + 1


def _contest(before, after):
    # "rank1" and "rank1 choice" name the same thing
    words = re.sub(rf"(?i)\b{_KIND}\b|[\W_]+", " ", f"{before} {after}")
    return " ".join(words.casefold().split())
