"""What a licence is worth on a day, and what may be done to it.

A licence is its history: dated events, each taking effect on its day. Its state is
what the last effective one left it in, unless its period is over.
"""

from datetime import date
from typing import NamedTuple

# kinds of events
GRANT = "grant"
RENEWAL = "renewal"
SUSPENSION = "suspension"
LIFTING = "lifting"
WITHDRAWAL = "withdrawal"
EXPIRY = "expiry"
APPEAL = "appeal"
UPHELD = "appeal_upheld"
DISMISSED = "appeal_dismissed"

# states
PENDING = "pending"
VALID = "valid"
SUSPENDED = "suspended"
WITHDRAWN = "withdrawn"
EXPIRED = "expired"

#: What an event leaves the licence in, from its day on; the others change nothing.
EFFECTS = {
    GRANT: VALID,
    RENEWAL: VALID,
    SUSPENSION: SUSPENDED,
    LIFTING: VALID,
    WITHDRAWAL: WITHDRAWN,
    UPHELD: VALID,
}
#: Events whose reason must be told.
REASONED = {SUSPENSION, LIFTING, WITHDRAWAL, APPEAL, UPHELD, DISMISSED}


#: The states in which an event that changes the state may take effect.
_FROM = {
    RENEWAL: (VALID, EXPIRED),
    SUSPENSION: (VALID,),
    LIFTING: (SUSPENDED,),
    WITHDRAWAL: (VALID, SUSPENDED),
    UPHELD: (SUSPENDED, WITHDRAWN, EXPIRED),
}


class Event(NamedTuple):
    """``until`` is the last day of the period, of a grant and of a renewal."""

    kind: str
    date: date
    until: date | None = None


class Refused(ValueError):
    """Not possible now; its code is ``order``, ``date``, ``period``, ``notice``,
    ``appeal_late`` or ``appeal_open``."""


def _effective(events, at):
    """Those that count on a day, in the order in which they take effect; of one day, in
    the order in which they were recorded."""
    return sorted((e for e in events if e.date <= at), key=lambda e: e.date)


def last_day(events, at=date.max):
    """The last day of the period as it stands on a day; ``None`` before the grant."""
    ends = [e.until for e in _effective(events, at) if e.kind in (GRANT, RENEWAL)]
    return max(ends) if ends else None


def state(events, at):
    """
    >>> grant = Event(GRANT, date(2026, 1, 1), date(2028, 12, 31))
    >>> state([grant], date(2027, 5, 1)), state([grant], date(2029, 1, 1))
    ('valid', 'expired')
    """
    left_in = PENDING
    for event in _effective(events, at):
        left_in = EFFECTS.get(event.kind, left_in)
    if left_in in (VALID, SUSPENDED) and last_day(events, at) < at:
        return EXPIRED
    return left_in


def contested(events):
    """The suspension or withdrawal that an appeal is against, which may not have taken
    effect yet; ``None`` when the last word was another."""
    words = [e for e in events if e.kind in EFFECTS]
    if words and words[-1].kind in (SUSPENSION, WITHDRAWAL):
        return words[-1]
    return None


def open_appeal(events):
    """Whether the last appeal has no answer yet."""
    appeals = [e.kind for e in events if e.kind in (APPEAL, UPHELD, DISMISSED)]
    return bool(appeals) and appeals[-1] == APPEAL


def check(events, new, today, notice_days=0, appeal_days=60):
    """Refuse an event that does not follow from the history.

    :param events: recorded so far, in that order
    :param new: what is to be recorded today
    :param notice_days: between telling the holder and a withdrawal's taking effect
    :param appeal_days: within which a decision can be appealed against
    :raises Refused:
    """
    if new.kind == GRANT:
        if events:
            raise Refused("order")
        if new.until is None or new.until < new.date:
            raise Refused("period")
        return
    if not events:
        raise Refused("order")
    if new.kind in EFFECTS:
        # what takes effect later would be undone by it: history has one order
        if new.date < max(e.date for e in events if e.kind in EFFECTS):
            raise Refused("date")
        if state(events, new.date) not in _FROM[new.kind]:
            raise Refused("order")
    if new.kind == RENEWAL and (new.until is None or new.until <= last_day(events)):
        raise Refused("period")
    if new.kind == WITHDRAWAL and (new.date - today).days < notice_days:
        raise Refused("notice")
    if new.kind == EXPIRY:
        recorded = any(e.kind == EXPIRY and e.date > last_day(events) for e in events)
        if recorded or state(events, new.date) != EXPIRED:
            raise Refused("order")
    if new.kind == APPEAL:
        _check_appeal(events, today, appeal_days)
    if new.kind in (UPHELD, DISMISSED) and not open_appeal(events):
        raise Refused("order")


def _check_appeal(events, today, appeal_days):
    against = contested(events)
    if against is None:
        raise Refused("order")
    if open_appeal(events):
        raise Refused("appeal_open")
    if (today - against.date).days > appeal_days:
        raise Refused("appeal_late")
