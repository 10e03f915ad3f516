"""A census as it comes: the bytes of a CSV file, read into a table of trimmed cells."""

import csv
import io
import re
from typing import NamedTuple

from .census_problem import FileError

DELIMITERS = (";", ",", "\t", "|")
# openings of files that are given by mistake: Excel, OpenDocument, PDF, images
_OTHER_FORMATS = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# UTF-8 read as something else by whoever wrote the file: é → Ã©, ’ → â€™
_GARBLED = re.compile("Ã[©¨ª§´®¢\u00a0]|â€")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Table(NamedTuple):
    """Headers, and rows as ``(line, cells)``: the line a row begins at, its cells."""

    headers: tuple
    rows: tuple
    encoding: str
    delimiter: str


def read_table(content):
    """Read the bytes of a CSV file.

    :raises FileError: ``empty``, ``not_csv``, ``encoding``, ``no_header``,
        ``header_twice``, ``no_line``, ``row_length``
    """
    if not content.strip():
        raise FileError("empty")
    text, encoding = _decode(content)
    delimiter = _delimiter(text)
    rows = list(_rows(text, delimiter))
    headers = tuple(rows[0][1])
    if not all(headers):
        raise FileError("no_header", line=rows[0][0])
    for header in headers:
        if headers.count(header) > 1:
            raise FileError("header_twice", header, rows[0][0])
    for line, cells in rows[1:]:
        if len(cells) != len(headers):
            raise FileError("row_length", f"{len(headers)} ≠ {len(cells)}", line)
    if len(rows) == 1:
        raise FileError("no_line")
    return Table(headers, tuple(rows[1:]), encoding, delimiter)


def write_table(headers, rows):
    """The bytes of a CSV file: UTF-8, commas, quotes where they are needed."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows(rows)
    return output.getvalue().encode()


def _decode(content):
    if content.startswith(_OTHER_FORMATS):
        raise FileError("not_csv")
    if content.startswith(_UTF16):
        raise FileError("encoding")
    if b"\x00" in content:
        raise FileError("not_csv")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _GARBLED.search(text):
            break
        return text, encoding.removesuffix("-sig")
    raise FileError("encoding")


def _delimiter(text):
    """The one that cuts the header into the most cells."""

    def columns(delimiter):
        return len(next(_rows(text, delimiter, strict=False), (0, ()))[1])

    return max(DELIMITERS, key=columns)


def _rows(text, delimiter, strict=True):
    """``(line, trimmed cells)`` of each row that is not blank."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=strict
    )
    line = 1
    try:
        for cells in reader:
            cells = [_CONTROL.sub("", cell).strip() for cell in cells]
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise FileError("not_csv", line=line) from error
