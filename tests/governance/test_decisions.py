"""Majorities, quorum, colleges and proxies: the statutes' arithmetic."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tierslieux_governance_domain import colleges, majority, proxies, quorum
from tierslieux_governance_domain.colleges import BLOC, PROPORTIONAL, College
from tierslieux_governance_domain.majority import Majority, Motion
from tierslieux_governance_domain.proxies import Proxy, ProxyRule
from tierslieux_governance_domain.quorum import Attendance, Quorum

few = settings(max_examples=100, deadline=None)
HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("rule", "motion", "adopted", "arithmetic"),
    [
        (Majority("simple"), Motion(10, 9), True, (10, ">", 9)),
        (Majority("simple"), Motion(9, 9, abstentions=5), False, (9, ">", 9)),
        (Majority("absolute"), Motion(10, 9), True, (20, ">", 19)),
        (Majority("absolute", "voters"), Motion(10, 9, 1), False, (20, ">", 20)),
        (Majority("absolute", "voters"), Motion(10, 8, 0, 1), True, (20, ">", 19)),
        (
            Majority("absolute", "entitled"),
            Motion(51, 0, entitled=100),
            True,
            (102, ">", 100),
        ),
        (
            Majority("two_thirds", "present_represented"),
            Motion(20, 5, present=18, represented=12),
            True,
            (60, "≥", 60),
        ),
        (
            Majority("two_thirds", "present"),
            Motion(11, 5, present=18, represented=12),
            False,
            (33, "≥", 36),
        ),
        (
            Majority("fraction", "expressed", Fraction(3, 4)),
            Motion(3, 1),
            True,
            (12, "≥", 12),
        ),
        (
            Majority("fraction", "expressed", Fraction(3, 4), strict=True),
            Motion(3, 1),
            False,
            (12, ">", 12),
        ),
        (Majority("two_thirds"), Motion(0, 0), False, (0, "≥", 0)),
        (
            Majority("absolute"),
            Motion(Fraction(7, 2), Fraction(5, 2)),
            True,
            (7, ">", 6),
        ),
    ],
)
def test_majority(rule, motion, adopted, arithmetic):
    verdict = majority.decide(rule, motion)
    assert verdict.adopted is adopted
    assert (verdict.left, verdict.relation, verdict.right) == arithmetic
    assert verdict.left == verdict.for_times * motion.votes_for


@pytest.mark.parametrize(
    "settings_",
    [
        {"kind": "unanimity"},
        {"kind": "fraction"},
        {"kind": "simple", "fraction": HALF},
        {"kind": "fraction", "fraction": Fraction(5, 4)},
    ],
)
def test_majorities_that_cannot_be(settings_):
    with pytest.raises(ValueError):
        Majority(**settings_)


@pytest.mark.parametrize(
    "motion", [Motion(-1, 0), Motion(5, 0, entitled=4), Motion(0, 0, present=-1)]
)
def test_votes_that_cannot_be(motion):
    with pytest.raises(ValueError):
        majority.decide(Majority("absolute", "entitled"), motion)


votes = st.integers(0, 50)
rules = st.builds(
    Majority,
    st.sampled_from(["simple", "absolute", "two_thirds"]),
    st.sampled_from(["entitled", "present", "voters", "expressed"]),
)


@few
@given(rules, votes, votes, votes)
def test_one_more_vote_for_never_defeats(rule, in_favour, against, abstentions):
    def decide(extra):
        everyone = in_favour + against + abstentions + 1
        motion = Motion(
            in_favour + extra,
            against,
            abstentions + 1 - extra,
            entitled=everyone,
            present=everyone,
        )
        return majority.decide(rule, motion).adopted

    assert decide(0) <= decide(1)


def test_quorum_parts_count_as_the_statutes_say():
    there = Attendance(100, on_site=30, remote=10, represented=12, correspondence=3)
    verdict = quorum.check(Quorum(HALF), there)
    assert verdict.reached
    assert (verdict.whole.counted, verdict.whole.required) == (55, 50)
    alone = Quorum(
        HALF, proxies_count=False, remote_counts=False, correspondence_counts=False
    )
    verdict = quorum.check(alone, there)
    assert not verdict.reached
    assert verdict.whole.parts == {"on_site": 30}


def test_quorum_on_the_edge():
    assert quorum.check(Quorum(Fraction(1, 3)), Attendance(100, 34)).reached
    verdict = quorum.check(Quorum(Fraction(1, 3)), Attendance(100, 33))
    assert (verdict.reached, verdict.whole.required) == (False, 34)
    verdict = quorum.check(Quorum(HALF, strict=True), Attendance(100, 50))
    assert (verdict.reached, verdict.whole.required) == (False, 51)
    assert verdict.whole.relation == ">"


def test_second_convocation_has_its_own_quorum():
    rule = Quorum(HALF, second=Fraction(0))
    assert not quorum.check(rule, Attendance(100, 10)).reached
    assert quorum.check(rule, Attendance(100, 10), convocation=2).reached
    assert not quorum.check(Quorum(HALF), Attendance(100, 10), convocation=2).reached


def test_quorum_in_each_college():
    rule = Quorum(Fraction(1, 4), per_college=True)
    parts = {"a": Attendance(10, 9), "b": Attendance(10, 2), "c": Attendance(0)}
    verdict = quorum.check(rule, Attendance(20, 11), parts)
    assert verdict.whole.reached
    assert not verdict.reached
    assert not verdict.colleges["b"].reached
    parts["b"] = Attendance(10, 3)
    assert quorum.check(rule, Attendance(20, 12), parts).reached


@pytest.mark.parametrize(
    "there", [Attendance(10, 11), Attendance(10, 6, represented=5), Attendance(5, -1)]
)
def test_attendance_that_cannot_be(there):
    with pytest.raises(ValueError):
        quorum.check(Quorum(HALF), there)


parts_of = st.fractions(0, 1, max_denominator=12)


@few
@given(parts_of, st.booleans(), st.integers(1, 60), st.integers(0, 60))
def test_required_is_the_least_that_reaches(fraction, strict, entitled, there):
    verdict = quorum.check(
        Quorum(fraction, strict=strict), Attendance(entitled, min(there, entitled))
    )
    assert verdict.reached == (verdict.whole.counted >= verdict.whole.required)


COLLEGES = (
    College("lieux", 50, 30, 10),
    College("sociétés", 30, 2, 8),
    College("public", 20, 1, 1),
)


def test_proportional_colleges():
    verdict = colleges.decide(COLLEGES, PROPORTIONAL)
    expected = HALF * Fraction(3, 4) + Fraction(3, 10) / 5 + Fraction(1, 5) / 2
    assert verdict.result == expected
    assert verdict.adopted
    assert (verdict.votes_for, verdict.against) == (33, 19)


def test_bloc_colleges_and_the_tied_one():
    verdict = colleges.decide(COLLEGES, BLOC)
    assert (verdict.result, verdict.adopted) == (HALF, False)
    assert [share.silent for share in verdict.shares] == [None, None, "tied"]
    verdict = colleges.decide(COLLEGES, BLOC, silent=colleges.REDISTRIBUTE)
    assert (verdict.result, verdict.adopted) == (Fraction(5, 8), True)
    assert [share.share for share in verdict.shares] == [
        HALF,
        Fraction(3, 10),
        Fraction(1, 5),
    ]


def test_empty_colleges_lapse_or_are_redistributed():
    empty = College("public", 20, 0, 0, abstentions=3)
    both = (*COLLEGES[:2], empty)
    lapsed = colleges.decide(both, PROPORTIONAL)
    spread = colleges.decide(both, PROPORTIONAL, silent=colleges.REDISTRIBUTE)
    assert spread.result == lapsed.result / Fraction(4, 5)
    assert lapsed.shares[2].silent == "empty"
    nobody = [College("a", 1, 0, 0), College("b", 1, 0, 0)]
    for silent in (colleges.LAPSE, colleges.REDISTRIBUTE):
        assert not colleges.decide(nobody, PROPORTIONAL, silent).adopted


heads = st.integers(0, 20)
some_colleges = st.lists(
    st.builds(College, st.text("abc"), st.integers(1, 50), heads, heads), min_size=1
)
modes = st.sampled_from([PROPORTIONAL, BLOC])
silences = st.sampled_from([colleges.LAPSE, colleges.REDISTRIBUTE])


@few
@given(some_colleges, modes, silences)
def test_colleges_add_up(parts, mode, silent):
    verdict = colleges.decide(parts, mode, silent)
    assert 0 <= verdict.result <= 1
    assert sum(share.share for share in verdict.shares) == 1
    weight = sum(share.weight for share in verdict.shares)
    speaking = [share for share in verdict.shares if share.silent is None]
    if silent == colleges.REDISTRIBUTE or len(speaking) == len(parts):
        assert weight == (1 if speaking else 0)
    assert weight <= 1


@few
@given(some_colleges)
def test_a_vote_turned_for_never_lowers_the_result(parts):
    first = parts[0]
    better = [
        College("", first.weight, first.votes_for + 1, max(first.against - 1, 0)),
        *parts[1:],
    ]
    before = colleges.decide(parts, PROPORTIONAL, colleges.LAPSE)
    after = colleges.decide(better, PROPORTIONAL, colleges.LAPSE)
    assert after.result >= before.result


def test_scic():
    assert colleges.scic_faults({"a": 50, "b": 40, "c": 10}) == []
    assert colleges.scic_faults({"a": 50, "b": 50}) == [("few", None, 2)]
    faults = colleges.scic_faults({"a": 51, "b": 40, "c": 9})
    assert [fault[:2] for fault in faults] == [("above", "a"), ("below", "c")]
    with pytest.raises(ValueError):
        colleges.scic_faults({"a": 0})


PEOPLE = {"Ada": "lieux", "Eve": "lieux", "Ida": "public", "Mia": "public"}


def reasons(rule, given_, present, chair=None):
    result = proxies.powers(rule, given_, present, PEOPLE, chair)
    return [reason for _, reason in result.refused]


@pytest.mark.parametrize(
    ("rule", "given_", "present", "reason"),
    [
        (ProxyRule(), [Proxy("Zoe", "Ada")], {"Ada"}, "principal_not_entitled"),
        (ProxyRule(), [Proxy("Eve", "Zoe")], {"Ada"}, "holder_not_entitled"),
        (ProxyRule(), [Proxy("Eve", "Ada")], {"Ada", "Eve"}, "principal_present"),
        (ProxyRule(), [Proxy("Eve", "Ada")], {"Ida"}, "holder_absent"),
        (ProxyRule(), [Proxy("Ada", "Ada")], {"Ida"}, "to_oneself"),
        (ProxyRule(cap=0), [Proxy("Eve", "Ada")], {"Ada"}, "over_cap"),
        (
            ProxyRule(same_college=True),
            [Proxy("Eve", "Ida")],
            {"Ida"},
            "other_college",
        ),
        (ProxyRule(), [Proxy("Eve")], {"Ada"}, "blank_void"),
        (ProxyRule(blank="chair"), [Proxy("Eve")], {"Ada"}, "no_chair"),
    ],
)
def test_proxies_refused(rule, given_, present, reason):
    assert reasons(rule, given_, present) == [reason]


def test_a_proxy_is_not_passed_on():
    given_ = [Proxy("Ada", "Eve"), Proxy("Eve", "Ida")]
    result = proxies.powers(ProxyRule(), given_, {"Ida"}, PEOPLE)
    assert result.votes == {"Ida": ["Ida", "Eve"]}
    assert result.refused == [(given_[0], "holder_absent")]


def test_the_later_proxy_replaces_the_earlier():
    given_ = [Proxy("Ada", "Eve"), Proxy("Ada", "Ida")]
    result = proxies.powers(ProxyRule(), given_, {"Eve", "Ida"}, PEOPLE)
    assert result.votes == {"Eve": ["Eve"], "Ida": ["Ida", "Ada"]}
    assert result.refused == [(given_[0], "replaced")]


def test_blank_proxies():
    given_ = [Proxy("Ada"), Proxy("Eve", "Ida")]
    chair = ProxyRule(cap=1, blank="chair")
    result = proxies.powers(chair, given_, {"Ida"}, PEOPLE, chair="Ida")
    assert result.votes == {"Ida": ["Ida", "Ada", "Eve"]}
    result = proxies.powers(ProxyRule(blank="board"), given_, {"Ida"}, PEOPLE)
    assert (result.board, result.represented()) == (["Ada"], 2)


people = st.sampled_from([*PEOPLE, "Zoe"])
rule_of = st.builds(
    ProxyRule,
    st.none() | st.integers(0, 2),
    st.booleans(),
    st.sampled_from(["void", "chair", "board"]),
)


@few
@given(
    rule_of,
    st.lists(st.builds(Proxy, people, st.none() | people), max_size=8),
    st.sets(people),
    st.none() | people,
)
def test_nobody_votes_twice(rule, given_, present, chair):
    result = proxies.powers(rule, given_, present, PEOPLE, chair)
    counted = [one for held in result.votes.values() for one in held] + result.board
    assert len(counted) == len(set(counted))
    assert set(counted) <= set(PEOPLE)
    assert set(result.votes) == present & set(PEOPLE)
    assert len(given_) == len(result.refused) + result.represented()
    for holder, held in result.votes.items():
        assert held[0] == holder
        assert not set(held[1:]) & present
        if rule.same_college and holder != chair:
            assert {PEOPLE[one] for one in held} == {PEOPLE[holder]}
        if rule.cap is not None and holder != chair:
            assert len(held) - 1 <= rule.cap


@few
@given(
    st.lists(st.builds(Proxy, people, st.none() | people), max_size=8),
    st.sets(people),
    st.sampled_from(list(PEOPLE)),
)
def test_arrival_revokes_and_never_costs_a_vote(given_, present, late):
    before = proxies.powers(ProxyRule(), given_, present, PEOPLE)
    after = proxies.powers(ProxyRule(), given_, present | {late}, PEOPLE)
    assert late in after.votes
    assert all(late not in held[1:] for held in after.votes.values())
    assert len(after.votes) + after.represented() >= (
        len(before.votes) + before.represented()
    )
