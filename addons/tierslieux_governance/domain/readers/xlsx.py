"""The rows of the first sheet of an XLSX workbook, cells as text.

Source: ECMA-376, part 1, SpreadsheetML. Only what a table of words and whole numbers
needs: no dates, no styles; a formula gives the value it had.
"""

import io
import re
import zipfile
import zlib
from xml.etree import ElementTree

from .text import FormatError

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: Unpacked, a part of a workbook may not be larger: 80 000 ballots take some 60 MB.
LARGEST = 512 * 2**20


def rows(content):
    """``([(row number, cells)], notes)`` of the rows that are not blank.

    :raises FormatError: no workbook, or none with a sheet
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part, notes = _first_sheet(archive)
            return _sheet(_open(archive, part), _shared_texts(archive)), notes
    except (
        zipfile.BadZipFile,
        zlib.error,
        ElementTree.ParseError,
        EOFError,
        KeyError,
        IndexError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        # What zipfile and ElementTree raise for archives that are broken or encrypted
        if isinstance(error, FormatError):
            raise
        raise FormatError(None, "an XLSX workbook that can be opened") from error


def _open(archive, name):
    part = archive.getinfo(name)
    if part.file_size > LARGEST:
        raise FormatError(None, f"at most {LARGEST >> 20} MB in {name}")
    return archive.open(part)


def _first_sheet(archive):
    """``(part of the archive, notes)``."""
    book = ElementTree.parse(_open(archive, "xl/workbook.xml")).getroot()
    sheet, *others = book.iter(f"{_MAIN}sheet")
    links = ElementTree.parse(_open(archive, "xl/_rels/workbook.xml.rels")).getroot()
    [target] = [
        link.get("Target")
        for link in links.iter(f"{_LINKS}Relationship")
        if link.get("Id") == sheet.get(_ID)
    ]
    notes = []
    if others:
        notes = [
            f"Of {len(others) + 1} sheets the first was read: {sheet.get('name')}."
        ]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}", notes


def _shared_texts(archive):
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    texts = []
    for _, item in ElementTree.iterparse(_open(archive, "xl/sharedStrings.xml")):
        if item.tag == f"{_MAIN}si":
            texts.append(_text(item))
            item.clear()
    return texts


def _text(item):
    """The text of a string, its runs together, without the readings beside them."""
    runs = item.findall(f"{_MAIN}t") + item.findall(f"{_MAIN}r/{_MAIN}t")
    return "".join(run.text or "" for run in runs).strip()


def _sheet(stream, texts):
    found = []
    number = 0
    for _, row in ElementTree.iterparse(stream):
        if row.tag != f"{_MAIN}row":
            continue
        number = int(row.get("r") or number + 1)
        cells = []
        for cell in row.iter(f"{_MAIN}c"):
            column = _column(cell.get("r")) if cell.get("r") else len(cells)
            if not len(cells) <= column < 16_384:
                raise FormatError(number, "cells in the order of their columns")
            cells += [""] * (column - len(cells))
            cells.append(_value(cell, texts, number))
        row.clear()
        if any(cells):
            found.append((number, cells))
    return found


def _column(reference):
    column = 0
    for letter in re.match(r"[A-Z]{1,3}", reference)[0] if reference else "":
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _value(cell, texts, row):
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(f"{_MAIN}is")
        return "" if inline is None else _text(inline)
    value = (cell.findtext(f"{_MAIN}v") or "").strip()
    if kind == "s" and value:
        return texts[int(value)]
    if kind == "e":
        raise FormatError(row, "a value", value)
    # A whole number may be written 3.0
    return re.sub(r"^(-?\d+)\.0+$", r"\1", value) if kind == "n" else value
