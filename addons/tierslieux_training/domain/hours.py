# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Hours of training: one sum, printed on the sheet, the certificate and the invoice.

Durations are whole quarters of an hour, in minutes: as hours they have two decimals at
most, so that what an invoice multiplies is exactly what the sheet says. A line of
attendance is never changed; a correction names the line it replaces (the last one of a
chain counts). Somebody absent has no line.

An invoice bills what was attended, part by part (articles L6353-1 and L6354-1 of the
French labour code: what was not carried out is not due); a correction after the invoice
is the difference.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

QUARTER = 15
HOUR, FLAT = "hour", "flat"
CENT = Decimal("0.01")


class Line(NamedTuple):
    """``key`` of the line, ``half_day`` it is of, ``minutes`` present, ``corrects``
    the key of the line it replaces or ``None``."""

    key: object
    half_day: object
    minutes: int
    corrects: object = None


def whole_quarters(minutes):
    return minutes >= 0 and minutes % QUARTER == 0


def present(lines):
    """``{half-day: minutes}`` of one person, by the lines that nothing replaces.

    :raises ValueError: two lines stand for one half-day, or minutes are not quarters
    """
    lines = list(lines)
    replaced = {line.corrects for line in lines if line.corrects is not None}
    result = {}
    for line in lines:
        if line.key in replaced:
            continue
        if line.half_day in result or not whole_quarters(line.minutes):
            raise ValueError(line)
        result[line.half_day] = line.minutes
    return result


def total(lines):
    """Minutes attended by one person."""
    return sum(present(lines).values())


def hours(minutes):
    """Minutes as hours, exactly.

    :raises ValueError: not whole quarters
    """
    if minutes % QUARTER:
        raise ValueError(minutes)
    return Decimal(minutes) / 60


def label(minutes):
    """``210`` is ``3 h 30``, ``180`` is ``3 h``."""
    whole, rest = divmod(minutes, 60)
    return f"{whole} h {rest:02}" if rest else f"{whole} h"


def amount(basis, price, minutes, planned):
    """What some minutes cost, to the cent; a flat price is never exceeded.

    :param price: of an hour, or of the whole training of ``planned`` minutes
    """
    price = Decimal(str(price))
    if basis == FLAT:
        minutes = min(minutes, planned)
    due = price * minutes / (60 if basis == HOUR else planned) if minutes else 0
    return Decimal(due).quantize(CENT, ROUND_HALF_UP)


class Billing(NamedTuple):
    """One line of an invoice, or of a credit note when ``minutes`` is negative."""

    minutes: int
    quantity: Decimal
    price_unit: Decimal


def to_bill(basis, price, attended, billed, planned):
    """The line that makes an invoice agree with the sheet; ``None`` when it does.

    By the hour the quantity is the hours. A flat price is one line of what is due for
    the hours, less what was billed for the hours before.
    """
    minutes = attended - billed
    if not minutes:
        return None
    if basis == HOUR:
        return Billing(minutes, hours(minutes), Decimal(str(price)))
    due = amount(basis, price, attended, planned)
    return Billing(minutes, Decimal(1), due - amount(basis, price, billed, planned))
