# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who a person is to those who need not know it."""


def initials(name):
    """The first letter of each word of a name.

    >>> initials("Camille Roy-Petit"), initials(None)
    ('C. R.', '')
    """
    return " ".join(f"{word[0]}." for word in (name or "").split())
