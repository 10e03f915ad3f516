"""Structured creditor references, ISO 11649: RF, two check digits, then at most 21
letters and digits. Banks carry them unchanged and reject mistyped ones."""

import re
import string

_VALUES = {
    symbol: str(value)
    for value, symbol in enumerate(string.digits + string.ascii_uppercase)
}
_FOUND = re.compile(r"\bRF\d\d(?:[ ]?[A-Z0-9]){1,21}(?![A-Z0-9])", re.IGNORECASE)


def _rest(text):
    """The remainder by 97 of what the symbols write, letters as 10 to 35."""
    return int("".join(_VALUES[symbol] for symbol in text)) % 97


def make(body):
    """The reference of a number of ours.

    >>> make("539007547034")
    'RF18539007547034'
    """
    if not 1 <= len(body) <= 21 or not set(body) <= _VALUES.keys():
        raise ValueError("1 to 21 capital letters and digits")
    return f"RF{98 - _rest(body + 'RF00'):02d}{body}"


def is_valid(text):
    """Whether the check digits are right; blanks do not count.

    >>> is_valid("RF18 5390 0754 7034"), is_valid("RF18 5390 0754 7043")
    (True, False)
    """
    text = text.replace(" ", "").upper()
    return (
        bool(re.fullmatch(r"RF\d\d[A-Z0-9]{1,21}", text))
        and _rest(text[4:] + text[:4]) == 1
    )


def printed(reference):
    """In groups of four, as on paper.

    >>> printed("RF18539007547034")
    'RF18 5390 0754 7034'
    """
    return " ".join(reference[at : at + 4] for at in range(0, len(reference), 4))


def find(text):
    """The valid references that a payer may have written, in order, each once.

    What follows a reference may be valid with it by chance: both are given.

    >>> find("VIR PARTS rf18 5390 0754 7034 MERCI")
    ['RF18539007547034']
    """
    found = {}
    for match in _FOUND.finditer(text):
        words = match.group().upper().split(" ")
        for end in range(1, len(words) + 1):
            candidate = "".join(words[:end])
            if is_valid(candidate):
                found[candidate] = True
    return list(found)
