"""A person's month without its times: what the settlement depends on, and no more.

Days of presence become the first days of the month that can hold them, in their order;
the visits of a day follow one another from its beginning. Minutes, venues, their order,
what falls on a same day and how many visits start in the month stay as they were, so
that any rules settle the reduced month to the same cent. When the person was there is
gone.
"""

from itertools import pairwise
from typing import NamedTuple


class Piece(NamedTuple):
    """``minutes`` of the visit ``number`` on a ``day`` of the month."""

    day: int
    number: int
    minutes: int


def reduced(visits, month):
    """``[(start, place, end)]`` of one person, in minutes since the month's start, in
    order.

    ``visits`` are ``(starts, places, ends)`` as ``Visits.of`` gives them. A visit that
    began before the month begins a minute before it.
    """
    starts, places, ends = visits
    visits = (
        [start - month.start for start in starts],
        places,
        [end - month.start for end in ends],
    )
    begins = [0, *month.day_ends]
    lengths = [end - begin for begin, end in pairwise(begins)]
    placed, free = {}, 0
    for block in _blocks(_pieces(visits, month)):
        # Its own days hold it, and those found are never later: the search ends.
        while not _fits(block, lengths[free:]):
            free += 1
        for day in block:
            at = begins[free]
            for piece in day[:-1]:
                _put(placed, piece, at)
                at += piece.minutes
            free += 1
            goes_on = day is not block[-1]
            _put(placed, day[-1], begins[free] - day[-1].minutes if goes_on else at)
    rows, until = [], 0
    for number, (start, place) in enumerate(zip(visits[0], visits[1], strict=True)):
        # Of no minute, within another visit: it still starts in the month.
        nothing = min(until, month.length - 1)
        begin, end = placed.get(number, (nothing, nothing))
        rows.append((-1 if start < 0 else begin, place, end))
        until = max(until, end)
    return rows


def _pieces(visits, month):
    """Visits less their overlaps, cut at the month's ends and at midnights."""
    pieces, until = [], 0
    for number, (start, _place, end) in enumerate(zip(*visits, strict=True)):
        start, end = max(start, until), min(end, month.length)
        while start < end:
            day = month.day_of[start]
            until = min(end, month.day_ends[day])
            pieces.append(Piece(day, number, until - start))
            start = until
    return pieces


def _blocks(pieces):
    """Days, in lists of those that a visit over midnight joins: ``[[pieces]]``."""
    days = {}
    for piece in pieces:
        days.setdefault(piece.day, []).append(piece)
    blocks = []
    for day in days.values():
        if blocks and blocks[-1][-1][-1].number == day[0].number:
            blocks[-1].append(day)
        else:
            blocks.append([day])
    return blocks


def _fits(block, lengths):
    for number, day in enumerate(block):
        needed = sum(piece.minutes for piece in day)
        whole = len(day) == 1 and 0 < number < len(block) - 1
        if needed > lengths[number] or whole and needed < lengths[number]:
            return False
    return True


def _put(placed, piece, at):
    begin, _end = placed.get(piece.number, (at, at))
    placed[piece.number] = begin, at + piece.minutes
