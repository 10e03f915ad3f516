"""RULES.json: every key checked, the wrong one named."""

import json
import zoneinfo
from fractions import Fraction

import pytest
from tierslieux_pass_domain.settlement import RuleError, read_rules, rules_of

from .months import RULES


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ('"0.05"', "1/20"),
        ("0.05", "1/20"),
        ("5E-2", "1/20"),
        ("0.1000000000000000000001", "1000000000000000000001/10000000000000000000000"),
        ("1", "1"),
        ('"0"', "0"),
        ("1.0", "1"),
    ],
)
def test_the_rate_is_exact(text, rate):
    written = json.dumps(RULES).replace('"0.05"', text)
    assert read_rules(written).fee_rate == Fraction(rate)


@pytest.mark.parametrize("key", RULES)
def test_a_missing_key_is_named(key):
    values = {name: value for name, value in RULES.items() if name != key}
    with pytest.raises(RuleError, match=f"'{key}' is missing"):
        rules_of(values)


PER_MEMBER = {"pool_weight": "per_member"}
HOME = {"breakage": "home_venue"}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"fee": 1}, "'fee' is not known"),
        ({"a": 1, "b": 1}, "'a', 'b' are not known"),
        ({"month": "2026-13"}, "'month' must be like 2026-10"),
        ({"month": "2026-1"}, "'month' must be like"),
        ({"month": 202610}, "'month' must be a text"),
        ({"timezone": "Europe/Lyon"}, "'Europe/Lyon' is not a known time zone"),
        ({"timezone": "../localtime"}, "not a known time zone"),
        ({"timezone": ""}, "not a known time zone"),
        ({"reserve_cents": -1}, "'reserve_cents' must be a whole number"),
        ({"reserve_cents": "5"}, "'reserve_cents' must be a whole number"),
        ({"reserve_cents": True}, "'reserve_cents' must be a whole number"),
        ({"hourly_rate_cents": 4.5}, "'hourly_rate_cents' must be a whole number"),
        ({"daily_cap_minutes": None}, "'daily_cap_minutes' must be"),
        ({"included_minutes": -1}, "'included_minutes' must be .* or null"),
        ({"fee_rate": "1.01"}, "'fee_rate' must be"),
        ({"fee_rate": "-0.1"}, "'fee_rate' must be"),
        ({"fee_rate": "5%"}, "'fee_rate' must be"),
        ({"fee_rate": True}, "'fee_rate' must be"),
        ({"fee_rate": None}, "'fee_rate' must be"),
        ({"pool_weight": "hours"}, "'pool_weight' must be one of minutes, visits"),
        ({"breakage": ["equal"]}, "'breakage' must be one of"),
        ({"venues": {"a": 1}}, "'venues' must be a list"),
        ({"venues": ["a", "a"]}, "names a venue twice"),
        ({"venues": ["1", 1]}, "names a venue twice"),
        ({"venues": [1.5]}, "'venues' must hold ids"),
        ({"venues": [""]}, "'venues' must hold ids"),
        (PER_MEMBER, "'person_fee_cents' must be an object"),
        ({**PER_MEMBER, "person_fee_cents": {"p": 1}}, "sums to 1, not to"),
        ({**PER_MEMBER, "person_fee_cents": {"p": -1}}, "'person_fee_cents.p' must"),
        (HOME, "'home_venues' must be an object"),
        ({**HOME, "home_venues": {"p": "z"}}, "names 'z', which is not in"),
    ],
)
def test_refused(more, told):
    with pytest.raises(RuleError, match=told) as refused:
        rules_of({**RULES, **more})
    assert "\n" not in str(refused.value)


def test_keys_of_another_choice_are_not_looked_at():
    rules = rules_of({**RULES, "person_fee_cents": None, "home_venues": {"p": "z"}})
    assert (rules.person_fee_cents, rules.home_venues) == ({}, {})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "not JSON"),
        ("[]", "must be an object"),
        ('{"month": NaN}', "NaN is not a number"),
        ('{"month": 1, "month": 2}', "'month' is there twice"),
        ("[" * 100_000, "nested too deeply"),
        ('{"fee_rate": ' + "9" * 5_000 + "}", "not JSON|missing"),
    ],
)
def test_not_rules(text, told):
    with pytest.raises(RuleError, match=told):
        read_rules(text)


def test_a_machine_without_time_zones_says_so(monkeypatch):
    monkeypatch.setattr("zoneinfo.TZPATH", ())

    def unknown(name):
        raise zoneinfo.ZoneInfoNotFoundError(name)

    monkeypatch.setattr("zoneinfo.ZoneInfo", unknown)
    with pytest.raises(RuleError, match="this machine has no time zones"):
        rules_of(RULES)
