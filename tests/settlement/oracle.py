"""The rule of settlement once more, minute by minute, to hold the real one to it.

Written from the words of the rule alone, slow and plain: a person's month is a table
of minutes, each minute belongs to the visit that covers it and started first.
"""

from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


class Refused(Exception):
    pass


def rounded(value):
    value = Fraction(value)
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def largest_remainder(amount, weights):
    """{key: cents} of {key: weight}; of equal remainders the smaller key."""
    whole = sum(weights.values())
    exact = {key: Fraction(amount * weight, whole) for key, weight in weights.items()}
    given = {key: int(value) for key, value in exact.items()}
    while sum(given.values()) < amount:
        neediest = min(exact, key=lambda key: (given[key] - exact[key], key))
        given[neediest] += 1
    return given


def ownership(rows, zone, month):
    """{person: [(local day, venue)] minute by minute}, in the month."""
    found = {}
    by_person = {}
    for name, person, venue, check_in, check_out in rows:
        by_person.setdefault(person, []).append(
            (minute(check_in), name, venue, minute(check_out))
        )
    for person, visits in by_person.items():
        owner = {}
        for start, _, venue, end in sorted(visits):
            while start < end:
                owner.setdefault(start, venue)
                start += MINUTE
        local = [(at.astimezone(zone), venue) for at, venue in sorted(owner.items())]
        found[person] = [
            (at.date(), venue) for at, venue in local if f"{at:%Y-%m}" == month
        ]
    return found


def minute(text):
    at = datetime.fromisoformat(text).astimezone(timezone.utc)
    return at.replace(second=0, microsecond=0)


def presence(rows, rules, venues, zone):
    """Per venue: minutes, capped minutes, visits, hours in cents; and the capped
    minutes of each person."""
    minutes, capped, started, hours = ({v: 0 for v in venues} for _ in range(4))
    capped_of = {}
    for person, spent in ownership(rows, zone, rules["month"]).items():
        days = {}
        for day, venue in spent:
            minutes[venue] += 1
            days[venue, day] = days.get((venue, day), 0) + 1
        of_person = capped_of[person] = {}
        for (venue, _), number in days.items():
            number = min(number, rules["daily_cap_minutes"])
            capped[venue] += number
            of_person[venue] = of_person.get(venue, 0) + number
        if rules["included_minutes"] is not None:
            billed = [venue for _, venue in spent[rules["included_minutes"] :]]
            for venue in set(billed):
                price = Fraction(rules["hourly_rate_cents"], 60)
                hours[venue] += rounded(billed.count(venue) * price)
    for _, _, venue, check_in, _ in rows:
        if f"{minute(check_in).astimezone(zone):%Y-%m}" == rules["month"]:
            started[venue] += 1
    return minutes, capped, started, hours, capped_of


def share(pool, rules, venues, weight, capped_of):
    """Per venue its part of the pool; and the common fund."""
    cents = dict.fromkeys(venues, 0)
    fund = 0

    def give(shares):
        for venue, amount in shares.items():
            cents[venue] += amount

    def unused(amount, homes):
        nonlocal fund
        if rules["breakage"] == "common_fund":
            fund += amount
        elif rules["breakage"] == "equal":
            give(largest_remainder(amount, dict.fromkeys(venues, 1)))
        elif not homes:
            raise Refused
        else:
            give(largest_remainder(amount, {v: homes.count(v) for v in venues}))

    homes = rules.get("home_venues", {})
    if pool and rules["pool_weight"] == "per_member":
        for person, part in largest_remainder(pool, rules["person_fee_cents"]).items():
            used = capped_of.get(person, {})
            if sum(used.values()):
                give(largest_remainder(part, used))
            elif part:
                unused(part, [homes[person]] if person in homes else [])
    elif pool and sum(weight.values()):
        give(largest_remainder(pool, weight))
    elif pool:
        unused(pool, list(homes.values()))
    return cents, fund


def settle(rows, rules):
    venues = sorted(rules["venues"])
    minutes, capped, started, hours, capped_of = presence(
        rows, rules, venues, ZoneInfo(rules["timezone"])
    )
    revenue, reserve = rules["subscription_revenue_cents"], rules["reserve_cents"]
    rate = Fraction(rules["fee_rate"])
    billed_hours = sum(hours.values())
    fee, hours_fee = rounded(rate * revenue), rounded(rate * billed_hours)
    net = hours
    if billed_hours:
        borne = largest_remainder(hours_fee, hours)
        net = {venue: hours[venue] - borne[venue] for venue in venues}
    if revenue - fee - reserve < 0:
        raise Refused
    weight = started if rules["pool_weight"] == "visits" else capped
    cents, fund = share(revenue - fee - reserve, rules, venues, weight, capped_of)
    lines = {}
    for venue in venues:
        total = net[venue] + cents[venue]
        raised = min(reserve, max(0, rules["minimum_guarantee_cents"] - total))
        reserve -= raised
        lines[venue] = {
            "minutes": minutes[venue],
            "weight": weight[venue],
            "hours_cents": net[venue],
            "pool_cents": cents[venue],
            "guarantee_cents": raised,
            "total_cents": total + raised,
        }
    paid = sum(line["total_cents"] for line in lines.values())
    return {
        "venues": lines,
        "fee_cents": fee + hours_fee,
        "reserve_left_cents": reserve,
        "common_fund_cents": fund,
        "billed_hours_cents": billed_hours,
        "in_cents": revenue + billed_hours,
        "out_cents": fee + hours_fee + paid + reserve + fund,
    }
