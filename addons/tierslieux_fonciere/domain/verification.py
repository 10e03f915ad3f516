"""A register read again without the server that kept it: chain, numbers, holdings.

A register is JSON, ``{"company": …, "movements": [{…}, …]}``, or CSV with one movement
a line; a movement has the keys of :data:`chain.COLUMNS`, ``previous``, ``digest``."""

import csv
import io
import json
from typing import NamedTuple

from . import capital, chain, holdings

KINDS = (
    "subscription",
    "payment",
    "transfer",
    "redemption",
    "cancellation",
    "correction",
)
_NUMBERS = ("number", "quantity", "held", "giver", "receiver", "nominal", "price")
_NUMBERS += ("issue", "property", "corrects")
_SEALED = (*chain.COLUMNS, "previous", "digest")


class FormatError(ValueError):
    """The file is not a register."""


class Problem(NamedTuple):
    #: of the first movement that is wrong
    number: int
    text: str


class Verdict(NamedTuple):
    count: int
    head: str
    #: None: nothing was tampered with
    problem: Problem | None
    #: {holder: shares}, of the movements before the problem
    holdings: dict
    capital: int
    highest: int


def read(name, data):
    """The movements of a file.

    :raises FormatError: neither JSON nor CSV of a register
    """
    try:
        text = data.decode("utf-8-sig")
        rows = (
            list(csv.DictReader(io.StringIO(text)))
            if name.lower().endswith(".csv")
            else json.loads(text)["movements"]
        )
        return [_row(row, rank) for rank, row in enumerate(rows, 1)]
    except (UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise FormatError("not a register in JSON or CSV") from error


def _row(row, rank):
    if missing := [name for name in _SEALED if name not in row]:
        raise FormatError(f"movement {rank} has no {missing[0]}")
    row = {name: row[name] if row[name] != "" else None for name in _SEALED}
    for name in _NUMBERS:
        if isinstance(row[name], str):
            if not row[name].lstrip("-").isdecimal():
                raise FormatError(f"{name} of movement {rank} is no number")
            row[name] = int(row[name])
    if isinstance(row["gratuitous"], str):
        row["gratuitous"] = row["gratuitous"] == "true"
    return row


def verify(movements, head=None):
    """Recompute a register from its first movement.

    :param head: a digest that was printed or kept earlier: it must be in the chain
    """
    problem = first_break(movements)
    if problem is None:
        problem = _first_wrong(movements)
    digests = [one["digest"] for one in movements]
    sound = movements[: problem.number - 1] if problem else movements
    if problem is None and head is not None and head not in digests:
        problem = Problem(
            len(movements) + 1, "the digest that was kept is not in this register"
        )
    return Verdict(
        len(movements),
        digests[-1] if digests else chain.GENESIS,
        problem,
        holdings.holdings(sound),
        capital.capital(sound),
        capital.highest(sound),
    )


def first_break(movements, previous=chain.GENESIS, number=0):
    """The first movement that does not follow the one before; None if all do.

    :param previous, number: of the movement before the first, when it is not the first
        of the register
    """
    for one in movements:
        number += 1
        if one["number"] != number:
            return Problem(number, f"movement {number} is missing")
        if one["previous"] != previous:
            return Problem(number, f"movement {number} does not follow the one before")
        if one["digest"] != chain.digest(previous, one):
            return Problem(number, f"movement {number} is not what was recorded")
        previous = one["digest"]
    return None


def _first_wrong(movements):
    """Movements that follow one another and still cannot be."""
    problems = []
    seen = {}
    corrected = set()
    for one in movements:
        number = one["number"]
        if one["kind"] not in KINDS or one["quantity"] < 1:
            problems.append(Problem(number, f"movement {number} is of no known kind"))
        if one["held"] not in (0, one["quantity"]):
            problems.append(Problem(number, f"movement {number} holds another number"))
        if one["source_key"] in seen:
            first = seen[one["source_key"]]
            problems.append(
                Problem(number, f"movement {number} is movement {first} once more")
            )
        seen.setdefault(one["source_key"], number)
        if one["corrects"] is not None:
            if one["corrects"] in corrected or not _opposite(movements, one):
                problems.append(
                    Problem(
                        number,
                        f"movement {number} is not the opposite of what it corrects",
                    )
                )
            corrected.add(one["corrects"])
    overdraft = holdings.first_overdraft(movements)
    if overdraft:
        number = overdraft["number"]
        problems.append(
            Problem(number, f"movement {number} gives shares that its giver has not")
        )
    return min(problems, default=None)


def _opposite(movements, correction):
    number = correction["corrects"]
    if not 0 < number < correction["number"]:
        return False
    origin = movements[number - 1]
    return (
        correction["giver"] == origin["receiver"]
        and correction["receiver"] == origin["giver"]
        and correction["held"] == origin["held"]
        and correction["nominal"] == origin["nominal"]
    )
