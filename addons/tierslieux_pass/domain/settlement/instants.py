"""ISO 8601 with an offset to seconds and minutes since 1970 in UTC."""

import re
from datetime import date
from fractions import Fraction

#: Extended or basic form, minutes at least, an offset always.
INSTANT = re.compile(
    r"([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})[Tt ]"
    r"([01][0-9]|2[0-3])(:?)([0-5][0-9])(?:\6([0-5][0-9])(?:[.,]([0-9]{1,12}))?)?"
    r"(?:[Zz]|([+-])([01][0-9]|2[0-3])(?::?([0-5][0-9])(?::?([0-5][0-9]))?)?)"
)
WITHOUT_OFFSET = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}[Tt ][0-9:]{4,8}(?:[.,]\d+)?")
EPOCH = date(1970, 1, 1).toordinal()


def seconds(text):
    """Seconds since 1970 in UTC, exact; a sentence's end as ``ValueError`` if bad."""
    found = INSTANT.fullmatch(text)
    if not found:
        if WITHOUT_OFFSET.fullmatch(text):
            raise ValueError("has no offset from UTC, such as +02:00")
        raise ValueError("is not an ISO 8601 instant such as 2026-10-01T09:30:00+02:00")
    year, _, month, day, hour, _, minute, second, part, sign, *offset = found.groups()
    try:
        days = date(int(year), int(month), int(day)).toordinal() - EPOCH
    except ValueError as error:
        raise ValueError("is no day of the calendar") from error
    here = ((days * 24 + int(hour)) * 60 + int(minute)) * 60 + int(second or 0)
    hours, minutes, rest = (int(number or 0) for number in offset)
    ahead = (hours * 60 + minutes) * 60 + rest
    instant = here + ahead if sign == "-" else here - ahead
    return instant + Fraction(int(part), 10 ** len(part)) if part else instant


def minute(text):
    """Truncated to the minute, in minutes since 1970."""
    return seconds(text) // 60
