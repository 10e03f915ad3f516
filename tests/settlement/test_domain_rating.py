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
        rating.Line("a", 100, 100, 30, 70, 473),
        rating.Line("b", 67, 67, 60, 7, 47),
    ]
    assert rating.lines(rules, visits, "q") == [
        rating.Line("b", 600, 480, 90, 510, 3_443)
    ]
    assert rating.lines(rules, visits, "nobody") == []


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
