"""Majorities: whether a motion is adopted, with the arithmetic that says so.

Simple: For > Against. Absolute: 2 · For > base. Two thirds: 3 · For ≥ 2 · base. Any
other fraction p/q: q · For ≥ p · base, or > where the statutes say "more than". Nothing
is adopted without a vote for it. Source: the statutes, which name the majority and its
base; for French associations the law of 1 July 1901 leaves both to them.
"""

from dataclasses import dataclass
from fractions import Fraction

SIMPLE = "simple"
ABSOLUTE = "absolute"
TWO_THIRDS = "two_thirds"
FRACTION = "fraction"

ENTITLED = "entitled"
PRESENT = "present"
PRESENT_REPRESENTED = "present_represented"
VOTERS = "voters"
EXPRESSED = "expressed"


@dataclass(frozen=True)
class Motion:
    """The votes on a motion, in votes: ints, or Fractions where votes have weights.

    Blank and spoilt votes are votes that express nothing. ``entitled``, ``present`` and
    ``represented`` are the votes of those people, whether or not they took part.
    """

    votes_for: object
    against: object
    abstentions: object = 0
    blank: object = 0
    entitled: object = 0
    present: object = 0
    represented: object = 0

    def base(self, base):
        """The votes that a majority is reckoned on.

        :raises KeyError: an unknown base
        """
        expressed = self.votes_for + self.against
        return {
            ENTITLED: self.entitled,
            PRESENT: self.present,
            PRESENT_REPRESENTED: self.present + self.represented,
            VOTERS: expressed + self.abstentions + self.blank,
            EXPRESSED: expressed,
        }[base]


@dataclass(frozen=True)
class Majority:
    """A rule of the statutes.

    :param kind: ``simple``, ``absolute``, ``two_thirds`` or ``fraction``
    :param base: what it is reckoned on; a simple majority has none
    :param fraction: of the kind ``fraction``, above 0 and at most 1
    :param strict: of the kind ``fraction``, "more than" rather than "at least"
    :raises ValueError: a rule that cannot be
    """

    kind: str
    base: str = EXPRESSED
    fraction: Fraction = None
    strict: bool = False

    def __post_init__(self):
        if self.kind not in (SIMPLE, ABSOLUTE, TWO_THIRDS, FRACTION):
            raise ValueError(f"unknown majority: {self.kind}")
        if (self.kind == FRACTION) != (self.fraction is not None):
            raise ValueError("a fraction goes with the majority of that kind alone")
        if self.fraction is not None and not 0 < self.fraction <= 1:
            raise ValueError(f"not a part of the base: {self.fraction}")
        Motion(0, 0).base(self.base)

    def threshold(self):
        """``(fraction of the base, whether it must be exceeded)``."""
        return {
            SIMPLE: (Fraction(1, 2), True),
            ABSOLUTE: (Fraction(1, 2), True),
            TWO_THIRDS: (Fraction(2, 3), False),
            FRACTION: (self.fraction, self.strict),
        }[self.kind]


@dataclass(frozen=True)
class Verdict:
    """Whether a motion is adopted: ``left`` ``relation`` ``right``, as multiplied out.

    :param base_votes: the votes of the base; those expressed for a simple majority
    :param left: For, times ``for_times``
    :param right: the base (or Against), times ``base_times``
    :param relation: ``>`` or ``≥``
    """

    adopted: bool
    rule: Majority
    motion: Motion
    base_votes: object
    threshold: Fraction
    for_times: int
    base_times: int
    left: object
    relation: str
    right: object


def decide(rule, motion):
    """The verdict of a rule on a motion.

    >>> verdict = decide(Majority(TWO_THIRDS), Motion(votes_for=20, against=10))
    >>> verdict.adopted, verdict.left, verdict.relation, verdict.right
    (True, 60, '≥', 60)

    :raises ValueError: negative votes, or more votes than the base holds
    """
    numbers = (motion.votes_for, motion.against, motion.abstentions, motion.blank)
    if min(*numbers, motion.entitled, motion.present, motion.represented) < 0:
        raise ValueError("votes may not be negative")
    fraction, strict = rule.threshold()
    base = motion.base(EXPRESSED if rule.kind == SIMPLE else rule.base)
    for_times, base_times, right = fraction.denominator, fraction.numerator, base
    if rule.kind == SIMPLE:
        for_times, base_times, right = 1, 1, motion.against
    elif motion.votes_for > base:
        raise ValueError(f"{motion.votes_for} votes for in a base of {base}")
    left, right = for_times * motion.votes_for, base_times * right
    adopted = motion.votes_for > 0 and (left > right if strict else left >= right)
    return Verdict(
        adopted=adopted,
        rule=rule,
        motion=motion,
        base_votes=base,
        threshold=fraction,
        for_times=for_times,
        base_times=base_times,
        left=left,
        relation=">" if strict else "≥",
        right=right,
    )
