"""What persons are billed is what the settlement calls billed hours."""

from hypothesis import given, settings
from tierslieux_pass_domain import rating, settlement

from .months import RULES, cases, collect, settle, visit

few = settings(max_examples=150, deadline=None)


def test_lines():
    rules = settlement.rules_of(
        {**RULES, "included_minutes": 90, "hourly_rate_cents": 405}
    )
    rows = [
        visit("1", "p", "b", "10-05T10:00", "10-05T11:00"),
        visit("2", "p", "a", "10-06T10:00", "10-06T11:40"),
        visit("3", "p", "b", "10-07T10:00", "10-07T10:07"),
        visit("4", "q", "b", "10-07T10:00", "10-07T20:00"),
    ]
    visits = collect(rows, rules)
    assert rating.lines(rules, visits, "p") == [
        rating.Line("a", 1, 100, 100, 30, 70, 473),
        rating.Line("b", 2, 67, 67, 60, 7, 47),
    ]
    assert rating.lines(rules, visits, "q") == [
        rating.Line("b", 1, 480, 600, 90, 510, 3_443)
    ]
    assert rating.lines(rules, visits, "nobody") == []


def test_a_venue_has_a_line_although_no_minute_is_left_of_the_visit():
    rules = settlement.rules_of({**RULES, "included_minutes": 0})
    rows = [
        visit("1", "p", "a", "09-30T20:00", "10-01T10:00"),
        visit("2", "p", "b", "09-30T22:00", "10-01T08:00"),
        visit("3", "p", "c", "10-01T08:00", "10-01T09:00"),
    ]
    assert rating.lines(rules, collect(rows, rules), "p") == [
        rating.Line("a", 0, 480, 600, 0, 600, 4_000),
        rating.Line("b", 0, 0, 0, 0, 0, 0),
        rating.Line("c", 1, 0, 0, 0, 0, 0),
    ]


@few
@given(cases())
def test_lines_sum_to_the_settlement(case):
    rows, values = case
    values = {**values, "reserve_cents": 0, "breakage": "equal"}
    result = settle(rows, values)
    rules = settlement.rules_of(values)
    visits = collect(rows, rules)
    lines = [
        line
        for person in visits.persons()
        for line in rating.lines(rules, visits, person)
    ]
    assert sum(line.cents for line in lines) == result["billed_hours_cents"]
    for venue, settled in result["venues"].items():
        there = [line for line in lines if line.venue == venue]
        assert sum(line.minutes for line in there) == settled["minutes"]
        if values["pool_weight"] != "visits":
            assert sum(line.capped_minutes for line in there) == settled["weight"]
    for line in lines:
        assert line.included_minutes + line.billed_minutes == line.minutes


@few
@given(cases())
def test_lines_are_enough_to_settle(case):
    """What the close keeps of the visits gives the result of the visits themselves."""
    rows, values = case
    values = {**values, "reserve_cents": 0, "breakage": "equal"}
    rules = settlement.rules_of(values)
    visits = collect(rows, rules)
    place = {venue: number for number, venue in enumerate(rules.venues)}
    minutes, weight, hours = ([0] * len(place) for _ in range(3))
    by_person = {}
    for person in visits.persons():
        for line in rating.lines(rules, visits, person):
            there = place[line.venue]
            by_visits = rules.pool_weight == "visits"
            minutes[there] += line.minutes
            weight[there] += line.visits if by_visits else line.capped_minutes
            hours[there] += line.cents
            by_person.setdefault(person, {})[there] = line.capped_minutes
    sums = settlement.Sums(minutes, weight, hours, by_person)
    assert settlement.share(rules, sums) == settle(rows, values)
