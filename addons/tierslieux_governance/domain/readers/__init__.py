"""Readers of ballot files: a :class:`ballots.Profile`, or a word on what is wrong.

The extension chooses the format; among CSV files the first line does.
"""

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
    # As spreadsheets write it where the comma is in numbers
    head = text.partition("\n")[0]
    delimiter = ";" if ";" in head and "," not in head else ","
    # Wards have doubled quotation marks there
    lines = rows(text, delimiter, strict=False)
    if lines and scottish_csv.recognises(lines[0][1]):
        return scottish_csv.read(lines, notes)
    lines = rows(text, delimiter)
    if lines and aggregated_csv.recognises(lines[0][1]):
        return aggregated_csv.read(lines, notes)
    return cast_votes.read(lines, notes)
