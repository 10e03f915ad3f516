# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which line of the financial report an account goes to."""


def line_of(account, prefixes):
    """The line whose prefix fits most digits of an account, ``None`` without one.

    :param account: the code of an account, ``"606300"``
    :param prefixes: ``{line: "606,608" or None}``; of equal lengths the first line
        decides
    """
    found, length = None, 0
    for line, text in prefixes.items():
        for prefix in (text or "").split(","):
            prefix = prefix.strip()
            if len(prefix) > length and account.startswith(prefix):
                found, length = line, len(prefix)
    return found
