"""The chain of a register: each movement carries the digest of the one before.

A digest is SHA-256, in hexadecimal, of the movement as JSON: the keys of ``COLUMNS``
and ``previous``, the digest of the movement before; keys sorted, no blanks, UTF-8; what
there is not is null. The first follows ``GENESIS``. Dates are ISO 8601, ``recorded_at``
in UTC to the second (``2026-02-01T10:00:00``); money is whole cents; a contact, an
issue and a property are their numbers in the database, ``corrects`` the number of a
movement.

Whoever keeps one digest can tell later that no movement up to it was changed, removed
or slipped in.
"""

import hashlib
import json

GENESIS = "0" * 64
COLUMNS = (
    "number",
    "kind",
    "effective_on",
    "recorded_at",
    "quantity",
    "held",
    "giver",
    "giver_identity",
    "receiver",
    "receiver_identity",
    "nominal",
    "price",
    "gratuitous",
    "issue",
    "property",
    "deed",
    "corrects",
    "source_key",
)


def canonical(previous, movement):
    """The text that is digested.

    >>> canonical("00", dict.fromkeys(COLUMNS))[:41]
    '{"corrects":null,"deed":null,"effective_o'
    """
    row = {name: movement[name] for name in COLUMNS}
    return json.dumps(
        {**row, "previous": previous},
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )


def digest(previous, movement):
    """The digest of a movement that follows another."""
    return hashlib.sha256(canonical(previous, movement).encode()).hexdigest()
