"""RULES.json: one month's rule of settlement, checked key by key."""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .errors import RuleError
from .months import Month

MINUTES, VISITS, PER_MEMBER = "minutes", "visits", "per_member"
COMMON_FUND, EQUAL, HOME_VENUE = "common_fund", "equal", "home_venue"

WEIGHTS = (MINUTES, VISITS, PER_MEMBER)
BREAKAGES = (COMMON_FUND, EQUAL, HOME_VENUE)
AMOUNTS = (
    "subscription_revenue_cents",
    "reserve_cents",
    "hourly_rate_cents",
    "daily_cap_minutes",
    "minimum_guarantee_cents",
)
REQUIRED = {
    *("month", "timezone", "fee_rate", "included_minutes", "pool_weight"),
    *("breakage", "venues", *AMOUNTS),
}
#: Needed by one choice only, and not looked at by the others.
BY_CHOICE = {"person_fee_cents", "home_venues"}
RATE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,30})?")


@dataclass(frozen=True)
class Rules:
    """Checked rules. Venues are texts, in order of their ids as they were given:
    numbers as numbers, texts as texts. ``home_venues`` names places in that order."""

    month: Month
    venues: tuple
    subscription_revenue_cents: int
    fee_rate: Fraction
    reserve_cents: int
    hourly_rate_cents: int
    included_minutes: int | None
    daily_cap_minutes: int
    pool_weight: str
    person_fee_cents: dict
    breakage: str
    home_venues: dict
    minimum_guarantee_cents: int


def read_rules(text):
    """The rules in the text of RULES.json."""
    try:
        values = json.loads(
            text,
            parse_float=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_object,
        )
    except RecursionError as error:
        raise RuleError("it is nested too deeply") from error
    except RuleError:
        raise
    except ValueError as error:
        raise RuleError(f"it is not JSON: {error}") from error
    return rules_of(values)


def rules_of(values):
    """The rules in a mapping with the keys of RULES.json."""
    if not isinstance(values, dict):
        raise RuleError("it must be an object of keys and values")
    missing = sorted(REQUIRED - set(values))
    if missing:
        raise RuleError(f"{_keys(missing)} missing")
    unknown = sorted(set(values) - REQUIRED - BY_CHOICE)
    if unknown:
        raise RuleError(f"{_keys(unknown)} not known")
    amounts = {key: _amount(key, values[key]) for key in AMOUNTS}
    included = values["included_minutes"]
    if included is not None:
        included = _amount("included_minutes", included, " or null")
    venues = _venues(values["venues"])
    weight = _choice("pool_weight", values["pool_weight"], WEIGHTS)
    breakage = _choice("breakage", values["breakage"], BREAKAGES)
    fees, homes = {}, {}
    if weight == PER_MEMBER:
        fees = _fees(values, amounts["subscription_revenue_cents"])
    if breakage == HOME_VENUE:
        homes = _homes(values, venues)
    return Rules(
        month=Month(_text(values, "month"), _text(values, "timezone")),
        venues=venues,
        fee_rate=_rate(values["fee_rate"]),
        included_minutes=included,
        pool_weight=weight,
        person_fee_cents=fees,
        breakage=breakage,
        home_venues=homes,
        **amounts,
    )


def _object(pairs):
    values = dict(pairs)
    if len(values) < len(pairs):
        seen = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))
        raise RuleError(f"{twice!r} is there twice")
    return values


def _no_number(text):
    raise RuleError(f"{text} is not a number")


def _keys(names):
    return ", ".join(map(repr, names)) + (" is" if len(names) == 1 else " are")


def _text(values, key):
    if not isinstance(values[key], str):
        raise RuleError(f"{key!r} must be a text")
    return values[key]


def _amount(key, value, more=""):
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise RuleError(f"{key!r} must be a whole number from 0 up{more}")
    return value


def _choice(key, value, choices):
    if value not in choices:
        raise RuleError(f"{key!r} must be one of {', '.join(choices)}")
    return value


def _rate(value):
    """Exact: a text such as "0.05", or a JSON number, read without binary floats."""
    text = str(value)
    if isinstance(value, Decimal) and abs(value.adjusted()) < 30:
        text = f"{value:f}"
    if isinstance(value, bool) or not RATE.fullmatch(text) or Fraction(text) > 1:
        raise RuleError("'fee_rate' must be a decimal from 0 to 1, such as \"0.05\"")
    return Fraction(text)


def _name(key, value):
    """An id as VISITS.csv spells it."""
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise RuleError(f"{key!r} must hold ids: texts or whole numbers")
    return str(value)


def _venues(values):
    if not isinstance(values, list):
        raise RuleError("'venues' must be a list of ids")
    names = {_name("venues", value): value for value in values}
    if len(names) < len(values):
        raise RuleError("'venues' names a venue twice")
    numbers = all(isinstance(value, int) for value in values)
    return tuple(sorted(names, key=int if numbers else str))


def _of_persons(key, values):
    if not isinstance(values.get(key), dict):
        raise RuleError(f"{key!r} must be an object with a value for each person")
    if "" in values[key]:
        raise RuleError(f"{key!r} has a person without id")
    return values[key]


def _fees(values, revenue):
    key = "person_fee_cents"
    fees = {
        person: _amount(f"{key}.{person}", value)
        for person, value in sorted(_of_persons(key, values).items())
    }
    if sum(fees.values()) != revenue:
        raise RuleError(
            f"{key!r} sums to {sum(fees.values())}, not to the"
            f" 'subscription_revenue_cents' {revenue}"
        )
    return fees


def _homes(values, venues):
    places = {venue: place for place, venue in enumerate(venues)}
    homes = {}
    for person, value in _of_persons("home_venues", values).items():
        venue = _name("home_venues", value)
        if venue not in places:
            raise RuleError(f"'home_venues' names {venue!r}, which is not in 'venues'")
        homes[person] = places[venue]
    return homes
