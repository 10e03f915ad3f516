"""A month without its times settles to the same cent, and tells no time."""

from hypothesis import example, given, settings
from tierslieux_pass_domain import settlement
from tierslieux_pass_domain.settlement.errors import RuleError
from tierslieux_pass_domain.settlement.reduced import reduced

from .months import RULES, cases, collect, visit

many = settings(max_examples=400, deadline=None)


def without_times(rules, visits):
    """The visits again, from what the reduced file would hold."""
    found = settlement.Visits(rules.month, rules.venues)
    rows = [
        (f"{person} {number:03}", person, place, start, end)
        for person in visits.persons()
        for number, (start, place, end) in enumerate(
            reduced(visits.of(person), rules.month)
        )
    ]
    if rows:
        ids, persons, places, starts, ends = map(list, zip(*rows, strict=True))
        first = rules.month.start
        found.add(
            ids,
            persons,
            places,
            [first + start for start in starts],
            [first + end for end in ends],
        )
    return found


def outcome(rules, visits):
    try:
        return settlement.settle(rules, visits)
    except RuleError as error:
        return str(error)


NIGHTS = [
    visit("1", "p", "a", "10-24T20:00", "10-27T03:00"),
    visit("2", "p", "b", "10-24T21:00", "10-24T22:00"),
    visit("3", "p", "c", "10-31T22:00", "11-01T01:00", "+01:00"),
    visit("4", "p", "b", "10-31T23:00", "10-31T23:30", "+01:00"),
    visit("5", "q", "b", "09-30T22:00", "10-01T01:00"),
    visit("6", "q", "a", "10-01T00:30", "10-01T02:00"),
]


@many
@given(cases())
@example((NIGHTS, RULES))
@example((NIGHTS, {**RULES, "pool_weight": "visits"}))
def test_any_rules_settle_the_same(case):
    rows, values = case
    rules = settlement.rules_of(values)
    visits = collect(rows, rules)
    assert outcome(rules, without_times(rules, visits)) == outcome(rules, visits)


def test_days_and_hours_are_gone():
    rules = settlement.rules_of(RULES)
    some = [
        visit("1", "p", "a", "10-07T10:13", "10-07T11:13"),
        visit("2", "p", "b", "10-07T18:00", "10-07T18:20"),
        visit("3", "p", "a", "10-19T09:00", "10-19T09:05"),
    ]
    others = [
        visit("7", "p", "a", "10-02T08:00", "10-02T09:00"),
        visit("5", "p", "b", "10-02T09:30", "10-02T09:50"),
        visit("6", "p", "a", "10-30T22:00", "10-30T22:05", "+01:00"),
    ]
    first, second = (
        reduced(collect(rows, rules).of("p"), rules.month) for rows in (some, others)
    )
    assert first == second == [(0, 0, 60), (60, 1, 80), (1440, 0, 1445)]
