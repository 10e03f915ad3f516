"""Readers of ballot files: a :class:`ballots.Profile`, or a word on what is wrong.

The extension chooses the format; among CSV files the first line does.
"""

import io

from . import aggregated_csv, cast_votes, pabulib, preflib, scottish_csv, xlsx
from .text import FormatError, decoded, rows

PREFLIB = ("soc", "soi", "toc", "toi")


def read(name, content):
    """Read a file of ballots.

    :param name: its name; the extension counts
    :param content: its bytes
    :raises FormatError: with the line, and what was expected there
    """
    extension = name.rpartition(".")[2].lower()
    if extension == "xlsx":
        return cast_votes.read(*xlsx.rows(content))
    if extension not in ("pb", "csv", *PREFLIB):
        raise FormatError(
            None, "a file named .pb, .csv, .xlsx, .soc, .soi, .toc or .toi"
        )
    text, notes = decoded(content)
    if extension == "pb":
        # Names with loose quotation marks are frequent there
        return pabulib.read(rows(text, ";", strict=False), notes)
    if extension in PREFLIB:
        return preflib.read(text, extension, notes)
    head = next((line for line in io.StringIO(text) if line.strip(", ;\r\n")), "")
    # As spreadsheets write it where the comma is in numbers
    delimiter = ";" if ";" in head and "," not in head else ","
    # Old line ends make several rows of what is one line here
    _, cells = next(iter(rows(head, delimiter, strict=False)), (1, []))
    if scottish_csv.recognises(cells):
        # Wards have doubled quotation marks there
        return scottish_csv.read(rows(text, delimiter, strict=False), notes)
    reader = aggregated_csv if aggregated_csv.recognises(cells) else cast_votes
    return reader.read(rows(text, delimiter), notes)
