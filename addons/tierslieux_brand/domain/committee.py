"""The committee: who may sit, whether enough of them did, what they decided."""

from datetime import timedelta
from typing import NamedTuple

FOR = "for"
AGAINST = "against"
ABSTAIN = "abstain"

GRANTED = "granted"
REFUSED = "refused"


class Conflict(NamedTuple):
    """Why somebody may not judge a venue: ``venue``, ``structure`` or ``reviewer``."""

    code: str


def conflict(person_venues, person_structures, venue, structure, reviewed=False):
    """``venue`` for whoever runs or helps in it, ``structure`` for whoever runs another
    venue of the same holder, ``reviewer`` for whoever reviewed it; ``None`` otherwise.

    :param person_venues: identifiers of the venues a person runs or helps in
    :param person_structures: of their holders
    :param structure: the holder of ``venue``, ``None`` if there is none
    """
    if venue in person_venues:
        return "venue"
    if structure is not None and structure in person_structures:
        return "structure"
    if reviewed:
        return "reviewer"
    return None


class Verdict(NamedTuple):
    """``outcome`` is ``None`` while the quorum is not reached."""

    outcome: str | None
    present: int
    quorum: int
    in_favour: int
    against: int


def verdict(opinions, quorum):
    """What the opinions given make: more for than against grants, a tie does not.
    Whoever abstains counts for the quorum; whoever was recused gave no opinion.

    :param opinions: iterable of ``for``, ``against``, ``abstain``
    :param quorum: how many opinions it takes, at least one

    >>> verdict(["for", "against", "for"], 3).outcome
    'granted'
    """
    opinions = list(opinions)
    in_favour, against = opinions.count(FOR), opinions.count(AGAINST)
    reached = len(opinions) >= max(quorum, 1)
    outcome = (GRANTED if in_favour > against else REFUSED) if reached else None
    return Verdict(outcome, len(opinions), quorum, in_favour, against)


def appeal_until(decided_on, appeal_days):
    """The last day on which a refusal can be appealed against.

    >>> from datetime import date
    >>> appeal_until(date(2026, 3, 1), 60).isoformat()
    '2026-04-30'
    """
    return decided_on + timedelta(days=appeal_days)
