"""STV, instant runoff and Schulze: known examples, and what must hold always."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tierslieux_governance_domain import ballots, irv, schulze, stv

NAMES = ("Ada", "Barbara", "Edith", "Grace", "Hedy", "Mary")
few = settings(max_examples=80, deadline=None)


def elections(least=2):
    """``(names, {ranking: voters})`` with at least one preference."""

    def of(size):
        ranking = st.lists(st.integers(0, size - 1), unique=True).map(tuple)
        rankings = st.dictionaries(ranking, st.integers(1, 40), min_size=1, max_size=12)
        return st.tuples(st.just(NAMES[:size]), rankings.filter(any))

    return st.integers(least, len(NAMES)).flatmap(of)


def shuffled(data, rankings):
    return dict(data.draw(st.permutations(list(rankings.items()))))


def renamed(data, names, rankings):
    """The same election with the candidates in another order."""
    order = data.draw(st.permutations(range(len(names))))
    place = {old: new for new, old in enumerate(order)}
    moved = {tuple(place[one] for one in r): n for r, n in rankings.items()}
    return tuple(names[old] for old in order), moved


def by_hand(names, rankings, seats, precision):
    """STV paper by paper: ``(winners, votes of each stage)``, or None at a tie."""
    unit = 1 if precision is None else 10**precision
    papers = [[list(r), n, unit] for r, n in rankings.items() if r]
    quota = (sum(n for _, n, _ in papers) // (seats + 1) + 1) * unit
    running, winners, surpluses = set(range(len(names))), [], []
    stages = []

    def total(one):
        return sum(n * v for r, n, v in papers if r and r[0] == one)

    while True:
        votes = {one: total(one) for one in running}
        stages.append({names[one]: Fraction(votes[one]) / unit for one in running})
        over = sorted((one for one in running if votes[one] >= quota), key=votes.get)
        if len({votes[one] for one in over}) < len(over):
            return None
        for one in reversed(over):
            winners.append(one)
            running.discard(one)
            surpluses.append((votes[one] - quota, one))
        left = seats - len(winners)
        if len(running) <= left:
            if len({votes[one] for one in running}) < len(running):
                return None
            return winners + sorted(running, key=votes.get, reverse=True), stages
        if not left:
            return winners, stages
        surpluses = [(s, one) for s, one in surpluses if s]
        if surpluses:
            most = max(surpluses)
            if [s for s, _ in surpluses].count(most[0]) > 1:
                return None
            surplus, source = most
            surpluses.remove(most)
            whole = surplus + quota
            for paper in papers:
                if paper[0] and paper[0][0] == source:
                    value = Fraction(paper[2] * surplus) / whole
                    paper[2] = value if precision is None else int(value)
        else:
            fewest = min(votes.values())
            if list(votes.values()).count(fewest) > 1:
                return None
            source = min(votes, key=votes.get)
            running.discard(source)
        for paper in papers:
            if paper[0] and paper[0][0] == source:
                paper[0].pop(0)
                while paper[0] and paper[0][0] not in running:
                    paper[0].pop(0)
            else:
                first, rest = paper[0][:1], paper[0][1:]
                paper[0] = first + [one for one in rest if one in running]


def test_transfers_are_cut_to_five_decimals():
    # Quota 4: Ada's surplus of 3 passes on at 3 ÷ 7 = 0.42857 a paper
    result = stv.count(("Ada", "Grace", "Hedy"), {(0, 1): 7, (1,): 1, (2,): 3}, 2)
    assert result.quota == 4
    assert result.winners == ["Ada", "Grace"]
    transfer = result.rounds[0]["transfer"]
    assert transfer["to"] == {"Grace": Fraction(299999, 100000)}
    assert transfer["lost"] == Fraction(1, 100000)


def test_exact_transfers_lose_nothing():
    rankings = {(0, 1): 7, (1,): 1, (2,): 3}
    result = stv.count(("Ada", "Grace", "Hedy"), rankings, 2, precision=None)
    assert result.rounds[0]["transfer"]["to"] == {"Grace": 3}
    assert result.winners == ["Ada", "Grace"]


def test_fewer_candidates_than_seats_are_all_elected():
    result = stv.count(("Ada", "Grace"), {(0,): 1, (1,): 2}, 5)
    assert result.winners == ["Grace", "Ada"]


def test_tie_of_exclusion_goes_by_the_latest_round_that_differs():
    rankings = {(0,): 10, (1, 2): 1, (2,): 4, (3,): 5, (4,): 9}
    result = stv.count(NAMES[:5], rankings, 1)
    assert result.rounds[1]["votes"]["Edith"] == result.rounds[1]["votes"]["Grace"]
    assert result.rounds[1]["excluded"] == "Edith"
    assert result.ties[0]["rule"] == "votes in round 1"


def test_tie_without_history_goes_by_a_lot_that_can_be_drawn_again():
    rankings = {(0,): 1, (1,): 1}
    winners = {}
    for seed in range(20):
        result = stv.count(NAMES[:2], rankings, 1, seed=seed)
        assert result.winners == stv.count(NAMES[:2], rankings, 1, seed=seed).winners
        [tie] = result.ties
        assert (tie["rule"], tie["seed"], tie["tied"]) == ("lot", seed, list(NAMES[:2]))
        assert tie["drawn"][-1] == tie["chosen"]
        winners[result.winners[0]] = seed
    assert set(winners) == set(NAMES[:2])


def test_half_of_the_ballots_is_no_majority():
    result = irv.count(NAMES[:3], {(0,): 3, (1,): 2, (2, 1): 1})
    assert result.rounds[0]["majority"] == 4
    assert len(result.rounds) == 3
    assert result.ties[0]["purpose"] == "exclusion"
    # Ada had more in the round before
    assert result.ties[0]["rule"] == "votes in round 1"
    assert result.winners == ["Ada"]


def test_written_in_names_are_never_elected():
    names = ("Ada", "Write-in", "Grace")
    rankings = {(1, 2): 10, (0,): 4}
    result = stv.count(names, rankings, 1, write_in=1)
    assert result.winners == ["Grace"]
    assert result.rounds[0]["excluded"] == "Write-in"
    assert irv.count(names, rankings, write_in=1).winners == ["Grace"]


@pytest.mark.parametrize("seats", [0, -1])
def test_seats_are_checked(seats):
    with pytest.raises(ballots.BallotError):
        stv.count(NAMES[:2], {(0,): 1}, seats)


def test_ballots_without_preference_elect_nobody():
    for count in (lambda: stv.count(NAMES, {(): 3}, 1), lambda: irv.count(NAMES, {})):
        with pytest.raises(ballots.BallotError):
            count()


@few
@given(elections(), st.integers(1, 4), st.sampled_from([0, 2, 5, None]))
def test_stv_paper_by_paper(election, seats, precision):
    names, rankings = election
    expected = by_hand(names, rankings, seats, precision)
    if expected is not None:
        result = stv.count(names, rankings, seats, precision=precision)
        winners, stages = expected
        assert [names.index(one) for one in result.winners] == winners
        elected = set()
        for shown, votes in zip(result.rounds, stages, strict=True):
            running = set(shown["votes"]) - elected
            assert {name: shown["votes"][name] for name in running} == votes
            elected |= set(shown["elected"])


@few
@given(elections(), st.integers(1, 4), st.sampled_from([0, 5, None]))
def test_transferred_weight_never_grows(election, seats, precision):
    names, rankings = election
    result = stv.count(names, rankings, seats, precision=precision)
    valid = sum(voters for ranking, voters in rankings.items() if ranking)
    for shown in result.rounds:
        weight = sum(shown["votes"].values()) + shown["exhausted"] + shown["lost"]
        assert weight == valid
        transfer = shown["transfer"]
        if transfer:
            assert transfer["lost"] >= 0
            assert transfer["lost"] == 0 or precision is not None
            moved = sum(transfer["to"].values()) + transfer["exhausted"]
            source = shown["votes"][transfer["from"]]
            if transfer["kind"] == "surplus":
                source -= result.quota
            assert moved + transfer["lost"] == source
    lost = [shown["lost"] for shown in result.rounds]
    assert lost == sorted(lost)
    assert len(result.winners) == len(set(result.winners)) == min(seats, len(names))


@few
@given(st.data(), elections(), st.integers(1, 3))
def test_order_of_ballots_and_candidates_changes_nothing(data, election, seats):
    names, rankings = election
    again, moved = renamed(data, names, shuffled(data, rankings))
    for count in (
        lambda names, rankings: stv.count(names, rankings, seats),
        irv.count,
    ):
        first, second = count(names, rankings), count(again, moved)
        assert first.winners == second.winners
        assert first.rounds == second.rounds
        assert first.ties == second.ties


@few
@given(st.data(), st.integers(2, 4), st.integers(1, 4))
def test_a_group_of_k_quotas_elects_k(data, size, seats):
    """Proportionality for solid coalitions, with exact transfers."""
    group, others = tuple(range(size)), tuple(range(size, 6))
    ours = st.permutations(group).map(tuple)
    theirs = st.lists(st.sampled_from(others), unique=True, min_size=1).map(tuple)
    pairs = data.draw(st.lists(st.tuples(ours, st.integers(1, 30)), min_size=1))
    rivals = data.draw(st.lists(st.tuples(theirs, st.integers(1, 30)), min_size=1))
    rankings = {}
    for ranking, voters in pairs + rivals:
        rankings[ranking] = rankings.get(ranking, 0) + voters
    result = stv.count(NAMES, rankings, seats, precision=None)
    entitled = sum(voters for _, voters in pairs) // result.quota
    elected = sum(1 for name in result.winners if NAMES.index(name) in group)
    assert elected >= min(entitled, size, seats)


@few
@given(elections())
def test_instant_runoff_elects_a_majority(election):
    names, rankings = election
    result = irv.count(names, rankings)
    first = result.rounds[0]["votes"]
    for name, votes in first.items():
        if 2 * votes > sum(first.values()):
            assert result.winners == [name]
            assert len(result.rounds) == 1
    last = result.rounds[-1]
    assert 2 * last["votes"][result.winners[0]] >= sum(last["votes"].values())
    assert sum(last["votes"].values()) + last["exhausted"] == sum(first.values())


def weak(rankings):
    return {tuple((one,) for one in r): n for r, n in rankings.items()}


def test_schulze_on_the_example_of_its_author():
    text = "ACBED 5 ADECB 5 BEDAC 8 CABED 3 CAEBD 7 CBADE 2 DCEBA 7 EBADC 8".split()
    orders = {
        tuple(("ABCDE".index(letter),) for letter in ranking): int(voters)
        for ranking, voters in zip(text[::2], text[1::2], strict=True)
    }
    result = schulze.count(tuple("ABCDE"), orders, seats=5)
    assert result.winners == list("EACBD")
    paths = result.rounds[0]["paths"]
    assert [paths["A"][b] for b in "BCDE"] == [28, 28, 30, 24]
    assert [paths["E"][b] for b in "ABCD"] == [25, 28, 28, 31]
    assert result.details["condorcet_winner"] is None


def orders_of(size):
    """Orders with equal ranks, some candidates left out."""
    return st.lists(st.integers(0, 3), min_size=size, max_size=size).map(
        lambda ranks: tuple(
            rank
            for level in range(3)
            if (rank := tuple(i for i, one in enumerate(ranks) if one == level))
        )
    )


@few
@given(st.data(), st.integers(2, 5))
def test_schulze(data, size):
    orders = data.draw(
        st.dictionaries(orders_of(size), st.integers(1, 9), min_size=1).filter(any)
    )
    names = NAMES[:size]
    result = schulze.count(names, orders, seats=size)

    def prefers(order, a, b):
        ranks = {one: i for i, rank in enumerate(order) for one in rank}
        return ranks.get(a, size) < ranks.get(b, size)

    pairwise = {
        (a, b): sum(n for order, n in orders.items() if prefers(order, a, b))
        for a in range(size)
        for b in range(size)
        if a != b
    }
    for (a, b), voters in pairwise.items():
        assert result.rounds[0]["pairwise"][names[a]][names[b]] == voters
    beaten = {b for (a, b), voters in pairwise.items() if voters >= pairwise[b, a]}
    condorcet = [names[one] for one in range(size) if one not in beaten]
    if condorcet:
        assert result.winners[0] == condorcet[0]
        assert result.details["condorcet_winner"] == condorcet[0]
    # The ranking is a list of ranks that respects the winners' order
    place = {
        name: i for i, rank in enumerate(result.rounds[0]["ranking"]) for name in rank
    }
    assert place[result.winners[0]] == 0
    again, moved = names[::-1], {}
    for order, voters in orders.items():
        moved[tuple(tuple(size - 1 - one for one in rank) for rank in order)] = voters
    mirrored = schulze.count(again, moved, seats=size)
    assert mirrored.winners == result.winners
    assert mirrored.ties == result.ties


@few
@given(elections())
def test_raising_the_schulze_winner_keeps_the_winner(election):
    names, rankings = election
    winner = names.index(schulze.count(names, weak(rankings)).winners[0])
    raised = {}
    for ranking, voters in rankings.items():
        moved = (winner, *(one for one in ranking if one != winner))
        raised[moved] = raised.get(moved, 0) + voters
    assert schulze.count(names, weak(raised)).winners == [names[winner]]


@few
@given(elections())
def test_strict_and_weak_orders_read_alike(election):
    names, rankings = election
    profile = ballots.Profile(ballots.RANKING, names, rankings)
    assert ballots.rankings(profile) == rankings
    assert ballots.orders(profile) == weak(rankings)


def test_rankings_end_at_an_overvote_and_skip_what_is_named_again():
    given_ = {(0, 0, 2): 1, (1, ballots.OVERVOTE, 0): 2, (1, (0, 2)): 3, ((0, 1),): 4}
    profile = ballots.Profile(ballots.RANKING, NAMES[:3], given_)
    assert ballots.rankings(profile) == {(0, 2): 1, (1,): 5, (): 4}
    assert ballots.orders(profile) == {
        ((0,), (2,)): 1,
        ((1,),): 2,
        ((1,), (0, 2)): 3,
        ((0, 1),): 4,
    }
