# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Money between the ORM, which has it as a float, and the rules, which count cents."""


def cents(amount):
    """Money of a currency of two decimals in whole cents.

    >>> cents(1.15), cents(-0.29), cents(None), cents(False)
    (115, -29, 0, 0)
    """
    return round((amount or 0) * 100)
