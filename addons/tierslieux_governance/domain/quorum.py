"""Quorum: whether enough of those entitled take part for a resolution to be voted.

Reached when (on site + remote + represented + correspondence) ÷ entitled ≥ q, each part
counting only where the statutes let it. Where they ask for it, each college must reach
the quorum too. A second convocation has a quorum of its own, often none. Source: the
statutes; the quorum is looked at again before each resolution.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil


@dataclass(frozen=True)
class Attendance:
    """Votes of those who take part, out of those ``entitled`` at the cut-off."""

    entitled: int
    on_site: int = 0
    remote: int = 0
    represented: int = 0
    correspondence: int = 0


@dataclass(frozen=True)
class Quorum:
    """A rule of the statutes.

    :param fraction: of the entitled, at the first convocation; 0 for none
    :param second: the same at the second; None when there is no second convocation
        of its own and the first rule stands
    :param strict: "more than" rather than "at least"
    :raises ValueError: a fraction outside 0 to 1
    """

    fraction: Fraction
    second: Fraction = None
    strict: bool = False
    proxies_count: bool = True
    remote_counts: bool = True
    correspondence_counts: bool = True
    per_college: bool = False

    def __post_init__(self):
        for fraction in (self.fraction, self.second):
            if fraction is not None and not 0 <= fraction <= 1:
                raise ValueError(f"not a part of those entitled: {fraction}")


@dataclass(frozen=True)
class Presence:
    """The arithmetic of one quorum: ``counted`` ``relation`` ``fraction × entitled``.

    :param parts: ``{"on_site", "remote", "represented", "correspondence": votes}``,
        those that count
    :param required: the least whole number of votes that reaches it
    """

    reached: bool
    parts: dict
    counted: int
    entitled: int
    fraction: Fraction
    relation: str
    required: int


@dataclass(frozen=True)
class Verdict:
    reached: bool
    convocation: int
    whole: Presence
    colleges: dict


def check(rule, attendance, colleges=None, convocation=1):
    """Whether the quorum is reached.

    >>> verdict = check(Quorum(Fraction(1, 2)), Attendance(100, 41, represented=12))
    >>> verdict.reached, verdict.whole.counted, verdict.whole.required
    (True, 53, 50)

    :param colleges: ``{college: Attendance}``, needed where the rule is per college; a
        college of nobody has no quorum to reach
    :param convocation: 1 or 2
    :raises ValueError: more take part than are entitled, or colleges missing
    """
    if convocation not in (1, 2):
        raise ValueError(f"not a convocation: {convocation}")
    if rule.per_college and not colleges:
        raise ValueError("a quorum per college needs the attendance of each")
    fraction = rule.fraction
    if convocation == 2 and rule.second is not None:
        fraction = rule.second
    whole = _presence(rule, attendance, fraction)
    each = {}
    if rule.per_college:
        each = {
            name: _presence(rule, college, fraction)
            for name, college in colleges.items()
        }
    reached = whole.reached and all(
        college.reached for college in each.values() if college.entitled
    )
    return Verdict(reached, convocation, whole, each)


def _presence(rule, attendance, fraction):
    parts = {
        "on_site": attendance.on_site,
        "remote": attendance.remote,
        "represented": attendance.represented,
        "correspondence": attendance.correspondence,
    }
    if min(attendance.entitled, *parts.values()) < 0:
        raise ValueError("votes may not be negative")
    if sum(parts.values()) > attendance.entitled:
        raise ValueError("more take part than are entitled")
    counts = {
        "on_site": True,
        "remote": rule.remote_counts,
        "represented": rule.proxies_count,
        "correspondence": rule.correspondence_counts,
    }
    parts = {part: votes for part, votes in parts.items() if counts[part]}
    counted = sum(parts.values())
    needed = fraction * attendance.entitled
    strict = rule.strict and fraction > 0
    return Presence(
        reached=counted > needed if strict else counted >= needed,
        parts=parts,
        counted=counted,
        entitled=attendance.entitled,
        fraction=fraction,
        relation=">" if strict else "≥",
        required=int(needed) + 1 if strict else ceil(needed),
    )
