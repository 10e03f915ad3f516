"""Votes by college: each weighs what the statutes give it, whatever its number.

Proportional: R = Σ w · F ÷ (F + A). Bloc: a college's whole weight goes to the side
with the majority in it. A motion is adopted when R > θ. A college without an expressed
vote, and in a bloc vote a tied one, speaks for neither side: its weight lapses (R gets
nothing from it) or is redistributed to the others in proportion to their weights.

Source: the statutes; for a SCIC, law no. 47-1775 of 10 September 1947, articles
19 septies and 19 octies: at least three categories of members, and where votes go by
college, each college holds 10 to 50 % of them, the capital held being no criterion.
"""

from dataclasses import dataclass
from fractions import Fraction

PROPORTIONAL = "proportional"
BLOC = "bloc"
LAPSE = "lapse"
REDISTRIBUTE = "redistribute"

SCIC_COLLEGES = 3
SCIC_LEAST = Fraction(10, 100)
SCIC_MOST = Fraction(50, 100)


@dataclass(frozen=True)
class College:
    """A college's weight and its votes, heads or votes; weights in any common unit."""

    name: str
    weight: Fraction
    votes_for: int
    against: int
    abstentions: int = 0


@dataclass(frozen=True)
class Share:
    """What a college adds to the result.

    :param share: its part of all weights, before anything is redistributed
    :param weight: its part as it counts; 0 when it is silent
    :param ratio: F ÷ (F + A), or 1 or 0 in a bloc vote; None when it is silent
    :param contribution: weight × ratio
    :param silent: None, ``"empty"`` or ``"tied"``
    """

    college: College
    share: Fraction
    weight: Fraction
    ratio: Fraction
    contribution: Fraction
    silent: str


@dataclass(frozen=True)
class Verdict:
    """``adopted`` when ``result`` > ``threshold``; with the raw heads, always."""

    adopted: bool
    result: Fraction
    threshold: Fraction
    shares: tuple
    votes_for: int
    against: int


def decide(colleges, mode, silent=LAPSE, threshold=Fraction(1, 2)):
    """The verdict of colleges on a motion.

    >>> lieux, sociétés = College("lieux", 60, 3, 1), College("sociétés", 40, 0, 2)
    >>> decide([lieux, sociétés], PROPORTIONAL).result
    Fraction(9, 20)

    :param mode: ``proportional`` or ``bloc``
    :param silent: ``lapse`` or ``redistribute``
    :raises ValueError: no weight at all, or negative numbers
    """
    if mode not in (PROPORTIONAL, BLOC) or silent not in (LAPSE, REDISTRIBUTE):
        raise ValueError(f"unknown rule: {mode}, {silent}")
    for one in colleges:
        if min(one.weight, one.votes_for, one.against, one.abstentions) < 0:
            raise ValueError(f"negative numbers in the college {one.name}")
    total = sum(one.weight for one in colleges)
    if not total:
        raise ValueError("no college has a weight")
    ratios = [_ratio(one, mode) for one in colleges]
    speaking = sum(
        one.weight
        for one, (ratio, _) in zip(colleges, ratios, strict=True)
        if ratio is not None
    )
    whole = speaking if silent == REDISTRIBUTE else total
    shares = tuple(
        _share(one, ratio, why, total, whole)
        for one, (ratio, why) in zip(colleges, ratios, strict=True)
    )
    result = sum((share.contribution for share in shares), Fraction(0))
    return Verdict(
        adopted=result > threshold,
        result=result,
        threshold=threshold,
        shares=shares,
        votes_for=sum(one.votes_for for one in colleges),
        against=sum(one.against for one in colleges),
    )


def _ratio(college, mode):
    """``(ratio or None, why it is silent or None)``."""
    expressed = college.votes_for + college.against
    if not expressed:
        return None, "empty"
    if mode == PROPORTIONAL:
        return Fraction(college.votes_for, expressed), None
    if college.votes_for == college.against:
        return None, "tied"
    return Fraction(int(college.votes_for > college.against)), None


def _share(college, ratio, why, total, whole):
    share = Fraction(college.weight) / total
    weight = Fraction(0)
    if ratio is not None and whole:
        weight = Fraction(college.weight) / whole
    return Share(college, share, weight, ratio, weight * (ratio or 0), why)


def scic_faults(weights):
    """What keeps the weights of colleges from being those of a SCIC.

    >>> scic_faults({"lieux": 60, "sociétés": 35, "public": 5})
    [('above', 'lieux', Fraction(3, 5)), ('below', 'public', Fraction(1, 20))]

    :param weights: ``{college: weight}``, in any common unit
    :return: a list of ``(fault, college or None, number)``: ``"few"`` with the number
        of colleges, ``"below"`` and ``"above"`` with the college's part of the votes
    :raises ValueError: no weight at all
    """
    total = sum(weights.values())
    if not total:
        raise ValueError("no college has a weight")
    faults = []
    if len(weights) < SCIC_COLLEGES:
        faults.append(("few", None, len(weights)))
    for name, weight in weights.items():
        share = Fraction(weight) / total
        if share < SCIC_LEAST:
            faults.append(("below", name, share))
        elif share > SCIC_MOST:
            faults.append(("above", name, share))
    return faults
