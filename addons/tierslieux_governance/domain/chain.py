"""The chain of an open vote: each row carries the digest of the one before.

A digest is SHA-256, in hexadecimal, of the row as JSON: keys sorted, no blanks, UTF-8,
with the digest of the row before under ``previous``. The first follows ``GENESIS``.
Whoever keeps the last digest can tell later that no row was changed, removed or slipped
in before it.
"""

import hashlib
import json

GENESIS = "0" * 64


def digest(previous, row):
    """The digest of a row: a dict of texts and numbers.

    >>> digest(GENESIS, {"position": 1, "choice": "for"})[:12]
    '0834072f4fd9'
    """
    text = json.dumps(
        {**row, "previous": previous},
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )
    return hashlib.sha256(text.encode()).hexdigest()


def first_break(links):
    """The position, from 1, of the first row that does not follow; None if all do.

    :param links: ``[(row, previous digest, digest), …]`` in the order of positions,
        each row with its ``position``
    """
    before = GENESIS
    for position, (row, previous, own) in enumerate(links, start=1):
        follows = row["position"] == position and previous == before
        if not follows or own != digest(previous, row):
            return position
        before = own
    return None
