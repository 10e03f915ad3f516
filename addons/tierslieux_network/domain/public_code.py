"""Public codes of papers: what a QR code says and a passer-by may type.

Sixteen symbols drawn at random (80 bits: nobody guesses one) and two check digits. The
alphabet is Crockford's, https://www.crockford.com/base32.html: no I, L, O or U, and
those who read an O type a 0. The check is that of ISO 7064 MOD 97-10 over the number
that the symbols write in base 32: as 97 is prime and greater than 32, any one symbol
changed and any two neighbours swapped are noticed.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SYMBOLS = 16
_READ_AS = str.maketrans("OIL", "011")


class Altered(ValueError):
    """This is no code of ours: a symbol is wrong, missing or in excess."""


def _check(symbols):
    number = 0
    for symbol in symbols:
        number = number * 32 + ALPHABET.index(symbol)
    return f"{98 - number * 100 % 97:02d}"


def draw(choose=secrets.choice):
    """A new code.

    :param choose: one of a sequence, at random
    """
    symbols = "".join(choose(ALPHABET) for _rank in range(SYMBOLS))
    return symbols + _check(symbols)


def read(text):
    """The code that somebody typed or scanned, as it is stored.

    >>> read("o123-4567-89ab-cdef-" + _check("0123456789ABCDEF"))[:4]
    '0123'

    :raises Altered:
    """
    if len(text) > 4 * SYMBOLS:
        raise Altered()
    plain = "".join(text.upper().split()).replace("-", "").translate(_READ_AS)
    symbols, digits = plain[:SYMBOLS], plain[SYMBOLS:]
    if len(plain) != SYMBOLS + 2 or not set(symbols) <= set(ALPHABET):
        raise Altered()
    if digits != _check(symbols):
        raise Altered()
    return plain


def show(code):
    """In groups of four, as it is printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
