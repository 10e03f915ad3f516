"""Many instants at once: a column of texts that are all written alike.

The texts are laid end to end, so that every n-th byte is the same place of each of
them. Numbers are then added and multiplied for the whole column in one long integer,
each in a lane of its own that it cannot overflow: ten times as fast as text by text.
"""

import sys
from array import array
from datetime import date
from operator import add

from .instants import EPOCH

#: By their length; 0 is a digit, + is a sign, the same in all texts.
SHAPES = {
    len(shape): shape
    for shape in (
        "0000-00-00T00:00:00+00:00",
        "0000-00-00T00:00+00:00",
        "0000-00-00T00:00:00Z",
        "0000-00-00T00:00Z",
    )
}
DIGITS = b"0123456789"
VALUES = bytes(max(byte - 48, 0) for byte in range(256))
BELOW_24, BELOW_60 = bytes(range(24)), bytes(range(60))
LANE = 4
#: Added to each lane, so that an offset is never taken from less than itself.
DAY = 1440


def minutes(texts):
    """Minutes since 1970 in UTC of each text, truncated; ``None`` when they are not
    all written alike in one of ``SHAPES``, or one is no instant."""
    count, width = len(texts), len(texts[0])
    shape = SHAPES.get(width)
    if not shape or set(map(len, texts)) != {width}:
        return None
    joined = "".join(texts)
    if not joined.isascii():
        return None
    row = joined.encode()
    sign = row[shape.find("+") : shape.find("+") + 1] if "+" in shape else b""
    if sign not in (b"", b"+", b"-"):
        return None
    shape = shape.encode().replace(b"+", sign)
    # All that is no digit is what it should be, and where it should be.
    if row.translate(None, DIGITS) != shape.translate(None, DIGITS) * count:
        return None
    for place, mark in enumerate(shape):
        if mark != 48 and row[place::width] != bytes([mark]) * count:
            return None

    row = row.translate(VALUES)
    hours, minute = _pair(row, width, 11), _pair(row, width, 14)
    known = [(hours, BELOW_24), (minute, BELOW_60)]
    if shape[16:17] == b":":
        known.append((_pair(row, width, 17), BELOW_60))
    total = _lanes(hours) * 60 + _lanes(minute) + _lanes(b"\1" * count) * DAY
    if sign:
        ahead, rest = _pair(row, width, width - 5), _pair(row, width, width - 2)
        known += [(ahead, BELOW_24), (rest, BELOW_60)]
        offset = _lanes(ahead) * 60 + _lanes(rest)
        total += offset if sign == b"-" else -offset
    if any(numbers.translate(None, allowed) for numbers, allowed in known):
        return None

    days = sum(
        _lanes(_pair(row, width, place)) * weight
        for place, weight in ((0, 1_000_000), (2, 10_000), (5, 100), (8, 1))
    )
    days = _numbers(days, count)
    try:
        starts = {day: _start(day) - DAY for day in set(days)}
    except ValueError:
        return None
    return list(map(add, map(starts.__getitem__, days), _numbers(total, count)))


def _start(day):
    """Of a day such as 20261001, as if it were in UTC."""
    return (date(day // 10_000, day // 100 % 100, day % 100).toordinal() - EPOCH) * 1440


def _pair(row, width, place):
    """The numbers of two digits at a place, a byte each."""
    tens = int.from_bytes(row[place::width], "little")
    units = int.from_bytes(row[place + 1 :: width], "little")
    return (tens * 10 + units).to_bytes(len(row) // width, "little")


def _lanes(numbers):
    lanes = bytearray(LANE * len(numbers))
    lanes[::LANE] = numbers
    return int.from_bytes(lanes, "little")


def _numbers(lanes, count):
    numbers = array("I", lanes.to_bytes(LANE * count, "little"))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tolist()
