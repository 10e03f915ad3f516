"""What is wrong in a census, without the words: a code and what the words need."""

from typing import NamedTuple


class CellError(ValueError):
    """A value that cannot be read.

    :param code: one of the codes of models/tierslieux_census_messages.py
    :param expected: what the sentence quotes: a list of choices, a length…
    """

    def __init__(self, code, expected=""):
        super().__init__(code, expected)
        self.code, self.expected = code, expected


class FileError(CellError):
    """The file as a whole cannot be read; ``line`` is 0 when no line is to blame."""

    def __init__(self, code, expected="", line=0):
        super().__init__(code, expected)
        self.line = line


class Problem(NamedTuple):
    """One thing wrong: at a line of the file (the first is 1), in a column."""

    line: int
    column: str
    value: str
    code: str
    expected: str = ""
