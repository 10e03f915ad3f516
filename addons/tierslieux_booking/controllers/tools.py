# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What addresses and forms say; what is not understood says nothing."""

from datetime import date, datetime

from ..models.tierslieux_bookable_pages import STAMP

MINUTES_A_DAY = 24 * 60
# No calendar is asked about what is further away.
FIRST_YEAR, LAST_YEAR = 2000, 2200


def number(text, default=0, most=100000):
    text = str(text or "")
    return min(int(text), most) if text.isdecimal() and len(text) < 10 else default


def day(text):
    """A date of a form, ``None`` without one."""
    try:
        found = date.fromisoformat(str(text or ""))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def moment(text):
    """An instant of an address, naive UTC, ``None`` without one."""
    try:
        found = datetime.strptime(str(text or ""), STAMP)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def clock(text):
    """``"14:30"`` as minutes since midnight, ``None`` without one."""
    hours, _colon, minutes = str(text or "").partition(":")
    if not (hours.isdecimal() and minutes.isdecimal()):
        return None
    found = int(hours[:3]) * 60 + int(minutes[:3])
    return found if found <= MINUTES_A_DAY else None


def degrees(text, most):
    try:
        found = float(str(text or ""))
    except ValueError:
        return None
    return found if -most <= found <= most else None
