"""Months of visits for the tests: drawn by hypothesis, or written by hand."""

from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st
from tierslieux_pass_domain import settlement
from tierslieux_pass_domain.settlement import instants

RULES = {
    "month": "2026-10",
    "timezone": "Europe/Paris",
    "subscription_revenue_cents": 100_000,
    "fee_rate": "0.05",
    "reserve_cents": 5_000,
    "hourly_rate_cents": 400,
    "included_minutes": 600,
    "daily_cap_minutes": 480,
    "pool_weight": "minutes",
    "breakage": "common_fund",
    "minimum_guarantee_cents": 0,
    "venues": ["a", "b", "c"],
}
VENUES = ["b", "10", "9", "a"]
PERSONS = ["p", "q", "10", "9"]
#: (month, zone): clocks forward, back, by half an hour, at midnight, and none.
PLACES = [
    ("2026-10", "Europe/Paris"),
    ("2026-03", "Europe/Paris"),
    ("2026-04", "Australia/Lord_Howe"),
    ("2026-04", "Africa/Cairo"),
    ("2026-02", "Asia/Kathmandu"),
    ("2026-11", "Indian/Reunion"),
]
cents = st.integers(0, 300) | st.integers(0, 200_000)


@st.composite
def visits(draw, month, most=8):
    """Rows of VISITS.csv around a month, crowded enough to overlap and to tie."""
    first = datetime.fromisoformat(f"{month}-01T00:00:00+00:00")
    step = draw(st.sampled_from([1, 20, 720])) * 60
    edges = st.integers(-2 * 86_400 // step, 33 * 86_400 // step)
    near = draw(edges)
    starts = edges | st.integers(near, near + 5)
    rows = []
    for name in draw(st.permutations([str(n) for n in range(7, 7 + most)])):
        seconds = draw(starts) * step + draw(st.sampled_from([0, 0, 1, 59]))
        check_in = first + timedelta(seconds=seconds)
        length = draw(st.sampled_from([0, 30, 60, 3_600, 30_000, 100_000]))
        check_out = check_in + timedelta(seconds=length + draw(st.integers(0, 90)))
        offset = timezone(timedelta(minutes=draw(st.sampled_from([0, 120, -570]))))
        rows.append(
            (
                name,
                draw(st.sampled_from(PERSONS)),
                draw(st.sampled_from(VENUES)),
                check_in.astimezone(offset).isoformat(),
                check_out.astimezone(offset).isoformat(),
            )
        )
    return rows[: draw(st.integers(0, most))]


@st.composite
def cases(draw):
    """(rows, rules) of which most can be settled, some cannot."""
    month, zone = draw(st.sampled_from(PLACES))
    fees = draw(st.dictionaries(st.sampled_from([*PERSONS, "x"]), cents))
    homes = draw(
        st.dictionaries(st.sampled_from([*PERSONS, "x"]), st.sampled_from(VENUES))
    )
    weight = draw(st.sampled_from(["minutes", "visits", "per_member"]))
    rules = {
        "month": month,
        "timezone": zone,
        "subscription_revenue_cents": (
            sum(fees.values()) if weight == "per_member" else draw(cents)
        ),
        "fee_rate": draw(st.sampled_from(["0", "0.05", "0.125", "0.333", "1"])),
        "reserve_cents": draw(st.integers(0, 50) | cents),
        "hourly_rate_cents": draw(st.sampled_from([0, 1, 30, 333, 400])),
        "included_minutes": draw(st.sampled_from([None, 0, 1, 90, 600])),
        "daily_cap_minutes": draw(st.sampled_from([0, 1, 60, 480, 1500])),
        "pool_weight": weight,
        "person_fee_cents": fees,
        "breakage": draw(st.sampled_from(["common_fund", "equal", "home_venue"])),
        "home_venues": homes,
        "minimum_guarantee_cents": draw(st.sampled_from([0, 100, 20_000])),
        "venues": VENUES,
    }
    return draw(visits(month)), rules


def visit(name, person, venue, start, end, offset="+02:00"):
    """A row of 2026 from instants such as ``10-05T10:00``."""
    return name, person, venue, f"2026-{start}:00{offset}", f"2026-{end}:00{offset}"


def collect(rows, rules):
    """The domain's visits for rows of VISITS.csv."""
    found = settlement.Visits(rules.month, rules.venues)
    if rows:
        ids, persons, venues, starts, ends = zip(*rows, strict=True)
        found.add(
            list(ids),
            persons,
            [found.place[venue] for venue in venues],
            list(map(instants.minute, starts)),
            list(map(instants.minute, ends)),
        )
    return found


def settle(rows, rules):
    """The domain's own result for rows of VISITS.csv and values of RULES.json."""
    rules = settlement.rules_of(rules)
    return settlement.settle(rules, collect(rows, rules))


def write(path, rows):
    """VISITS.csv with these rows."""
    lines = ["visit_id,person,venue,check_in,check_out", *map(",".join, rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
