# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.http import request
from odoo.tools import format_amount


def worded(amount, currency):
    """An amount in words, without cents where there are none."""
    whole = amount == int(amount)
    return format_amount(request.env, amount, currency, trailing_zeroes=not whole)
