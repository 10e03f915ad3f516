"""What the readers share: errors, decoding, lines, numbers, names and marks."""

import csv
import io
import re
from fractions import Fraction

from ..ballots import OVERVOTE

SKIPPED = object()
WRITE_IN = object()
WRITE_IN_NAME = "Write-in"

_MARKS = {
    "": SKIPPED,
    "undervote": SKIPPED,
    "skipped": SKIPPED,
    "skip": SKIPPED,
    "blank": SKIPPED,
    "overvote": OVERVOTE,
    "over vote": OVERVOTE,
    "under vote": SKIPPED,
    "skipped ranking": SKIPPED,
    "xxx": SKIPPED,  # Minneapolis, 2009
    "uwi": WRITE_IN,
}
_WRITE_IN = re.compile(
    r"(un(declared|certified|resolved|qualified) ?)?write ?ins?( ?\d+)?"
)


class FormatError(ValueError):
    """A file that is not as its format says.

    :param line: the line, from 1, or None for the file
    :param expected: what was expected there
    :param found: what was there instead, if that helps
    """

    def __init__(self, line, expected, found=None):
        self.line = line
        self.expected = expected
        self.found = found
        where = "" if line is None else f"line {line}: "
        instead = "" if found is None else f", found {shown(found)}"
        super().__init__(f"{where}expected {expected}{instead}")


def shown(found):
    """What was found, short and on one line."""
    text = repr(found) if isinstance(found, str) else str(found)
    return text if len(text) <= 60 else text[:57] + "…'"


def decoded(content):
    """``(text, notes)`` of bytes: UTF-8 or UTF-16 with its mark, else Windows-1252.

    :raises FormatError: the line that is none of them
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return content.decode("utf-16"), []
        except UnicodeDecodeError:
            raise FormatError(None, "UTF-16 text, as its first bytes say") from None
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as other:
            line = content.count(b"\n", 0, other.start) + 1
            raise FormatError(line, "text in UTF-8") from error
        return text, ["The text is not UTF-8; it was read as Windows-1252."]


def rows(text, delimiter, strict=True):
    """``[(line, cells)]`` of the rows that are not blank, cells stripped.

    :param strict: quotes enclose whole cells, as they should
    :raises FormatError: the line that is not of the format
    """
    stream = io.StringIO(text, newline="")
    reader = csv.reader(stream, delimiter=delimiter, strict=strict)
    found = []
    line = 1
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if any(cells):
                found.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise FormatError(line, "a row of cells", str(error)) from None
    return found


def whole(text, line, expected, least=0, most=None):
    """A whole number in decimal digits.

    :raises FormatError: it is none, or out of its range
    """
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise FormatError(line, expected, text)
    number = int(text)
    if number < least or (most is not None and number > most):
        raise FormatError(line, expected, text)
    return number


def amount(text, line, expected):
    """A decimal number, with a point or a comma: an int, or a Fraction.

    :raises FormatError: it is none
    """
    if not re.fullmatch(r"-?[0-9]{1,15}([.,][0-9]{1,15})?", text):
        raise FormatError(line, expected, text)
    number = Fraction(text.replace(",", "."))
    return number.numerator if number.denominator == 1 else number


def mark(text):
    """``SKIPPED``, ``OVERVOTE`` or ``WRITE_IN``, or None for a candidate's name.

    >>> mark("$OVERVOTE"), mark("Ann Overvote")
    (-1, None)
    """
    plain = re.sub(r"[\s_-]+", " ", text.strip("$*[]() \t-").casefold()).strip()
    if plain in _MARKS:
        return _MARKS[plain]
    return WRITE_IN if _WRITE_IN.fullmatch(plain) else None


class Names:
    """Candidates by the names that ballots give them, in the order of appearance."""

    def __init__(self):
        self.positions = {}
        self.write_in = None
        self._read = {}

    def rank(self, text):
        """The candidate of a cell, ``OVERVOTE``, or ``SKIPPED``."""
        if text not in self._read:
            self._read[text] = self._rank(text)
        return self._read[text]

    def _rank(self, text):
        special = mark(text)
        if special is None:
            return self.positions.setdefault(text, len(self.positions))
        if special is WRITE_IN:
            self.write_in = self.positions.setdefault(
                WRITE_IN_NAME, len(self.positions)
            )
            return self.write_in
        return special


def add(ballots, ballot, voters):
    """Count equal ballots together."""
    ballots[ballot] = ballots.get(ballot, 0) + voters
