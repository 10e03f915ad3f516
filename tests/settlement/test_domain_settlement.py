"""The settlement, held to its words: an oracle, properties, examples of each mode."""

import random
from datetime import datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tierslieux_pass_domain import settlement
from tierslieux_pass_domain.settlement import (
    BadRows,
    RuleError,
    read_visits,
    rules_of,
)

from . import oracle
from .months import PLACES, RULES, cases, settle, visit, visits, write

many = settings(max_examples=400, deadline=None)
few = settings(max_examples=100, deadline=None)


@many
@given(cases())
def test_as_the_oracle(case):
    rows, rules = case
    try:
        expected = oracle.settle(rows, rules)
    except oracle.Refused:
        with pytest.raises(RuleError):
            settle(rows, rules)
        return
    result = settle(rows, rules)
    assert result == expected
    assert result["in_cents"] == result["out_cents"]
    assert list(result["venues"]) == sorted(rules["venues"])


@few
@given(cases(), st.randoms())
def test_order_of_rows_changes_nothing(case, draw):
    rows, rules = case
    rules["reserve_cents"] = 0
    rules["breakage"] = "equal"
    shuffled = draw.sample(rows, len(rows))
    assert settle(shuffled, rules) == settle(rows, rules)


@few
@given(st.data(), st.sampled_from(PLACES))
def test_splitting_a_visit_changes_no_minutes(data, place):
    """Of one person alone in each venue: other visits would come between the parts."""
    rows = [
        (name, f"{person}{venue}{number}", venue, start, end)
        for number, (name, person, venue, start, end) in enumerate(
            data.draw(visits(place[0]))
        )
    ]
    assume(rows)
    name, person, venue, start, end = row = data.draw(st.sampled_from(rows))
    first, last = map(datetime.fromisoformat, (start, end))
    minutes = int((oracle.minute(end) - oracle.minute(start)) / oracle.MINUTE)
    cut = first.replace(second=0) + oracle.MINUTE * data.draw(st.integers(0, minutes))
    assume(first <= cut <= last)
    rest = [other for other in rows if other is not row]
    halves = [
        (name + "x", person, venue, start, cut.isoformat()),
        (name + "y", person, venue, cut.isoformat(), end),
    ]
    rules = {**RULES, "month": place[0], "timezone": place[1]}
    rules["venues"] = ["9", "10", "a", "b"]
    assert settle([*halves, *rest], rules) == settle(rows, rules)


@few
@given(st.data(), st.sampled_from(PLACES))
def test_splitting_among_overlaps_keeps_the_persons_minutes(data, place):
    rows = [(a, "p", c, d, e) for a, _, c, d, e in data.draw(visits(place[0]))]
    assume(rows)
    name, person, venue, start, end = row = data.draw(st.sampled_from(rows))
    cut = oracle.minute(start) + (oracle.minute(end) - oracle.minute(start)) // 2
    cut = cut.replace(second=0)
    assume(datetime.fromisoformat(start) <= cut)
    rest = [other for other in rows if other is not row]
    halves = [
        (name, person, venue, start, cut.isoformat()),
        (name + "y", person, venue, cut.isoformat(), end),
    ]
    rules = {**RULES, "month": place[0], "timezone": place[1]}
    rules["venues"] = ["9", "10", "a", "b"]

    def whole(some):
        return sum(v["minutes"] for v in settle(some, rules)["venues"].values())

    assert whole([*halves, *rest]) == whole(rows)


def minutes(rows, **more):
    result = settle(rows, {**RULES, **more})
    return {venue: line["minutes"] for venue, line in result["venues"].items()}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # A chain: each starts when those before it have ended.
        (
            [
                visit("1", "p", "a", "10-05T10:00", "10-05T12:00"),
                visit("2", "p", "b", "10-05T11:00", "10-05T13:00"),
                visit("3", "p", "c", "10-05T11:30", "10-05T14:00"),
            ],
            {"a": 120, "b": 60, "c": 60},
        ),
        # Contained: nothing is left of it, and what follows starts at its real end.
        (
            [
                visit("1", "p", "a", "10-05T10:00", "10-05T12:00"),
                visit("2", "p", "b", "10-05T10:30", "10-05T11:00"),
                visit("3", "p", "c", "10-05T11:30", "10-05T12:30"),
            ],
            {"a": 120, "b": 0, "c": 30},
        ),
        # A tie goes to the smaller id, as text: "10" comes before "9".
        (
            [
                visit("9", "p", "a", "10-05T10:00", "10-05T12:00"),
                visit("10", "p", "b", "10-05T10:00", "10-05T11:00"),
            ],
            {"a": 60, "b": 60, "c": 0},
        ),
        # The check-in says who was first, also when it lies before the month.
        (
            [
                visit("2", "p", "a", "09-30T20:00", "10-01T10:00"),
                visit("1", "p", "b", "09-30T22:00", "10-01T12:00"),
            ],
            {"a": 600, "b": 120, "c": 0},
        ),
        # Two persons do not hinder each other.
        (
            [
                visit("1", "p", "a", "10-05T10:00", "10-05T12:00"),
                visit("2", "q", "a", "10-05T10:00", "10-05T12:00"),
            ],
            {"a": 240, "b": 0, "c": 0},
        ),
        # The day of 25 hours, seen from its two offsets.
        (
            [
                (
                    "1",
                    "p",
                    "a",
                    "2026-10-25T00:00:00+02:00",
                    "2026-10-26T00:00:00+01:00",
                )
            ],
            {"a": 1500, "b": 0, "c": 0},
        ),
        # Truncated first: 10:00:59 to 11:00:01 is an hour.
        (
            [
                (
                    "1",
                    "p",
                    "a",
                    "2026-10-05T10:00:59+02:00",
                    "2026-10-05T11:00:01+02:00",
                )
            ],
            {"a": 60, "b": 0, "c": 0},
        ),
    ],
)
def test_minutes(rows, expected):
    assert minutes(rows) == expected
    random.Random(4).shuffle(rows)
    assert minutes(rows) == expected


def test_days_are_capped_by_venue_and_local_day():
    rows = [
        visit("1", "p", "a", "10-05T20:00", "10-06T10:00"),
        visit("2", "p", "a", "10-06T12:00", "10-06T13:00"),
        visit("3", "p", "b", "10-06T14:00", "10-06T15:00"),
    ]
    result = settle(rows, {**RULES, "daily_cap_minutes": 300})["venues"]
    assert [result["a"][key] for key in ("minutes", "weight")] == [900, 540]
    assert [result["b"][key] for key in ("minutes", "weight")] == [60, 60]


def test_visits_count_where_they_start_whatever_is_left_of_them():
    rows = [
        visit("1", "p", "a", "09-30T23:00", "10-01T01:00"),
        visit("2", "p", "b", "10-01T00:30", "10-01T00:45"),
        visit("3", "p", "b", "10-02T10:00", "10-02T10:00"),
        visit("4", "p", "c", "10-31T23:59", "11-01T08:00", "+01:00"),
        visit("5", "p", "c", "11-01T00:00", "11-01T08:00", "+01:00"),
    ]
    result = settle(rows, {**RULES, "pool_weight": "visits"})["venues"]
    assert {venue: line["weight"] for venue, line in result.items()} == {
        "a": 0,
        "b": 2,
        "c": 1,
    }
    assert {venue: line["minutes"] for venue, line in result.items()} == {
        "a": 60,
        "b": 0,
        "c": 1,
    }


HOURS = [
    visit("1", "p", "b", "10-05T10:00", "10-05T11:00"),
    visit("2", "p", "a", "10-06T10:00", "10-06T11:40"),
    visit("3", "p", "b", "10-07T10:00", "10-07T10:07"),
]


@pytest.mark.parametrize(
    ("included", "billed", "hours"),
    [
        (None, 0, {"a": 0, "b": 0}),
        (600, 0, {"a": 0, "b": 0}),
        # 100 and 67 minutes at 4.05 €: 675 and 452.25, fee 56.35.
        (0, 1127, {"a": 675 - 34, "b": 452 - 22}),
        # The hour at b and half an hour at a are free: 70 and 7 minutes, 520 in all.
        (90, 520, {"a": 473 - 24, "b": 47 - 2}),
    ],
)
def test_included_minutes_are_used_in_order_of_time(included, billed, hours):
    rules = {**RULES, "included_minutes": included, "hourly_rate_cents": 405}
    result = settle(HOURS, rules)
    assert result["billed_hours_cents"] == billed
    assert {v: result["venues"][v]["hours_cents"] for v in hours} == hours
    assert result["fee_cents"] == 5_000 + (billed * 5 + 50) // 100


def pool(rows, **more):
    result = settle(rows, {**RULES, "included_minutes": None, **more})
    cents = [line["pool_cents"] for line in result["venues"].values()]
    return cents, result["common_fund_cents"]


PER_MEMBER = {
    "pool_weight": "per_member",
    "subscription_revenue_cents": 10_000,
    "fee_rate": "0",
    "reserve_cents": 0,
    "person_fee_cents": {"p": 5_000, "q": 3_000, "r": 2_000},
    "home_venues": {"q": "c", "r": "c", "elsewhere": "a"},
}
USED = [
    visit("1", "p", "a", "10-05T10:00", "10-05T11:00"),
    visit("2", "p", "b", "10-06T10:00", "10-06T12:00"),
    visit("3", "guest", "c", "10-06T10:00", "10-06T12:00"),
]


@pytest.mark.parametrize(
    ("breakage", "cents", "fund"),
    [
        ("common_fund", [1_667, 3_333, 0], 5_000),
        # 3 000 and 2 000 are each shared in three: 667, 667, 666 of the second.
        ("equal", [1_667 + 1_667, 3_333 + 1_667, 1_666], 0),
        ("home_venue", [1_667, 3_333, 5_000], 0),
    ],
)
def test_per_member(breakage, cents, fund):
    assert pool(USED, **PER_MEMBER, breakage=breakage) == (cents, fund)


@pytest.mark.parametrize(
    ("breakage", "cents", "fund"),
    [
        ("common_fund", [0, 0, 0], 10_000),
        ("equal", [3_334, 3_333, 3_333], 0),
        ("home_venue", [3_333, 0, 6_667], 0),
    ],
)
def test_a_month_without_visits(breakage, cents, fund):
    rules = {**PER_MEMBER, "pool_weight": "minutes", "breakage": breakage}
    assert pool([], **rules) == (cents, fund)


def test_guarantee_is_raised_while_the_reserve_lasts():
    rules = {**RULES, "minimum_guarantee_cents": 3_000, "included_minutes": None}
    result = settle([HOURS[1]], {**rules, "venues": ["d", "c", "b", "a"]})
    raised = [line["guarantee_cents"] for line in result["venues"].values()]
    assert raised == [0, 3_000, 2_000, 0]
    assert result["reserve_left_cents"] == 0
    assert result["venues"]["c"]["total_cents"] == 2_000


def test_numbers_are_ordered_as_numbers():
    rules = {**RULES, "breakage": "equal", "venues": [10, 9, 2]}
    assert list(settle([], rules)["venues"]) == ["2", "9", "10"]
    assert pool([], **{**rules, "subscription_revenue_cents": 5_001, "fee_rate": 0})[
        0
    ] == [1, 0, 0]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"reserve_cents": 95_001}, "the pool is -1 cents, below zero"),
        ({"breakage": "home_venue", "home_venues": {}}, "'home_venues' has no person"),
        ({**PER_MEMBER, "breakage": "home_venue", "home_venues": {}}, "has no 'p'"),
        ({"breakage": "equal", "venues": []}, "nobody to share"),
    ],
)
def test_refused(more, told):
    with pytest.raises(RuleError, match=told.replace("(", r"\(")):
        settle([], {**RULES, **more})


@pytest.mark.parametrize("place", [0, 5_000, 12_000])
@pytest.mark.parametrize(
    "bad",
    [
        ("x", "y", "nowhere", "2026-10-05T10:00Z", "2026-10-05T11:00Z"),
        ("x", "y", "a", "2026-10-05T10:00Z"),
        ("x", "y", "a", "2026-10-05T11:00Z", "2026-10-05T10:59Z"),
        ("x", "y", "a", "2026-10-05T10:00Z", "2026-10-05T25:00Z"),
        ("x", "y", "a", "2026-10-05T10:00Z", "2026-10-32T10:00Z"),
        ("x", "y", "a", "2026-10-05T10:00Z", "2026-10-05T10;00Z"),
    ],
)
def test_one_bad_row_is_found_among_many(tmp_path, place, bad):
    rows = [
        (f"{n:05d}", f"p{n % 7}", "a", "2026-10-05T10:00Z", "2026-10-05T11:00Z")
        for n in range(12_000)
    ]
    rules = rules_of(RULES)
    path = write(tmp_path / "visits.csv", rows)
    assert settlement.settle(rules, read_visits(path, rules)) == settle(rows, RULES)
    write(path, [*rows[:place], bad, *rows[place:]])
    with pytest.raises(BadRows) as refused:
        read_visits(path, rules)
    assert [line for line, _ in refused.value.rows] == [place + 2]


@few
@given(cases(), st.booleans())
def test_files_read_by_columns_and_by_rows_agree(tmp_path_factory, case, quoted):
    rows, values = case
    values = {**values, "reserve_cents": 0, "breakage": "equal"}
    path = write(tmp_path_factory.mktemp("visits") / "visits.csv", rows)
    if quoted:
        path.write_text(path.read_text().replace("person", '"person"'))
    rules = rules_of(values)
    assert settlement.settle(rules, read_visits(path, rules)) == settle(rows, values)


def in_parts(count):
    return lambda function, most: [function(part, count) for part in range(count)]


@few
@given(cases(), st.integers(2, 9), st.booleans())
def test_work_cut_into_parts_gives_the_same(tmp_path_factory, case, count, bom):
    rows, rules = case
    rules = rules_of({**rules, "reserve_cents": 0, "breakage": "equal"})
    path = write(tmp_path_factory.mktemp("parts") / "visits.csv", rows)
    if bom:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    each = in_parts(count)
    visits = read_visits(path, rules, each)
    assert [name.strip() for name in visits.ids] == [row[0] for row in rows]
    whole = settlement.settle(rules, read_visits(path, rules))
    assert settlement.settle(rules, visits, each) == whole
