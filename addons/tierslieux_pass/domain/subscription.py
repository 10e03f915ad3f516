"""What happens to a pass: events, what may follow what, from which day.

Events are ``Event(id, kind, day, plan, corrects)``: ``day`` is the first day on which
the event holds, ``plan`` a key for ``subscribed`` and ``plan_changed``, ``corrects``
the id of the event that a correction erases from the whole history. Days are dates;
periods are half-open, ``[first, last)``.

Rules, the same for everybody:

- a pass starts on the day asked for, today or later;
- a plan changes, and a pause begins, on the first of a month: the month begun stays
  as it was paid;
- a pass comes back from its pause on the day asked for;
- a pass ends with a month: the month begun is used to its end.
"""

from datetime import date, timedelta
from typing import NamedTuple

NONE, PLANNED, ACTIVE, PAUSED, ENDED = "none", "planned", "active", "paused", "ended"

# Status in which the pass must be on the day before an event.
ALLOWED_AFTER = {
    "subscribed": {NONE, ENDED},
    "plan_changed": {ACTIVE, PAUSED},
    "paused": {ACTIVE},
    "resumed": {PAUSED},
    "ended": {ACTIVE, PAUSED},
}
STATUS_AFTER = {
    "subscribed": ACTIVE,
    "paused": PAUSED,
    "resumed": ACTIVE,
    "ended": ENDED,
}


class Event(NamedTuple):
    id: int
    kind: str
    day: date
    plan: int | None = None
    corrects: int | None = None


class Standing(NamedTuple):
    """Status of a pass on a day, its plan, and since which day both hold."""

    status: str
    plan: int | None
    since: date | None


class Period(NamedTuple):
    """An unbroken time of an active pass with one plan, ``last`` excluded."""

    first: date
    last: date
    plan: int


def timeline(events):
    """The events that count, in order: corrected ones and corrections left out."""
    erased = {event.corrects for event in events if event.corrects}
    return sorted(
        (e for e in events if e.kind != "correction" and e.id not in erased),
        key=lambda event: (event.day, event.id),
    )


def standing(events, day):
    """Status of a pass on a day: ``none`` before any event, ``planned`` before the
    first day of a subscription made already."""
    status, plan, since = NONE, None, None
    coming = None
    for event in timeline(events):
        if event.day > day:
            coming = coming or event
            continue
        status = STATUS_AFTER.get(event.kind, status)
        plan = event.plan or plan
        since = event.day
    if coming and coming.kind == "subscribed" and status in (NONE, ENDED):
        return Standing(PLANNED, coming.plan, coming.day)
    return Standing(status, plan, since)


def periods(events, first, last):
    """When a pass is active between two days, ``last`` excluded."""
    result = []
    status, plan, since = NONE, None, first
    for event in timeline(events):
        day = min(max(event.day, first), last)
        if status == ACTIVE and since < day:
            result.append(Period(since, day, plan))
        status = STATUS_AFTER.get(event.kind, status)
        plan = event.plan or plan
        since = day
    if status == ACTIVE and since < last:
        result.append(Period(since, last, plan))
    return _joined(result)


def effective_day(kind, today):
    """From which day an event asked for today holds, at the earliest."""
    if kind in ("plan_changed", "paused", "ended"):
        return next_month(today)
    return today


def next_month(day):
    """The first of the next month."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def may_follow(events, kind, day):
    """Whether an event may take effect on a day: after what holds the day before, and
    with nothing planned later."""
    before = [event for event in timeline(events) if event.day <= day]
    if len(before) < len(timeline(events)):
        return False
    status = standing(before, day).status
    return status in ALLOWED_AFTER[kind]


def planned(events, today):
    """What is to happen after today, in order."""
    return [event for event in timeline(events) if event.day > today]


def _joined(found):
    joined = []
    for period in found:
        if joined and joined[-1][1:] == (period.first, period.plan):
            joined[-1] = joined[-1]._replace(last=period.last)
        else:
            joined.append(period)
    return joined
