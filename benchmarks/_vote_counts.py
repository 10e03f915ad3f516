"""The counts beside their peers: STV and pyrankvote, Equal Shares and pabutools.

Peers get their ballots made before the clock starts; ours starts from single ballots,
counting equal ones together is in its time. Both sides run in turn, the processor's
time counts, the best of each. Prints a line a comparison.

Two electorates of 80 000: the ballots of a real ward, drawn with repetition, and random
ones of which nearly none is like another. In the second nothing is gained by counting
equal ballots together: its ratio is shown, none is promised.
"""

import random
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cli import rules  # noqa: E402

rules.load("tierslieux_governance")

from tierslieux_governance_domain import (  # noqa: E402
    ballots,
    equal_shares,
    readers,
    stv,
)

ELECTIONS = ROOT / "tests" / "data" / "ballots"
VOTERS = 80_000
RANDOM_SEATS, RANDOM_CANDIDATES = 5, 12
STV_RATIO = 20
SHARES_RATIO = 1


def compare_all():
    """Whether each comparison holds."""
    held = [
        compare_stv("of a real ward", *drawn_from_a_ward(), STV_RATIO),
        compare_stv("at random", *drawn_at_random(), None),
    ]
    return held + [compare_shares(name) for name in sorted(ELECTIONS.glob("*.pb"))]


def compare(what, ours, theirs, ratio, times):
    """Whether both functions give the same winners and ours reaches the ratio."""
    seconds = {ours: [], theirs: []}
    winners = {}
    for _ in range(times):
        for side in (ours, theirs):
            start = time.process_time()
            winners[side] = side()
            seconds[side].append(time.process_time() - start)
    our_time, their_time = min(seconds[ours]), min(seconds[theirs])
    same = winners[ours] == winners[theirs]
    reached = their_time / our_time
    wanted = f"at least {ratio}" if ratio else "no ratio"
    print(
        f"{what}: {our_time:.4f} s, peer {their_time:.4f} s: {reached:.1f} × as fast"
        f" ({wanted} wanted), winners {'the same' if same else 'DIFFER'}"
    )
    return same and reached >= (ratio or 0)


def drawn_from_a_ward():
    """``(names, seats, rankings)`` with the ballots of Glasgow Calton, 2007."""
    path = ELECTIONS / "glasgow_2007_calton.csv"
    ward = readers.read(path.name, path.read_bytes())
    draw = random.Random(2026)
    rankings = draw.choices(list(ward.ballots), ward.ballots.values(), k=VOTERS)
    return ward.candidates, ward.seats, rankings


def drawn_at_random():
    """The same with rankings of any length, the strong candidates rather first."""
    draw = random.Random(2026)
    everyone = range(RANDOM_CANDIDATES)
    rankings = []
    for _ in range(VOTERS):
        keys = [draw.random() ** (position + 2) for position in everyone]
        order = sorted(everyone, key=keys.__getitem__, reverse=True)
        rankings.append(tuple(order[: draw.randint(1, RANDOM_CANDIDATES)]))
    names = tuple(f"Candidate {position}" for position in everyone)
    return names, RANDOM_SEATS, rankings


def compare_stv(whose, names, seats, rankings, ratio):
    import pyrankvote

    people = [pyrankvote.Candidate(name) for name in names]
    papers = [
        pyrankvote.Ballot(ranked_candidates=[people[one] for one in ranking])
        for ranking in rankings
    ]

    def ours():
        return set(stv.count(names, Counter(rankings), seats).winners)

    def theirs():
        result = pyrankvote.single_transferable_vote(people, papers, seats)
        return {person.name for person in result.get_winners()}

    what = f"STV, {VOTERS} ballots {whose}, {len(set(rankings))} different"
    return compare(what, ours, theirs, ratio, times=5)


def compare_shares(path):
    from pabutools.election import Cost_Sat, parse_pabulib
    from pabutools.rules import method_of_equal_shares

    content = path.read_bytes()

    def ours():
        profile = readers.read(path.name, content)
        approvals = ballots.approvals(profile)
        result = equal_shares.count(
            profile.candidates, profile.costs, profile.budget, approvals
        )
        return set(result.winners)

    def theirs():
        instance, profile = parse_pabulib(str(path))
        bought = method_of_equal_shares(
            instance,
            approved(profile),
            sat_class=Cost_Sat,
            voter_budget_increment=1,
        )
        return {project.name for project in bought}

    what = f"Equal Shares, {path.stem}, file to winners"
    return compare(what, ours, theirs, SHARES_RATIO, times=1)


def approved(profile):
    """Points above nought as approvals, as our rule reads them."""
    from pabutools.election import ApprovalBallot, ApprovalProfile

    return ApprovalProfile(
        [
            ballot
            if isinstance(ballot, ApprovalBallot)
            else ApprovalBallot({one for one in ballot if ballot[one] > 0})
            for ballot in profile
        ]
    )
