"""Instant-runoff voting: one seat, the last excluded until someone has a majority.

Each round, whoever holds more than half of the ballots that still count is elected;
else the candidate of the fewest is excluded, one at a time, and each ballot passes to
the next candidate it names that remains. Ties go by the votes at the latest earlier
round at which they differ, then by lot. Source: Robert's Rules of Order (12th ed.),
45:62, "preferential voting"; as counted in Burlington, Vermont, in 2009.
"""

from .ballots import BallotError, Outcome
from .piles import Piles
from .ties import Ties

RULES = (
    "More than half of the ballots that still count elect; else the candidate of the"
    " fewest is excluded, one at a time.",
    "A skipped rank passes to the next; a candidate named again counts once; a ballot"
    " is exhausted at an overvote or an equal rank.",
    "Ties go by the latest earlier round in which votes differ, then by lot.",
)


def count(candidates, rankings, seed=0, write_in=None):
    """Count an election of one seat.

    A round is ``{"round", "votes": {name: voters}, "exhausted", "majority": voters
    that elect, "elected": [names], "excluded": name or None, "transfer": None or
    {"from", "to": {name: voters}, "exhausted"}}``.

    :param candidates: distinct names
    :param rankings: strict rankings, as :func:`ballots.rankings` gives them
    :param write_in: the candidate of all written-in names, excluded first
    :raises BallotError: no candidate, or no ballot with a preference
    """
    piles = Piles(rankings, len(candidates))
    if not sum(piles.votes):
        raise BallotError("no ballot has a preference that can be read")
    ties = Ties(seed)
    rounds, history = [], []
    remaining = set(range(len(candidates)))
    if not remaining - {write_in}:
        raise BallotError("there is no candidate but the written-in names")
    while True:
        votes = {candidates[one]: piles.votes[one] for one in sorted(remaining)}
        majority = sum(votes.values()) // 2 + 1
        rounds.append(
            {
                "round": len(rounds) + 1,
                "votes": votes,
                "exhausted": piles.exhausted,
                "majority": majority,
                "elected": [],
                "excluded": None,
                "transfer": None,
            }
        )
        running = [one for one in remaining if one != write_in]
        leader = max(running, key=piles.votes.__getitem__)
        if len(running) == 1 or piles.votes[leader] >= majority:
            rounds[-1]["elected"] = [candidates[leader]]
            return Outcome([candidates[leader]], rounds, ties=ties.log)
        source = write_in
        if write_in not in remaining:
            source = candidates.index(_last(votes, history, ties))
        history.insert(0, (f"votes in round {len(rounds)}", votes))
        remaining.remove(source)
        piles.continuing[source] = False
        piles.votes[source] = 0
        received, exhausted = piles.move(source)
        rounds[-1]["excluded"] = candidates[source]
        rounds[-1]["transfer"] = {
            "from": candidates[source],
            "to": {candidates[one]: received[one] for one in sorted(received)},
            "exhausted": exhausted,
        }


def _last(votes, history, ties):
    fewest = min(votes.values())
    last = [name for name, number in votes.items() if number == fewest]
    if len(last) == 1:
        return last[0]
    return ties.settle(last, "exclusion", len(history) + 1, history, lowest=True)
