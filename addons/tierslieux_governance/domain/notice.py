"""Notice: how many days lie between the convocation and the meeting.

Days are whole calendar days where the meeting is held: called on the 1st, a meeting on
the 16th has 15 days of notice, whatever the hours. Source: the statutes.
"""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Verdict:
    """``given`` days of notice out of ``required``.

    :param earliest: first day on which the meeting may be held, if called that day
    """

    respected: bool
    given: int
    required: int
    earliest: date


def check(sent, meeting, required):
    """Whether a meeting is called early enough.

    >>> check(date(2026, 3, 1), date(2026, 3, 15), 15).earliest
    datetime.date(2026, 3, 16)

    :param sent: day of the convocation
    :param meeting: day of the meeting
    :param required: days of notice
    """
    given = (meeting - sent).days
    return Verdict(given >= required, given, required, sent + timedelta(days=required))
