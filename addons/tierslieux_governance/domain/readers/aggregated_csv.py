"""CSV of ``count,ranking`` rows: equal ballots together, names separated by ``>``.

Marks among the names, with or without ``$``: ``UNDERVOTE`` and ``SKIPPED`` for a rank
left blank, ``OVERVOTE`` for one that cannot be read; ``Write-in`` for written-in names.
"""

from ..ballots import RANKING, Profile
from .text import SKIPPED, FormatError, Names, add, whole


def recognises(cells):
    """Whether a first row is ``count,ranking…``."""
    named = [cell.lower() for cell in cells if cell]
    return len(named) == 2 and named[0] == "count" and named[1].startswith("ranking")


def read(lines, notes):
    """:raises FormatError: with the line, and what was expected there"""
    names = Names()
    ballots = {}
    for line, cells in lines[1:]:
        if len(cells) < 2 or any(cells[2:]):
            raise FormatError(
                line, "a count and a ranking, quoted if it has commas", ",".join(cells)
            )
        voters = whole(cells[0], line, "a number of ballots above 0", least=1)
        ballot = []
        for name in cells[1].split(">") if cells[1] else []:
            if not name.strip():
                raise FormatError(line, "a name on each side of >", cells[1])
            rank = names.rank(name.strip())
            if rank is not SKIPPED:
                ballot.append(rank)
        add(ballots, tuple(ballot), voters)
    if not names.positions:
        raise FormatError(lines[0][0] + 1, "a ballot that names a candidate")
    return Profile(
        RANKING,
        tuple(names.positions),
        ballots,
        write_in=names.write_in,
        notes=tuple(notes),
    )
