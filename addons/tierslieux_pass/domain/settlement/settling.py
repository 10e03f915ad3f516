"""From a month's visits and rules to what each venue gets: every cent that comes in
goes out once."""

from bisect import bisect_left
from operator import sub
from typing import NamedTuple

from .errors import RuleError
from .parts import in_turn
from .presence import month_of
from .rules import COMMON_FUND, EQUAL, PER_MEMBER, VISITS
from .shares import half_up, hours_cents, split

#: Fewer are not worth a process of their own.
PERSONS_A_PART = 500


class Sums(NamedTuple):
    """What a month's visits come to: by place of the venue the ``minutes``, the
    ``weight`` in the pool (visits, or capped minutes in the two other modes) and the
    ``hours`` billed, in cents; where each person has a part of the pool, their capped
    minutes too, ``{person: {place: minutes}}``, places in order."""

    minutes: list
    weight: list
    hours: list
    by_person: dict


def settle(rules, visits, each=in_turn):
    """The result, as ``./tierslieux settle`` prints it.

    :param each: calls a function for the numbers of as many parts as it likes, such
        as ``in_turn``, and gives the results in order
    """
    return share(rules, summed(rules, visits, each))


def summed(rules, visits, each=in_turn):
    """The ``Sums`` of a month's visits."""
    persons = list(visits.persons())
    parts = each(
        lambda part, parts: tuple(_summed(rules, visits, persons[part::parts])),
        len(persons) // PERSONS_A_PART,
    )
    minutes, weight, hours, by_person = zip(*parts, strict=True)
    return Sums(
        *(
            [sum(column) for column in zip(*some, strict=True)]
            for some in (minutes, weight, hours)
        ),
        {person: used for some in by_person for person, used in some.items()},
    )


def _summed(rules, visits, persons):
    count = len(rules.venues)
    first = rules.month.start
    minutes, over, started, hours = ([0] * count for _ in range(4))
    by_person = {}
    for person in persons:
        own = visits.of(person)
        there = month_of(
            own, rules.month, rules.daily_cap_minutes, rules.included_minutes
        )
        for venue, spent in there.minutes.items():
            minutes[venue] += spent
        for venue, spent in there.over.items():
            over[venue] += spent
        for venue, spent in there.billed.items():
            hours[venue] += hours_cents(spent, rules.hourly_rate_cents)
        if rules.pool_weight == VISITS:
            starts, places, _ends = own
            for venue in places[bisect_left(starts, first) :]:
                started[venue] += 1
        if person in rules.person_fee_cents:
            by_person[person] = {
                venue: there.minutes[venue] - there.over.get(venue, 0)
                for venue in sorted(there.minutes)
            }
    weight = started
    if rules.pool_weight != VISITS:
        weight = list(map(sub, minutes, over))
    return Sums(minutes, weight, hours, by_person)


def share(rules, sums):
    """The month's money shared by its sums: the rule itself, without any visit."""
    minutes, weight, hours, by_person = sums
    billed_hours = sum(hours)
    fee = _fee(rules, rules.subscription_revenue_cents)
    hours_fee = _fee(rules, billed_hours)
    net_hours = [
        cents - borne
        for cents, borne in zip(hours, split(hours_fee, hours), strict=True)
    ]
    available = rules.subscription_revenue_cents - fee - rules.reserve_cents
    if available < 0:
        raise RuleError(
            f"the pool is {available} cents, below zero: subscriptions"
            f" {rules.subscription_revenue_cents}, network fee {fee},"
            f" reserve {rules.reserve_cents}"
        )
    pool = Pool(rules)
    if rules.pool_weight == PER_MEMBER:
        pool.share_by_person(available, by_person)
    else:
        pool.share_by_weight(available, weight)

    totals = [a + b for a, b in zip(net_hours, pool.cents, strict=True)]
    guarantees, reserve_left = _guarantee(rules, totals)
    result = {
        "venues": {
            venue: {
                "minutes": minutes[place],
                "weight": weight[place],
                "hours_cents": net_hours[place],
                "pool_cents": pool.cents[place],
                "guarantee_cents": guarantees[place],
                "total_cents": totals[place] + guarantees[place],
            }
            for place, venue in enumerate(rules.venues)
        },
        "fee_cents": fee + hours_fee,
        "reserve_left_cents": reserve_left,
        "common_fund_cents": pool.common_fund,
        "billed_hours_cents": billed_hours,
        "in_cents": rules.subscription_revenue_cents + billed_hours,
    }
    result["out_cents"] = (
        result["fee_cents"]
        + sum(venue["total_cents"] for venue in result["venues"].values())
        + reserve_left
        + pool.common_fund
    )
    if result["in_cents"] != result["out_cents"]:
        raise ArithmeticError("what comes in is not what goes out")
    return result


def _fee(rules, cents):
    rate = rules.fee_rate
    return half_up(rate.numerator * cents, rate.denominator)


class Pool:
    """The pool being shared: ``cents`` of each venue, and the common fund."""

    def __init__(self, rules):
        self.rules = rules
        self.cents = [0] * len(rules.venues)
        self.common_fund = 0

    def share_by_weight(self, amount, weights):
        if any(weights):
            self._give(split(amount, weights))
        elif amount:
            self._unused(amount, self.rules.home_venues.values())

    def share_by_person(self, amount, by_person):
        """``by_person``: {person: {venue: capped minutes}}, venues in order."""
        fees = self.rules.person_fee_cents
        parts = split(amount, list(fees.values()))
        for person, part in zip(fees, parts, strict=True):
            used = by_person.get(person, {})
            if any(used.values()):
                shares = split(part, list(used.values()))
                for venue, cents in zip(used, shares, strict=True):
                    self.cents[venue] += cents
            elif part:
                home = self.rules.home_venues.get(person)
                self._unused(part, [] if home is None else [home], person)

    def _unused(self, amount, homes, person=None):
        """Money that no visit has earned: the voted rule of breakage."""
        if self.rules.breakage == COMMON_FUND:
            self.common_fund += amount
        elif self.rules.breakage == EQUAL:
            self._give(split(amount, [1] * len(self.cents)))
        else:
            weights = [0] * len(self.cents)
            for home in homes:
                weights[home] += 1
            if not any(weights):
                missing = "no person" if person is None else f"no {person!r}"
                raise RuleError(
                    f"'home_venues' has {missing}, and money goes to home venues"
                )
            self._give(split(amount, weights))

    def _give(self, shares):
        for place, cents in enumerate(shares):
            self.cents[place] += cents


def _guarantee(rules, totals):
    """What raises each venue to the guarantee, and what is left of the reserve."""
    left = rules.reserve_cents
    raised = []
    for total in totals:
        lacking = max(rules.minimum_guarantee_cents - total, 0)
        raised.append(min(lacking, left))
        left -= raised[-1]
    return raised, left
