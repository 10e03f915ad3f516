"""From a profile of ballots to the count by a method, told as JSON can say it."""

from fractions import Fraction

from . import (
    approval,
    ballots,
    equal_shares,
    irv,
    majority_judgment,
    schulze,
    score,
    stv,
)


def tally(profile, method, seats=None, seed=0):
    """Count a profile by a method.

    :param method: a key of ``METHODS``
    :param seats: those of the profile, else 1, if None
    :return: ``{"method", "winners", "rounds", "quota", "ties", "seats", "seed",
        "voters", "rules", "notes"}`` and what the method adds; numbers as
        :func:`number` gives them
    :raises ballots.BallotError: ballots that the method cannot count
    """
    count, rules = METHODS[method]
    outcome, seats = count(profile, seats, seed)
    if profile.write_in is not None:
        rules += (stv.WRITE_IN,)
    return _plain(
        {
            "method": method,
            "winners": outcome.winners,
            "rounds": outcome.rounds,
            "quota": outcome.quota,
            "ties": outcome.ties,
            **outcome.details,
            "seats": seats,
            "seed": seed,
            "voters": profile.voters(),
            "rules": list(rules),
            "notes": list(profile.notes),
        }
    )


def number(value):
    """An int; else a decimal of at most five places; else ``"p/q"`` as text.

    >>> number(Fraction(1299, 1)), number(Fraction(1, 8)), number(Fraction(1, 3))
    (1299, 0.125, '1/3')
    """
    if value.denominator == 1:
        return int(value)
    # Five places of fewer than 15 digits: the shortest float prints as the decimal
    if 10**5 % value.denominator == 0 and abs(value) < 10**9:
        return float(value)
    return f"{value.numerator}/{value.denominator}"


def _plain(value):
    if isinstance(value, dict):
        return {_key(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return number(value) if isinstance(value, Fraction) else value


def _key(key):
    return key if isinstance(key, str) else str(number(key))


def _stv(profile, seats, seed):
    seats = _seats(profile, seats)
    rankings = ballots.rankings(profile)
    outcome = stv.count(
        profile.candidates, rankings, seats, seed, write_in=profile.write_in
    )
    outcome.details["valid"] = _valid(rankings)
    return outcome, seats


def _irv(profile, seats, seed):
    if seats not in (None, 1):
        raise ballots.BallotError("instant-runoff voting fills one seat; use stv")
    rankings = ballots.rankings(profile)
    outcome = irv.count(profile.candidates, rankings, seed, profile.write_in)
    outcome.details["valid"] = _valid(rankings)
    return outcome, 1


def _valid(rankings):
    return sum(voters for ranking, voters in rankings.items() if ranking)


def _equal_shares(profile, seats, seed):
    if profile.budget is None:
        raise ballots.BallotError("equal shares need a budget and costs, as .pb has")
    if seats is not None:
        raise ballots.BallotError("equal shares fill a budget, not seats")
    outcome = equal_shares.count(
        profile.candidates,
        profile.costs,
        profile.budget,
        ballots.approvals(profile),
        seed,
    )
    return outcome, None


def _plainly(count, ballots_of):
    """A method that counts some ballots of the candidates for some seats."""

    def counted(profile, seats, seed):
        seats = _seats(profile, seats)
        people = ballots.without_write_in(profile)
        return count(people.candidates, ballots_of(people), seats, seed), seats

    return counted


def _seats(profile, seats):
    seats = profile.seats if seats is None else seats
    return 1 if seats is None else seats


METHODS = {
    "stv": (_stv, stv.RULES),
    "irv": (_irv, irv.RULES),
    "schulze": (_plainly(schulze.count, ballots.orders), schulze.RULES),
    "approval": (_plainly(approval.count, ballots.approvals), approval.RULES),
    "majority-judgment": (
        _plainly(majority_judgment.count, ballots.grades),
        majority_judgment.RULES,
    ),
    "score": (_plainly(score.count, ballots.points), score.RULES),
    "equal-shares": (_equal_shares, equal_shares.RULES),
}
