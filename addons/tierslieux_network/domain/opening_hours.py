"""Weekly opening hours, in the notation of OpenStreetMap that the standard uses.

Hours are ``{weekday: [(start, end), …]}``: weekday 0 is Monday, start and end are
minutes since midnight, ``0 <= start < end <= 1440``, sorted and apart. A range past
midnight is split over the two days. Only the weekly part of the notation is read: days,
day ranges, time ranges, ``off``, ``24/7``; anything else is an error that names it,
never a guess.
Source: https://wiki.openstreetmap.org/wiki/Key:opening_hours
"""

import re

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY_MINUTES = 24 * 60
_TIME = re.compile(r"^(\d{1,2}):(\d{2})$")
_RULE = re.compile(
    r"^(?P<days>(?:[A-Z][a-zA-Z]|PH)(?:\s*[-,]\s*(?:[A-Z][a-z]|PH))*)?"
    r"\s*(?P<times>.*)$"
)


class OpeningHoursError(ValueError):
    """The text cannot be read; the message quotes the part that cannot."""


def parse(text):
    """Read ``"Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00"``.

    :raises OpeningHoursError: the part that is not understood
    """
    hours = {}
    for rule in filter(None, map(str.strip, (text or "").split(";"))):
        if rule == "24/7":
            hours = {day: [(0, DAY_MINUTES)] for day in range(7)}
            continue
        match = _RULE.match(rule)
        days, times = match["days"], match["times"].strip()
        if days == "PH":  # public holidays are closures, not weekly hours
            continue
        weekdays = _weekdays(days) if days else list(range(7))
        ranges = [] if times in ("off", "closed") else _ranges(times)
        for day in weekdays:
            hours[day] = []
        for day in weekdays:
            for start, end in ranges:
                if end > start:
                    hours[day].append((start, end))
                else:
                    hours[day].append((start, DAY_MINUTES))
                    if end:
                        hours.setdefault((day + 1) % 7, []).append((0, end))
    return {day: _merged(hours[day]) for day in sorted(hours) if hours[day]}


def format_osm(hours):
    """Write hours in the notation of OpenStreetMap, days of equal hours together."""
    rules = []
    for first, last in _day_runs(hours):
        days = DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
        times = ",".join(f"{_clock(s)}-{_clock(e)}" for s, e in hours[first])
        rules.append(f"{days} {times}")
    return "; ".join(rules)


def is_open(hours, weekday, minute):
    """Whether the weekly hours hold at a minute of a weekday."""
    return any(start <= minute < end for start, end in hours.get(weekday, ()))


def weekly_minutes(hours):
    """Minutes open in a week."""
    return sum(end - start for ranges in hours.values() for start, end in ranges)


def _weekdays(text):
    weekdays = []
    for part in re.split(r"\s*,\s*", text):
        if part == "PH":
            continue
        ends = re.split(r"\s*-\s*", part)
        if len(ends) > 2 or not set(ends) <= set(DAYS):
            raise OpeningHoursError(part)
        first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
        span = (last - first) % 7
        weekdays += [(first + step) % 7 for step in range(span + 1)]
    return list(dict.fromkeys(weekdays))


def _ranges(text):
    if not text:
        raise OpeningHoursError(text)
    ranges = []
    for part in text.split(","):
        ends = re.split(r"\s*-\s*", part.strip())
        if len(ends) != 2:
            raise OpeningHoursError(part.strip())
        start, end = (_minutes(clock, part) for clock in ends)
        if start == end or start == DAY_MINUTES:
            raise OpeningHoursError(part.strip())
        ranges.append((start, end))
    return ranges


def _minutes(clock, part):
    match = _TIME.match(clock)
    if match:
        minutes = int(match[1]) * 60 + int(match[2])
        if int(match[2]) < 60 and minutes <= DAY_MINUTES:
            return minutes
    raise OpeningHoursError(part.strip())


def _clock(minutes):
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _merged(ranges):
    merged = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _day_runs(hours):
    """``(first, last)`` weekdays of runs that have the same hours."""
    runs = []
    for day in sorted(hours):
        if not hours[day]:
            continue
        if runs and runs[-1][1] == day - 1 and hours[runs[-1][0]] == hours[day]:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs
