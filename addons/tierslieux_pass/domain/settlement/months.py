"""A month in a time zone: where it and its days begin and end."""

import os
import re
import zoneinfo
from datetime import date, datetime, timedelta

from .errors import RuleError

MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
#: Time zones and instants are exact there, and minutes since 1970 in four bytes.
FIRST_YEAR, LAST_YEAR = 1900, 6000


class Month:
    """``start``, ``end`` and ``midnights``, the days' ends, in minutes since 1970 UTC;
    the rest counts from ``start``.

    ``day_of[minute]`` is the day, from 0, of each minute of the month; ``day_ends``
    are the days' ends. A day is 23, 24 or 25 hours long, or what the zone made of it:
    it begins at the first instant of its date.
    """

    def __init__(self, name, timezone):
        found = MONTH.fullmatch(name)
        if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            raise RuleError(f"'month' must be like 2026-10, not {name!r}")
        self.name = name
        zone = _zone(timezone)
        day = date(int(found[1]), int(found[2]), 1)
        midnights = [_midnight(day, zone)]
        while not (day.day == 1 and len(midnights) > 1):
            day += timedelta(days=1)
            midnights.append(_midnight(day, zone))
        self.start, self.end = midnights[0], midnights[-1]
        self.length = self.end - self.start
        self.midnights = midnights[1:]
        self.day_ends = [midnight - self.start for midnight in self.midnights]
        begins = [0, *self.day_ends]
        self.day_of = b"".join(
            bytes([number]) * (begins[number + 1] - begins[number])
            for number in range(len(self.day_ends))
        )


def _midnight(day, zone):
    # Of a midnight that comes twice this is the first, of one that is skipped the
    # instant of the skip: the first instant of the date in both cases.
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()) // 60


def _zone(name):
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        if not any(os.path.isdir(folder) for folder in zoneinfo.TZPATH):
            raise RuleError(
                "this machine has no time zones; install the system's package tzdata"
            ) from error
        raise RuleError(f"'timezone' {name!r} is not a known time zone") from error
