"""Single transferable vote: Droop quota, weighted inclusive Gregory transfers.

Source: the Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1,
rules 46 to 52. Quota ⌊V/(s+1)⌋+1 where V counts the ballots with a preference. At each
stage whoever has the quota is elected, most votes first. Then the largest surplus is
transferred: all papers of the candidate pass on at their value × surplus ÷ votes, cut
(never rounded) to five decimals. Without a surplus the candidate of the fewest votes is
excluded, one at a time, and the papers pass on at the value they have. As soon as no
more candidates continue than seats are left, they are elected and the count ends.
Ties go by the votes at the latest earlier stage at which they differ, then by lot.
"""

from fractions import Fraction

from .ballots import BallotError, Outcome, check_seats
from .piles import Piles
from .ties import Ties

RULES = (
    "Droop quota: valid ballots ÷ (seats + 1), rounded down, + 1; a ballot is valid"
    " when it has a preference that can be read.",
    "Weighted inclusive Gregory transfers, cut to five decimals"
    " (Scottish Local Government Elections Order 2007, schedule 1, rules 46 to 52).",
    "A skipped rank passes to the next; a candidate named again counts once; a ballot"
    " is exhausted at an overvote or an equal rank.",
    "Ties go by the latest earlier round in which votes differ, then by lot.",
)
WRITE_IN = (
    "Written-in names stand together and are no person: they are excluded before"
    " anyone else and never elected."
)


def count(candidates, rankings, seats, seed=0, precision=5, write_in=None):
    """Count an election.

    A round is ``{"round", "votes": {name: votes}, "exhausted", "lost" (to the cut),
    "elected": [names], "excluded": name or None, "transfer": None or {"from", "kind"
    ("surplus" or "exclusion"), "to": {name: votes}, "exhausted", "lost"}}``: votes as
    they stand, then what follows from them. Votes are ints, or Fractions.

    :param candidates: distinct names
    :param rankings: strict rankings, as :func:`ballots.rankings` gives them
    :param seats: 1 or more; fewer are filled when there are fewer candidates
    :param precision: decimals of a transfer value; None keeps exact fractions
    :param write_in: the candidate of all written-in names, excluded first
    :raises BallotError: no seats, or no ballot with a preference
    """
    check_seats(seats)
    valid = sum(rankings.values()) - rankings.get((), 0)
    if not valid:
        raise BallotError("no ballot has a preference that can be read")
    election = _Count(candidates, rankings, seats, valid, precision, write_in, seed)
    election.run()
    return Outcome(election.winners, election.rounds, election.quota, election.ties.log)


class _Count:
    def __init__(self, candidates, rankings, seats, valid, precision, write_in, seed):
        self.names = candidates
        self.exact = precision is None
        self.unit = 1 if self.exact else 10**precision
        self.piles = Piles(rankings, len(candidates), self.unit)
        self.seats = seats
        self.quota = valid // (seats + 1) + 1
        self.write_in = write_in
        self.ties = Ties(seed)
        self.lost = 0
        self.winners = []
        self.with_surplus = []
        self.shown = set(range(len(candidates)))
        self.history = []
        self.rounds = []

    def run(self):
        while not self.stage():
            pass

    def stage(self):
        """One stage of the count; whether it was the last."""
        self.describe()
        self.elect_by_quota()
        vacancies = self.seats - len(self.winners)
        running = self.electable()
        if len(running) <= vacancies:
            self.elect(running, vacancies)
            return True
        if not vacancies:
            return True
        if self.with_surplus:
            self.transfer_surplus()
        else:
            self.exclude()
        return False

    def describe(self):
        votes = self.piles.votes
        self.history.append({self.names[one]: votes[one] for one in self.shown})
        self.rounds.append(
            {
                "round": len(self.rounds) + 1,
                "votes": {
                    self.names[one]: self.number(votes[one])
                    for one in sorted(self.shown)
                },
                "exhausted": self.number(self.piles.exhausted),
                "lost": self.number(self.lost),
                "elected": [],
                "excluded": None,
                "transfer": None,
            }
        )

    def number(self, votes):
        number = Fraction(votes) / self.unit
        return number.numerator if number.denominator == 1 else number

    def electable(self):
        return [
            one
            for one in self.shown
            if self.piles.continuing[one] and one != self.write_in
        ]

    def elect_by_quota(self):
        needed = self.quota * self.unit
        reached = [one for one in self.electable() if self.piles.votes[one] >= needed]
        self.elect(reached, self.seats - len(self.winners))
        for one in reached:
            if self.piles.votes[one] > needed:
                self.with_surplus.append(one)

    def elect(self, chosen, vacancies):
        votes = {self.names[one]: self.piles.votes[one] for one in chosen}
        elected = self.ties.highest(
            votes, vacancies, "order of election", len(self.rounds), self.earlier()
        )
        self.winners += elected
        self.rounds[-1]["elected"] += elected
        for one in chosen:
            self.piles.continuing[one] = False

    def earlier(self):
        """The votes of the earlier rounds, latest first, as criteria of a tie."""
        return [
            (f"votes in round {number + 1}", self.history[number])
            for number in range(len(self.history) - 2, -1, -1)
        ]

    def transfer_surplus(self):
        votes = self.piles.votes
        most = {self.names[one]: votes[one] for one in self.with_surplus}
        [name] = self.ties.highest(
            most, 1, "largest surplus", len(self.rounds), self.earlier()
        )
        source = self.names.index(name)
        self.with_surplus.remove(source)
        total, surplus = votes[source], votes[source] - self.quota * self.unit

        def revalue(value):
            if self.exact:
                return Fraction(value * surplus) / total
            return value * surplus // total

        votes[source] = self.quota * self.unit
        self.transfer(source, "surplus", surplus, revalue)

    def exclude(self):
        votes = self.piles.votes
        if self.write_in in self.shown:
            source = self.write_in
        else:
            running = self.electable()
            fewest = min(votes[one] for one in running)
            last = [self.names[one] for one in running if votes[one] == fewest]
            if len(last) > 1:
                last = [
                    self.ties.settle(
                        last,
                        "exclusion",
                        len(self.rounds),
                        self.earlier(),
                        lowest=True,
                    )
                ]
            source = self.names.index(last[0])
        self.piles.continuing[source] = False
        self.shown.discard(source)
        self.rounds[-1]["excluded"] = self.names[source]
        moving, votes[source] = votes[source], 0
        self.transfer(source, "exclusion", moving)

    def transfer(self, source, kind, moving, revalue=None):
        received, exhausted = self.piles.move(source, revalue)
        lost = moving - exhausted - sum(received.values())
        self.lost += lost
        self.rounds[-1]["transfer"] = {
            "from": self.names[source],
            "kind": kind,
            "to": {
                self.names[one]: self.number(received[one]) for one in sorted(received)
            },
            "exhausted": self.number(exhausted),
            "lost": self.number(lost),
        }
