"""What a funder owes for the expenses shown to it.

due = min(award, rate × eligible, caps of lines); balance = due − received;
consumption = eligible ÷ (award ÷ rate). Amounts are integer cents, rates Fractions
from 0 to 1. What is due is rounded down: never a cent above the rate.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple


class Changes(NamedTuple):
    """What became of an award since it was given, in cents.

    :param moved: fonds dédiés that other projects handed on to it, less what it handed
        on
    :param given_back: what was given back to the funder, or will never be claimed
    """

    moved: int = 0
    given_back: int = 0

    @property
    def net(self):
        return self.moved - self.given_back


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agreement pays.

    :param award: the amount given, with fonds dédiés that came from other projects
        and without those that went, less what was given back
    :param rate: the part of eligible expenses it pays
    :param caps: ``{line: cents}``, the most it pays for a line and those below it
    :param percents: ``{line: Fraction}``, the same as a part of all that is eligible
    :param parents: ``{line: line above}`` of the lines that have one
    :param indirect_rate: flat rate of indirect costs, on the expenses shown, which are
        direct ones then
    :param in_kind: valued contributions in kind count as eligible
    """

    award: int
    rate: Fraction = Fraction(1)
    caps: dict = field(default_factory=dict)
    percents: dict = field(default_factory=dict)
    parents: dict = field(default_factory=dict)
    indirect_rate: Fraction = Fraction(0)
    in_kind: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """What is due, and what limits it.

    :param eligible: cents shown: expenses, flat indirect costs, contributions in kind
    :param flat: the flat indirect costs in it
    :param limit: ``rate``, ``cap``, ``in_kind`` or ``award``: the rule that decides
    :param capped: ``{line: cents}`` that caps of lines leave out
    :param award: what was given
    :param room: what is left of the award
    :param consumption: part of the planned eligible expenses that was spent; None
        without an award
    """

    eligible: int
    flat: int
    due: int
    limit: str
    capped: dict
    award: int
    room: int
    consumption: Fraction | None


def share(base, rate):
    """The most a funder may be charged for an expense: rounded down."""
    return int(base * rate // 1)


def base_of(amount, rate):
    """The least expense of which ``amount`` is the share: ``share(base_of(a)) ≥ a``."""
    return int(-(-amount // rate)) if amount else 0


def claim(terms, eligible, in_kind=0):
    """
    :param eligible: ``{line: cents}`` of the expenses shown; ``None`` is a line like
        another
    :param in_kind: valued contributions in kind; they count if the terms say so
    """
    cash = sum(eligible.values())
    flat = share(cash, terms.indirect_rate)
    valued = in_kind if terms.in_kind else 0
    total = cash + flat + valued
    by_rate = share(total, terms.rate)
    capped = _capped(terms, eligible, cash + flat)
    limits = {
        "rate": by_rate,
        "cap": share(
            sum(cents * terms.rate for cents in eligible.values())
            - sum(capped.values())
            + (flat + valued) * terms.rate,
            Fraction(1),
        ),
        "award": terms.award,
    }
    if valued:
        # a grant never pays more than the money spent
        limits["in_kind"] = cash + flat
    limit = min(limits, key=limits.get)
    due = max(0, limits[limit])
    return Claim(
        eligible=total,
        flat=flat,
        due=due,
        limit=limit,
        capped={line: share(cents, Fraction(1)) for line, cents in capped.items()},
        award=terms.award,
        room=terms.award - due,
        consumption=Fraction(total) * terms.rate / terms.award if terms.award else None,
    )


def _capped(terms, eligible, total):
    """``{line: cents}`` left out by its cap, lines below counted as they are capped."""
    caps = dict(terms.caps)
    for line, percent in terms.percents.items():
        cap = total * percent * terms.rate
        caps[line] = min(cap, caps.get(line, cap))
    paid = {line: cents * terms.rate for line, cents in eligible.items()}
    lines = set(paid) | set(caps)
    for line in list(lines):
        while (line := terms.parents.get(line)) is not None:
            lines.add(line)
    out = {}
    for line in sorted(lines, key=lambda one: -_depth(terms, one)):
        value = paid.get(line, 0)
        if line in caps and value > caps[line]:
            out[line] = value - caps[line]
            value = caps[line]
        parent = terms.parents.get(line)
        if parent is not None:
            paid[parent] = paid.get(parent, 0) + value
    return out


def _depth(terms, line):
    depth = 0
    while (line := terms.parents.get(line)) is not None:
        depth += 1
    return depth


def balance(due, received):
    """What is still to come; negative: to be given back."""
    return due - received


def returned(received, award, given_back):
    """What went back of the money received: of what is given back, that which never
    came comes first.

    >>> returned(1000, 1000, 400), returned(500, 1000, 400), returned(800, 1000, 400)
    (400, 0, 200)
    """
    return min(given_back, max(0, given_back + received - award))
