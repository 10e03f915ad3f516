"""Ballots as the counting rules take them.

A candidate is its position in ``candidates``, a tuple of distinct names. Ballots are
``{ballot: number of voters}``, equal ballots together, a ballot being by kind:

- ``ranking``: a tuple, best first, of candidates; a tuple of candidates inside it is
  an equal rank, ``OVERVOTE`` a rank that cannot be read;
- ``approval``: a tuple of the candidates approved;
- ``points``: a tuple of ``(candidate, points)``, points an int or a Fraction.
"""

from dataclasses import dataclass, field

RANKING = "ranking"
APPROVAL = "approval"
POINTS = "points"
OVERVOTE = -1

NAMES = {
    RANKING: "rankings",
    APPROVAL: "approvals",
    POINTS: "points for each candidate",
}


class BallotError(ValueError):
    """These ballots cannot be counted so; the message says why in one sentence."""


@dataclass(frozen=True)
class Profile:
    """What a file of ballots holds.

    :param seats: as the file states it, or None
    :param write_in: the candidate that stands for all written-in names, or None
    :param budget: of a participatory budget, with the ``costs`` of its projects,
        ints or Fractions
    :param notes: sentences on what was read by a rule rather than literally
    """

    kind: str
    candidates: tuple
    ballots: dict
    seats: int = None
    write_in: int = None
    budget: object = None
    costs: tuple = ()
    notes: tuple = ()

    def voters(self):
        return sum(self.ballots.values())


@dataclass
class Outcome:
    """What a count gives.

    :param winners: names in the order of election
    :param rounds: one dict a round, described by each method
    :param quota: votes that elect, where the method has a fixed number
    :param ties: the log of :class:`ties.Ties`
    :param details: what a method tells beyond that
    """

    winners: list
    rounds: list
    quota: int = None
    ties: list = field(default_factory=list)
    details: dict = field(default_factory=dict)


def distinct(names):
    """The names as a tuple, a repeated one told apart by its position.

    >>> distinct(["Ada", "Grace", "Ada"])
    ('Ada (1)', 'Grace', 'Ada (3)')
    """
    names = list(names)
    return tuple(
        f"{name} ({position})" if names.count(name) > 1 else name
        for position, name in enumerate(names, start=1)
    )


def check_seats(seats):
    if seats < 1:
        raise BallotError(f"there must be 1 seat or more, not {seats}")


def rankings(profile):
    """Strict rankings: ``{tuple of candidates: voters}``, empty ones among them.

    A candidate named again counts where it stands first. A rank that holds several
    candidates is an overvote: the ballot counts down to it and is exhausted there. An
    equal rank of all the candidates not yet ranked, at the end, says nothing and is
    left out.

    :raises BallotError: the ballots are no rankings
    """
    _require(profile, RANKING)
    strict = {}
    for ballot, voters in profile.ballots.items():
        ranking = _strict(ballot)
        strict[ranking] = strict.get(ranking, 0) + voters
    return strict


def _strict(ballot):
    seen = {}
    for rank in ballot:
        if rank == OVERVOTE or isinstance(rank, tuple):
            break
        seen[rank] = None
    return tuple(seen)


def orders(profile):
    """Orders with equal ranks: ``{tuple of tuples of candidates: voters}``.

    Those left out of an order are last, equally. Approvals are an order of one rank,
    points an order of as many as there are different points. An overvote ends an order.
    """
    made = {}
    for ballot, voters in profile.ballots.items():
        order = _ORDERS[profile.kind](ballot)
        made[order] = made.get(order, 0) + voters
    return made


def _order_of_ranking(ballot):
    seen = set()
    order = []
    for rank in ballot:
        if rank == OVERVOTE:
            break
        rank = rank if isinstance(rank, tuple) else (rank,)
        rank = tuple(candidate for candidate in rank if candidate not in seen)
        seen.update(rank)
        if rank:
            order.append(rank)
    return tuple(order)


def _order_of_approval(ballot):
    return (ballot,) if ballot else ()


def _order_of_points(ballot):
    ranks = {}
    for candidate, points in ballot:
        ranks.setdefault(points, []).append(candidate)
    return tuple(tuple(ranks[points]) for points in sorted(ranks, reverse=True))


_ORDERS = {
    RANKING: _order_of_ranking,
    APPROVAL: _order_of_approval,
    POINTS: _order_of_points,
}


def approvals(profile):
    """``{tuple of candidates, ascending: voters}``.

    Ranked or given points above nought is approved.

    :raises BallotError: rankings that all name every candidate approve nobody
    """
    made = {}
    for ballot, voters in profile.ballots.items():
        if profile.kind == RANKING:
            chosen = [one for rank in _order_of_ranking(ballot) for one in rank]
        elif profile.kind == POINTS:
            chosen = [candidate for candidate, points in ballot if points > 0]
        else:
            chosen = ballot
        key = tuple(sorted(chosen))
        made[key] = made.get(key, 0) + voters
    everyone = tuple(range(len(profile.candidates)))
    if profile.kind == RANKING and set(made) == {everyone}:
        raise BallotError(
            "every ballot ranks every candidate, which tells nobody's approvals"
        )
    return made


def points(profile):
    """``{tuple of (candidate, points): voters}``; an approval is one point.

    :raises BallotError: rankings give no points
    """
    if profile.kind == APPROVAL:
        return {
            tuple((candidate, 1) for candidate in ballot): voters
            for ballot, voters in profile.ballots.items()
        }
    _require(profile, POINTS)
    return profile.ballots


def grades(profile):
    """Points for majority judgment; a rank is a grade, the first the best.

    The candidates that a ranking leaves out get no grade, hence the lowest.
    """
    if profile.kind != RANKING:
        return points(profile)
    best = len(profile.candidates)
    return {
        tuple(
            (candidate, best - position)
            for position, rank in enumerate(order)
            for candidate in rank
        ): voters
        for order, voters in orders(profile).items()
    }


def without_write_in(profile):
    """The profile without the candidate that stands for all written-in names."""
    if profile.write_in is None:
        return profile
    gone = profile.write_in
    ballots = {}
    for ballot, voters in profile.ballots.items():
        kept = tuple(_without(ballot, gone))
        ballots[kept] = ballots.get(kept, 0) + voters
    names = profile.candidates[:gone] + profile.candidates[gone + 1 :]
    return Profile(profile.kind, names, ballots, profile.seats, notes=profile.notes)


def _without(ranking, gone):
    for rank in ranking:
        if isinstance(rank, tuple):
            rank = tuple(_without(rank, gone))
            if rank:
                yield rank
        elif rank != gone:
            yield rank - 1 if rank > gone else rank


def _require(profile, kind):
    if profile.kind != kind:
        raise BallotError(
            f"this method counts {NAMES[kind]}; the file holds {NAMES[profile.kind]}"
        )
