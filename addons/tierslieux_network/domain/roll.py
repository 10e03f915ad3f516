"""Who is on the roll of the association at a date, and why.

On the roll = admitted on or before the date, not left since, and dues paid for it, or
inside the college's grace period after the last paid day. Facts are dated when they
take effect, not when they are recorded: what is paid today for a past period counts
for that period, and a correction erases what it corrects from the whole history.

The same rule is written as one SQL query in ``tierslieux.membership._query_roll``; a
property test holds the two together.
"""

from datetime import timedelta
from typing import NamedTuple

LEAVING = {
    "refusal": "refused",
    "withdrawal": "withdrawn",
    "exclusion": "excluded",
    "lapse": "lapsed",
}
# From which status each event may be recorded; False: nothing has happened yet.
ALLOWED_AFTER = {
    "application": {False, "refused", "withdrawn", "excluded", "lapsed"},
    "admission": {"applied"},
    "refusal": {"applied"},
    "withdrawal": {"applied", "admitted", "member", "due"},
    "exclusion": {"admitted", "member", "due"},
    "lapse": {"admitted", "due", "lapsed"},
    "reinstatement": {"withdrawn", "excluded", "lapsed"},
}
# The status that each reason gives, and the reasons to be on the roll.
STATUSES = {
    "not_admitted": "applied",
    "unpaid": "admitted",
    "paid": "member",
    "free": "member",
    "grace": "due",
    "grace_over": "lapsed",
    "refused": "refused",
    "withdrawn": "withdrawn",
    "excluded": "excluded",
    "lapsed": "lapsed",
}
REASONS_IN = ("paid", "free", "grace")


class Event(NamedTuple):
    number: int  # order of recording
    kind: str
    date: object
    corrects: int | None = None  # number of the event that a correction erases


class Due(NamedTuple):
    """A membership line of OCA ``membership``."""

    date_from: object
    date_to: object
    date_cancel: object
    state: str
    settled: bool  # its invoice was paid, or it never needed one


class Standing(NamedTuple):
    status: str
    reason: str
    on_roll: bool
    member_since: object
    paid_until: object


def paid_periods(dues):
    """The periods that count as paid: paid or free ones, and those cancelled after
    having been settled, until the day they were cancelled (that day included).

    :return: a list of ``(first day, last day)``
    """
    periods = []
    for due in dues:
        if not (due.date_from and due.date_to):
            continue
        cancelled = due.state == "canceled" and due.settled and due.date_cancel
        if due.state in ("paid", "free") or cancelled:
            last = min(due.date_to, due.date_cancel or due.date_to)
            if last >= due.date_from:
                periods.append((due.date_from, last))
    return periods


def standing(at, events, dues, grace_days, free=False):
    """The standing of one membership at a date.

    :param events: iterable of :class:`Event`
    :param dues: iterable of :class:`Due`
    :param free: the member owes no dues at all
    :return: :class:`Standing`, or None when nothing had happened by then
    """
    corrected = {event.corrects for event in events if event.kind == "correction"}
    past = sorted(
        (event.date, event.number, event.kind)
        for event in events
        if event.date <= at
        and event.kind != "correction"
        and event.number not in corrected
    )
    if not past:
        return None
    last_kind = past[-1][2]
    admitted = _last_date(past, {"admission"})
    entered = _last_date(past, {"admission", "reinstatement"})
    periods = paid_periods(dues)
    covered_until = max((last for first, last in periods if first <= at), default=None)
    since = None
    if admitted and free:
        since = admitted
    elif admitted and covered_until and covered_until >= admitted:
        since = max(admitted, min(first for first, _last in periods))
    # what was paid before somebody left does not count once they are back
    if covered_until and entered and covered_until < entered:
        covered_until = None
    reason = _reason(at, last_kind, covered_until, grace_days, free)
    return Standing(
        STATUSES[reason],
        reason,
        reason in REASONS_IN,
        since,
        max((last for _first, last in periods), default=None),
    )


def _last_date(past, kinds):
    return max((day for day, _number, kind in past if kind in kinds), default=None)


def _reason(at, last_kind, covered_until, grace_days, free):
    if last_kind in LEAVING:
        return LEAVING[last_kind]
    if last_kind == "application":
        return "not_admitted"
    if covered_until and covered_until >= at:
        return "paid"
    if free:
        return "free"
    if covered_until is None:
        return "unpaid"
    if at <= covered_until + timedelta(days=grace_days):
        return "grace"
    return "grace_over"
