"""Reading one cell of a census: a function per kind of value.

Each takes the trimmed, non-empty text of a cell and returns the value, or raises
``CellError`` with the code of what was expected.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from . import opening_hours
from .census_problem import CellError
from .search_terms import normalise

SUMMARY_LENGTH = 280
_INSEE = re.compile(r"([013-9]\d|2[AB1-9])\d{3}", re.ASCII)
_ZIP = re.compile(r"\d{5}", re.ASCII)
_PHONE = re.compile(r"\+(33|590|594|262|596|269|687|689|508|681)\d{6,9}", re.ASCII)
_EMAIL = re.compile(r"[^@\s|,;]+@[^@\s|,;]+\.[^@\s|,;]+")
_URL = re.compile(r"https?://[^\s/|]+\.[^\s|]+", re.IGNORECASE)
_RNA = re.compile(r"W[0-9A-Z]\d{8}", re.ASCII)
_PIVOT = re.compile(r"[a-zA-Z0-9]{9,14}", re.ASCII)
_FRENCH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_YES = {"1", "o", "oui", "vrai", "true", "yes", "x"}
_NO = {"0", "n", "non", "faux", "false", "no"}


def read_insee(text):
    if not _INSEE.fullmatch(text):
        raise CellError("insee")
    return text


def read_zip(text):
    if not _ZIP.fullmatch(text):
        raise CellError("zip")
    return text


def read_phone(text):
    """International form, from it or from the French one: ``04 72 00 00 00``."""
    number = re.sub(r"[\s.\-()\u00a0\u202f]", "", text)
    if number.startswith("00"):
        number = f"+{number[2:]}"
    elif re.fullmatch(r"0[1-9]\d{8}", number, re.ASCII):
        number = f"+33{number[1:]}"
    elif number.startswith("+330"):
        number = f"+33{number[4:]}"
    if not _PHONE.fullmatch(number):
        raise CellError("phone")
    return number


def read_email(text):
    if not _EMAIL.fullmatch(text):
        raise CellError("email")
    return text


def read_url(text):
    url = text if "://" in text else f"https://{text}"
    if not _URL.fullmatch(url):
        raise CellError("url")
    return url


def read_latitude(text):
    return _coordinate(text, 90, "latitude")


def read_longitude(text):
    return _coordinate(text, 180, "longitude")


def read_hours(text):
    try:
        return opening_hours.parse(text)
    except opening_hours.OpeningHoursError as error:
        raise CellError("hours", str(error)) from error


def read_summary(text):
    if len(text) > SUMMARY_LENGTH:
        raise CellError("too_long", f"{len(text)} > {SUMMARY_LENGTH}")
    return text


def read_date(text):
    """``2024-04-02`` or ``02/04/2024``."""
    french = _FRENCH_DATE.fullmatch(text)
    try:
        if french:
            day, month, year = map(int, french.groups())
            return date(year, month, day)
        return (
            date.fromisoformat(text) if _ISO_DATE.fullmatch(text) else _refuse("date")
        )
    except ValueError as error:
        raise CellError("date") from error


def read_count(text):
    """A whole number, thousands apart or not; a surface of 12.5 m² is 13."""
    number = _decimal(re.sub(r"(\s|\u202f|m²|m2)", "", text), "count")
    if not 0 <= number < 2**31 - 1:
        raise CellError("count")
    return int(number.quantize(Decimal(1), "ROUND_HALF_UP"))


def read_boolean(text):
    word = normalise(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellError("boolean")


def read_siret(text):
    """A SIRET; spaces are dropped and the check digits verified."""
    number = re.sub(r"\s", "", text)
    if not is_siret(number):
        raise CellError("siret")
    return number


def read_rna(text):
    number = re.sub(r"\s", "", text).upper()
    if not _RNA.fullmatch(number):
        raise CellError("rna")
    return number


def read_choices(text, choices):
    """Values between ``|``, each once, in the order they came."""
    values = dict.fromkeys(value.strip() for value in text.split("|"))
    for value in values:
        if value not in choices:
            raise CellError("choices", " | ".join(choices))
    return tuple(values)


def read_pivot(text):
    """``("siret" | "rna" | "other", number)``.

    Other registers (RIDET) are kept as they are; 14 digits are a SIRET.
    """
    if not _PIVOT.fullmatch(text):
        raise CellError("pivot")
    if len(text) == 14 and text.isdecimal():
        return "siret", read_siret(text)
    if _RNA.fullmatch(text.upper()):
        return "rna", text.upper()
    return "other", text


def is_siret(number):
    """Whether the check digits of a SIRET and of its SIREN are right.

    Those of La Poste's offices follow a rule of their own: the sum of the digits is
    a multiple of five.
    Source: https://fr.wikipedia.org/wiki/SIRET (structure)
    """
    if not re.fullmatch(r"\d{14}", number, re.ASCII) or not _luhn(number[:9]):
        return False
    if number.startswith("356000000") and number != "35600000000048":
        return sum(map(int, number)) % 5 == 0
    return _luhn(number)


def _luhn(number):
    total = 0
    for rank, digit in enumerate(reversed(number)):
        double = int(digit) * (1 + rank % 2)
        total += double - 9 * (double > 9)
    return total % 10 == 0


def _coordinate(text, bound, code):
    number = _decimal(text, code)
    if abs(number) > bound:
        raise CellError(code)
    return float(round(number, 7))


def _decimal(text, code):
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise CellError(code) from error
    return number if number.is_finite() else _refuse(code)


def _refuse(code):
    raise CellError(code)
