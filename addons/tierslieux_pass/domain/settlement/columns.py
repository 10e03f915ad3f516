"""Many instants at once: a column of texts that are all written alike.

The texts are laid one after another, so that every n-th byte is the same place of each
of them. Numbers are then added and multiplied for the whole column in one long integer,
each in a byte or a lane of its own that it cannot overflow: ten times as fast as text
by text.
"""

import sys
from array import array
from calendar import isleap
from datetime import date

from .instants import EPOCH

#: By their length; 0 is a digit, + is a sign, the same in all texts.
SHAPES = {
    len(shape): shape
    for shape in (
        b"0000-00-00T00:00:00+00:00",
        b"0000-00-00T00:00+00:00",
        b"0000-00-00T00:00:00Z",
        b"0000-00-00T00:00Z",
    )
}
DIGITS = b"0123456789"
#: What is as good as each other in a shape; the value of a digit.
ALIKE = bytes.maketrans(DIGITS + b"t z", b"0" * 10 + b"TTZ")
VALUES = bytes(byte - 48 if byte in DIGITS else 0 for byte in range(256))
BELOW_24, BELOW_60 = bytes(range(24)), bytes(range(60))
DAYS, MONTHS = bytes(range(1, 32)), bytes(range(1, 13))
LANE = 4


def _table(value):
    """What ``bytes.translate`` puts in the place of each number of two digits."""
    return bytes(map(value, range(100))) + bytes(156)


#: Years are those from 2000 to 2099. A year's first day comes 365 days after the one
#: before it, and one more after each leap year; a month's 30 days, and some more.
LEAP = _table(lambda year: isleap(2000 + year))
LEAPS = _table(lambda year: sum(map(isleap, range(2000, 2000 + year))))
LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
LAST = _table(lambda month: LENGTHS[month - 1] if 1 <= month <= 12 else 0)
#: A day is taken from these, so that none is below 0.
MORE = 2
EXTRA = _table(
    lambda month: (
        MORE + sum(LENGTHS[: month - 1]) - 30 * (month - 1) if 1 <= month <= 12 else 0
    )
)
FEBRUARY = _table(lambda month: month == 2)
AFTER_FEBRUARY = _table(lambda month: month > 2)
#: Hours and minutes added, so that an offset is never taken from less than itself.
HOURS, MINUTES = 24, 60
#: Day 0 of month 0 of year 0, in minutes since 1970, less all that was added.
ORIGIN = (
    (date(2000, 1, 1).toordinal() - EPOCH - 31 - MORE) * 24 - HOURS
) * 60 - MINUTES


def minutes(texts):
    """Minutes since 1970 in UTC of each text, truncated; ``None`` when they are not
    all written alike in one of ``SHAPES``, of this century, or one is no instant."""
    count, width = len(texts), len(texts[0])
    shape = SHAPES.get(width)
    if not shape:
        return None
    # Each ends where the shape does, or this is no row of shapes.
    row = ("\n".join(texts) + "\n").encode()
    behind = b"-" in row[width - 6 : width - 5]
    if behind:
        shape = shape.replace(b"+", b"-")
    # Bytes that are not ASCII make it longer, and are none of the shape's.
    if row.translate(ALIKE) != (shape + b"\n") * count:
        return None
    width += 1

    digits = int.from_bytes(row.translate(VALUES), "little")
    # In each place the number of two digits that begins there.
    pairs = (digits * 10 + (digits >> 8)).to_bytes(len(row), "little")
    year, month, day = pairs[2::width], pairs[5::width], pairs[8::width]
    hour, minute = pairs[11::width], pairs[14::width]
    known = [(month, MONTHS), (day, DAYS), (hour, BELOW_24), (minute, BELOW_60)]
    if shape[16:17] == b":":
        known.append((pairs[17::width], BELOW_60))
    ones = _whole(b"\1" * count)
    hours, rest = _whole(hour) + ones * HOURS, _whole(minute) + ones * MINUTES
    if b"Z" not in shape:
        ahead, ahead_rest = pairs[width - 6 :: width], pairs[width - 3 :: width]
        known += [(ahead, BELOW_24), (ahead_rest, BELOW_60)]
        hours += _whole(ahead) if behind else -_whole(ahead)
        rest += _whole(ahead_rest) if behind else -_whole(ahead_rest)
    if any(numbers.translate(None, allowed) for numbers, allowed in known):
        return None
    leap = _whole(year.translate(LEAP))
    last = _whole(month.translate(LAST)) + (leap & _whole(month.translate(FEBRUARY)))
    # The highest bit of each byte stays if no day is after the last one.
    if (last + ones * 128 - _whole(day)) & ones * 128 != ones * 128:
        return None
    if row[0::width] + row[1::width] != b"2" * count + b"0" * count:
        return None

    days = (
        _whole(day)
        + _whole(month.translate(EXTRA))
        + _whole(year.translate(LEAPS))
        + (leap & _whole(month.translate(AFTER_FEBRUARY)))
    ).to_bytes(count, "little")
    total = (
        (_lanes(year) * 365 + _lanes(month) * 30 + _lanes(days)) * 24
        + _lanes(hours.to_bytes(count, "little"))
    ) * 60 + _lanes(rest.to_bytes(count, "little"))
    total += _lanes(b"\1" * count) * ORIGIN
    numbers = array("i", total.to_bytes(LANE * count, "little"))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _whole(numbers):
    """All numbers in one, a byte each."""
    return int.from_bytes(numbers, "little")


def _lanes(numbers):
    lanes = bytearray(LANE * len(numbers))
    lanes[::LANE] = numbers
    return int.from_bytes(lanes, "little")
