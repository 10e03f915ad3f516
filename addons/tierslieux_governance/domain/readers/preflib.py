"""PrefLib's orders: ``.soc``, ``.soi``, ``.toc``, ``.toi``, today's form and the old.

Today: ``# KEY: value`` lines, then ``count: 1,2,{3,4}``. Until 2022: the number of
alternatives, ``number,name`` lines, ``voters,sum,unique orders``, then
``count,1,2,{3,4}``. Strict (s) or with ties (t), complete (c) or not (i). Source:
N. Mattei and T. Walsh, "PrefLib" (2013), https://preflib.github.io/PrefLib-Jekyll/format.
"""

import re

from ..ballots import RANKING, Profile, distinct
from .text import WRITE_IN, FormatError, add, mark, whole

_NAME = re.compile(r"ALTERNATIVE NAME ([0-9]{1,9})")
_RANK = re.compile(r"\{([0-9,]*)\}|([0-9]+)")
_ORDER = re.compile(r"(\{[0-9,]*\}|[0-9]+)(,(\{[0-9,]*\}|[0-9]+))*,?")
ORDER = "an order such as 1,2,{3,4}"


def read(text, extension, notes):
    """:raises FormatError: with the line, and what was expected there"""
    lines = [
        (number, line.strip())
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    ]
    if not lines:
        raise FormatError(1, "# KEY: value, or a number of alternatives", "nothing")
    modern = lines[0][1].startswith("#")
    names, voters, body = (_head if modern else _old_head)(lines)
    ballots = {}
    for line, content in body:
        count, colon, order = content.partition(":" if modern else ",")
        if not colon:
            raise FormatError(line, "a count, then an order", content)
        count = whole(count.strip(), line, "a number of ballots above 0", least=1)
        order = re.sub(r"\s", "", order)
        add(ballots, _ballot(order, line, len(names), extension), count)
    if not ballots:
        raise FormatError(lines[-1][0] + 1, "a count, then an order", "nothing")
    stated_at, stated = voters
    if stated is not None and stated != sum(ballots.values()):
        raise FormatError(
            stated_at, f"{stated} voters, as stated here", f"{sum(ballots.values())}"
        )
    written_in = [index for index, name in enumerate(names) if mark(name) is WRITE_IN]
    return Profile(
        RANKING,
        distinct(names),
        ballots,
        write_in=written_in[0] if len(written_in) == 1 else None,
        notes=tuple(notes),
    )


def _head(lines):
    """``(names, (line, voters), lines of orders)`` of today's form."""
    stated = {}
    names = {}
    index = 0
    while index < len(lines) and lines[index][1].startswith("#"):
        line, content = lines[index]
        key, _, value = content.lstrip("# ").partition(":")
        match = _NAME.fullmatch(key.strip().upper())
        if match:
            if int(match[1]) in names or not value.strip():
                raise FormatError(line, "the name of one more alternative", content)
            names[int(match[1])] = value.strip()
        stated[key.strip().upper()] = (line, value.strip())
        index += 1
    if "NUMBER ALTERNATIVES" not in stated:
        raise FormatError(1, "# NUMBER ALTERNATIVES: in the header", "none")
    line, value = stated["NUMBER ALTERNATIVES"]
    size = whole(value, line, "a number of alternatives above 0", least=1)
    if sorted(names) != list(range(1, len(names) + 1)) or len(names) not in (0, size):
        raise FormatError(line, f"the names of alternatives 1 to {size}", len(names))
    # An inflated number must not cost its weight in memory
    if not names and size > 10_000:
        raise FormatError(line, "the names of the alternatives", "none")
    voters = (None, None)
    if "NUMBER VOTERS" in stated:
        line, value = stated["NUMBER VOTERS"]
        voters = (line, whole(value, line, "a number of voters"))
    ordered = [
        names.get(number, f"Alternative {number}") for number in range(1, size + 1)
    ]
    return ordered, voters, lines[index:]


def _old_head(lines):
    """The same of the old form."""
    line, content = lines[0]
    size = whole(content.rstrip(","), line, "a number of alternatives above 0", least=1)
    if len(lines) < size + 2:
        raise FormatError(
            lines[-1][0] + 1, f"{size} alternatives, then the numbers of voters"
        )
    names = []
    for number, (line, content) in enumerate(lines[1 : size + 1], start=1):
        position, _, name = content.partition(",")
        if position.strip() != str(number) or not name.strip():
            raise FormatError(line, f"{number},name of the alternative", content)
        names.append(name.strip().strip('"'))
    line, content = lines[size + 1]
    numbers = [part.strip() for part in content.split(",")]
    if len(numbers) != 3:
        raise FormatError(line, "voters, sum of counts, unique orders", content)
    voters = whole(numbers[0], line, "a number of voters")
    return names, (line, voters), lines[size + 2 :]


def _ballot(order, line, size, extension):
    if not _ORDER.fullmatch(order):
        raise FormatError(line, ORDER, order)
    ballot = []
    seen = set()
    for match in _RANK.finditer(order):
        rank = tuple(
            whole(one, line, f"an alternative from 1 to {size}", 1, size) - 1
            for one in (match[1] if match[2] is None else match[2]).split(",")
            if one
        )
        if seen & set(rank) or len(set(rank)) < len(rank):
            raise FormatError(line, "each alternative once in an order", order)
        seen.update(rank)
        if len(rank) > 1:
            if extension[0] == "s":
                raise FormatError(line, "an order without ties", order)
            ballot.append(rank)
        else:
            ballot += rank
    if extension[2] == "c" and len(seen) != size:
        raise FormatError(line, f"an order of all {size} alternatives", order)
    return tuple(ballot)
