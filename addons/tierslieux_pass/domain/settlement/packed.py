"""Visits of one person as bytes: four numbers each, of four bytes, the highest first.

They are the check-in, a number of the visit, the venue and the check-out, instants in
minutes since 1970. So they take little room, and sorting the bytes sorts the visits.
"""

import sys
from array import array

#: Numbers and bytes of a visit.
NUMBERS, SIZE = 4, 16


def pack(starts, visits, venues, ends):
    """A list with the bytes of each visit, of columns of type ``i``."""
    numbers = array("i", bytes(SIZE * len(starts)))
    for place, column in enumerate((starts, visits, venues, ends)):
        numbers[place::NUMBERS] = column
    return _cut(_swapped(numbers).tobytes())


def unpack(packed, name=None):
    """``(starts, venues, ends)`` of visits end to end, in order of check-in and then of
    their names: a function of their numbers, which come in order without it."""
    visits = _cut(packed)
    visits.sort()
    numbers = _numbers(visits)
    starts = numbers[0::NUMBERS]
    # As bytes, those before 1970 come last.
    if starts[-1] < 0 or name and len(set(starts)) < len(starts):

        def key(visit):
            start, number, _venue, _end = _numbers([visit])
            return start, name(number) if name else number

        visits.sort(key=key)
        numbers = _numbers(visits)
        starts = numbers[0::NUMBERS]
    return starts, numbers[2::NUMBERS], numbers[3::NUMBERS]


def _cut(packed):
    return [packed[at : at + SIZE] for at in range(0, len(packed), SIZE)]


def _numbers(visits):
    return _swapped(array("i", b"".join(visits)))


def _swapped(numbers):
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
