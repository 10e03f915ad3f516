"""Who comes to an assembly of the demo network, gives a proxy, and votes what, as plain
data: the same for the same electorate."""

import random

# Of the entitled votes, how many are there or represented: beyond a quorum of a quarter
THERE_PERCENT = 31
REPRESENTED_PERCENT = 8
REMOTE_PERCENT = 28
PROXIES_HELD = 2
# One in so many leaves before the end
LEAVING = 25
# Voters asked on each vote: a sample of a large network
VOTERS = 240
# Of a hundred members of a college: for, against, abstention; the others vote blank
OPINIONS = {
    "accounts": {"venue": (86, 6, 7), "company": (88, 5, 5), "public": (80, 2, 16)},
    "solidarity": {
        "venue": (44, 47, 6),
        "company": (24, 66, 8),
        "public": (40, 36, 20),
    },
    "open_day": {"venue": (78, 12, 8), "company": (64, 20, 12), "public": (70, 8, 18)},
}
CHOICES = ("for", "against", "abstention")


def attendance(electors, team, chair):
    """Who is there, how, and who gave a proxy to whom.

    :param electors: ``[(elector, voter)]`` of the entitled who have somebody to vote
        for them
    :param team: voters who are there whatever comes
    :param chair: the one of them who holds the proxies without a name
    :return: ``{"arrivals": [(voter, "site" or "remote")], "proxies": [(principal
        elector, holder elector or None)], "late": principal elector who comes after
        all, or None, "undecided": principal elector who takes the proxy back, or None,
        "leaving": voters who go before the elections}``
    """
    rng = random.Random(f"tierslieux attendance {len(electors)}")
    lines = {}
    for elector, voter in electors:
        lines.setdefault(voter, []).append(elector)
    waiting = [voter for voter in lines if voter not in team]
    rng.shuffle(waiting)
    there = [voter for voter in lines if voter in team]
    votes = sum(len(lines[voter]) for voter in there)
    while waiting and votes * 100 < len(electors) * THERE_PERCENT:
        there.append(waiting.pop())
        votes += len(lines[there[-1]])
    absent = [voter for voter in waiting if len(lines[voter]) == 1]
    wanted = min(len(absent), max(2, len(electors) * REPRESENTED_PERCENT // 100))
    hands = [voter for voter in there if voter != chair] * PROXIES_HELD
    rng.shuffle(hands)
    principals = [lines[voter][0] for voter in absent[:wanted]]
    # one in eight trusts the chair without a name
    proxies = [
        (principal, None if index % 8 == 7 or not hands else lines[hands.pop()][0])
        for index, principal in enumerate(principals)
    ]
    rng.shuffle(there)
    return {
        "arrivals": [
            (
                voter,
                "remote"
                if voter not in team and rng.randrange(100) < REMOTE_PERCENT
                else "site",
            )
            for voter in there
        ],
        "proxies": proxies,
        "late": principals[1] if len(principals) > 4 else None,
        "undecided": principals[2] if len(principals) > 4 else None,
        "leaving": [voter for voter in there if voter not in team][::LEAVING],
    }


def voters(there, key, share=100):
    """Those who take part in a vote, in the order of their votes: a share of those who
    may, and no more than a sample."""
    rng = random.Random(f"tierslieux voters {key} {len(there)}")
    return rng.sample(there, min(len(there) * share // 100, VOTERS))


def choice(key, elector, college):
    """What an elector votes on a motion."""
    rng = random.Random(f"tierslieux vote {key} {elector}")
    shares = OPINIONS[key].get(college, (60, 20, 10))
    drawn = rng.randrange(100)
    for option, share in zip(CHOICES, shares, strict=True):
        if drawn < share:
            return option
        drawn -= share
    return "blank"


def ranking(elector, candidates):
    """Candidates from the best liked on, as many as the elector cares to rank; the
    first ones on the list are known better. Empty: a blank vote."""
    rng = random.Random(f"tierslieux ranking {elector} {len(candidates)}")
    if rng.randrange(100) < 4:
        return []
    liking = {
        one: rng.random() * (len(candidates) + 12 - at)
        for at, one in enumerate(candidates)
    }
    depth = rng.randint(min(2, len(candidates)), len(candidates))
    return sorted(candidates, key=liking.get, reverse=True)[:depth]
