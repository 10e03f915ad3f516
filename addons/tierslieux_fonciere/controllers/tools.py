# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.http import request
from odoo.tools import format_amount

from ..words import count_shares, more_or_less


def worded(amount, currency):
    """An amount in words, without cents where there are none."""
    whole = amount == int(amount)
    return format_amount(request.env, amount, currency, trailing_zeroes=not whole)


def counted(quantity):
    """“1 share”, “1,200 shares”."""
    return count_shares(request.env, quantity)


def signed(quantity):
    """“+12”, “−1,200”."""
    return more_or_less(request.env, quantity)


def number(text, most=10**9):
    """A whole number of a form; 0 for anything else."""
    text = (text or "").strip()
    return int(text) if text.isdecimal() and len(text) < 12 and int(text) <= most else 0


def own(model, record_id):
    """A record that the rules let the visitor read, in sudo: what hangs on it is read
    too.

    :raises NotFound: for one that is not theirs, or nobody's, alike
    """
    record = request.env[model].search([("id", "=", record_id)])
    if not record:
        raise request.not_found()
    # sudo: found by the visitor's own rights; what hangs on it is theirs too
    return record.sudo()
